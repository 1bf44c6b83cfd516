public import EventSourcing

/// Whether a customer is reached by its e-mail address and phone number, and which codes are out.
///
/// All of it belongs to the address and number of the moment: who gets others starts anew, but for what somebody of the
/// team decided or the customer complained about. Nothing of it is personal.
public struct Contacts: Hashable, Sendable {
    /// What is known of one way.
    public struct Way: Hashable, Sendable {
        /// Since when it is known that it works; `nil` when it is not.
        public var verifiedAt: Timestamp?
        /// Why nothing is to be sent; `nil` when something is.
        public var suppression: Suppression?

        /// Nothing is known.
        public init() {}
    }

    /// Nothing is to be sent.
    public struct Suppression: Hashable, Sendable {
        /// Why.
        public var reason: SuppressionReason
        /// Since when.
        public var since: Timestamp

        /// A suppression of these parts.
        public init(reason: SuppressionReason, since: Timestamp) {
            self.reason = reason
            self.since = since
        }
    }

    /// A code that was asked for and did not come back yet.
    public struct Code: Hashable, Sendable {
        /// As ``CodeIssued/digest``.
        public var digest: [UInt8]
        /// From when on it proves nothing; `nil` where none was made.
        public var expiresAt: Timestamp?
        /// When it was asked for.
        public var requestedAt: Timestamp
        /// How many wrong codes came back instead.
        public var failureCount: Int

        /// A code of these parts.
        public init(digest: [UInt8], expiresAt: Timestamp?, requestedAt: Timestamp, failureCount: Int = 0) {
            self.digest = digest
            self.expiresAt = expiresAt
            self.requestedAt = requestedAt
            self.failureCount = failureCount
        }
    }

    /// The e-mail address.
    public var email = Way()
    /// The phone number.
    public var phone = Way()
    /// The codes that are out, by what they are for.
    public var codes: [CodePurpose: Code] = [:]

    /// Nothing is known.
    public init() {}

    /// What is known of a way.
    public subscript(channel: ContactChannel) -> Way {
        get {
            switch channel {
            case .email: email
            case .phone: phone
            }
        }
        set {
            switch channel {
            case .email: email = newValue
            case .phone: phone = newValue
            }
        }
    }

    /// Takes in what happened to the customer; other events change nothing.
    public mutating func apply(_ event: Event, at time: Timestamp) {
        switch event {
        case .customerUpdated(let updated): for channel in updated.movedContacts { move(channel) }
        case .verificationRequested(let issued), .passwordResetRequested(let issued):
            codes[issued.purpose] = Code(digest: issued.digest, expiresAt: issued.expiresAt, requestedAt: time)
        case .verificationFailed(let purpose): codes[purpose]?.failureCount += 1
        case .contactVerified(let verified):
            self[verified.channel].verifiedAt = time
            codes[verified.channel.purpose] = nil
        case .passwordReset: codes[.password] = nil
        case .suppressionChanged(let change):
            self[change.channel].suppression = change.reason.map { Suppression(reason: $0, since: time) }
        default: break
        }
    }

    /// Whether another address or number would change anything.
    public func isMoved(by channel: ContactChannel) -> Bool {
        var moved = self
        moved.move(channel)
        return moved != self
    }

    /// Another address or number takes the place of the present one.
    private mutating func move(_ channel: ContactChannel) {
        self[channel].verifiedAt = nil
        if self[channel].suppression?.reason == .bounce { self[channel].suppression = nil }
        dropCodes(of: channel)
    }

    private mutating func dropCodes(of channel: ContactChannel) {
        codes[channel.purpose] = nil
        if channel == .email { codes[.password] = nil }
    }

    /// Takes what is known of fields that came from somebody who was merged; what is to be sent nowhere stays so.
    public mutating func take(_ fields: Set<MergeField>, from other: Contacts) {
        for channel in ContactChannel.allCases where fields.contains(channel.field) {
            self[channel].verifiedAt = other[channel].verifiedAt
            self[channel].suppression = other[channel].suppression ?? self[channel].suppression
            dropCodes(of: channel)
        }
    }

    /// Forgets what is known of fields that go back to somebody whose merge is undone; suppressions stay.
    public mutating func giveBack(_ fields: Set<MergeField>) {
        for channel in ContactChannel.allCases where fields.contains(channel.field) {
            self[channel].verifiedAt = nil
            dropCodes(of: channel)
        }
    }
}
