public import EventSourcing

/// Whether an address was found to be one; the numbers are stored.
public enum AddressCheck: UInt8, Hashable, Sendable, Named {
    /// Nobody looked, or the address changed since.
    case unverified = 1
    /// Something can be delivered there.
    case verified = 2
    /// There is no such place, or nothing arrives there.
    case failed = 3

    /// The name on the wire.
    public var name: String {
        switch self {
        case .unverified: "unverified"
        case .verified: "verified"
        case .failed: "failed"
        }
    }
}

/// Somebody, or some service, looked whether an address is one.
public struct AddressVerified: Hashable, Sendable {
    /// The address.
    public var address: AddressID
    /// What was found; ``AddressCheck/unverified`` takes back what was found before.
    public var outcome: AddressCheck
    /// How it was found, or why not; personal.
    public var reason: String?

    /// A finding of these parts.
    public init(address: AddressID, outcome: AddressCheck, reason: String? = nil) {
        self.address = address
        self.outcome = outcome
        self.reason = reason
    }
}

/// What was last found of an address that has not changed since.
public struct AddressVerification: Hashable, Sendable {
    /// Verified or failed.
    public var outcome: AddressCheck
    /// When, in business time.
    public var at: Timestamp
    /// Who found it.
    public var actor: String

    /// A finding of these parts.
    public init(outcome: AddressCheck, at: Timestamp, actor: String) {
        self.outcome = outcome
        self.at = at
        self.actor = actor
    }
}

extension Address {
    /// The address with other fields; what was found of it stays as long as it is the same place.
    public func changed(to fields: AddressFields) -> Address {
        var changed = self
        changed.fields = fields
        if !fields.isDeliveredAs(self.fields) { changed.verification = nil }
        return changed
    }

    /// The address, of which something was found.
    public func found(_ outcome: AddressCheck, at time: Timestamp, by actor: String) -> Address {
        var found = self
        found.verification =
            outcome == .unverified ? nil : AddressVerification(outcome: outcome, at: time, actor: actor)
        return found
    }
}

extension AddressFields {
    /// Whether something sent to the one arrives where it does by the other, names and phone numbers apart.
    fileprivate func isDeliveredAs(_ other: AddressFields) -> Bool {
        (company, line1, line2, city, state, postalCode) == (
            other.company, other.line1, other.line2, other.city, other.state, other.postalCode
        ) && country == other.country
    }
}
