public import EventSourcing

/// A customer asked for something that it has a right to.
public struct DataRequestOpened: Hashable, Sendable {
    /// The new request's identifier.
    public var id: DataRequestID
    /// What it asks for.
    public var right: DataRight
    /// How it came in.
    public var channel: DataRequestChannel
    /// Within how many days of business time it must be done.
    public var days: UInt32
    /// What was asked, in words; personal.
    public var details: String?

    /// A request of these parts.
    public init(
        id: DataRequestID,
        right: DataRight,
        channel: DataRequestChannel = .other,
        days: UInt32 = Limits.dataRequestDays,
        details: String? = nil
    ) {
        self.id = id
        self.right = right
        self.channel = channel
        self.days = days
        self.details = details
    }

    /// When it must be done, having come in at this time.
    public func due(since time: Timestamp) -> Timestamp {
        // A century at most, so that no number of days that a log may hold is too large.
        let days = Int64(min(days, 36_500))
        return Timestamp(microseconds: time.microseconds.addingSaturating(days * 86_400_000_000))
    }
}

/// Somebody of the team made sure who asks.
public struct DataRequestIdentityChecked: Hashable, Sendable {
    /// The request.
    public var id: DataRequestID
    /// How.
    public var method: IdentityMethod
    /// What was seen; personal.
    public var note: String?

    /// A check of these parts.
    public init(id: DataRequestID, method: IdentityMethod, note: String? = nil) {
        self.id = id
        self.method = method
        self.note = note
    }
}

/// Somebody of the team decided about a request.
public struct DataRequestDecided: Hashable, Sendable {
    /// The request.
    public var id: DataRequestID
    /// Why it is refused; `nil` where it was approved.
    public var refusal: RefusalCategory?
    /// The words to it; personal.
    public var reason: String?

    /// A decision of these parts.
    public init(id: DataRequestID, refusal: RefusalCategory?, reason: String? = nil) {
        self.id = id
        self.refusal = refusal
        self.reason = reason
    }
}

/// A request is not asked for any longer.
public struct DataRequestCancelled: Hashable, Sendable {
    /// The request.
    public var id: DataRequestID
    /// Why, when told; personal.
    public var reason: String?

    /// The cancellation of this request.
    public init(id: DataRequestID, reason: String? = nil) {
        self.id = id
        self.reason = reason
    }
}

/// What a request asked for was done; what that changed is told by other events of the same command.
public struct DataRequestExecuted: Hashable, Sendable {
    /// The request.
    public var id: DataRequestID
    /// Of a rectification: the customer's version in which it is right.
    public var rectifiedVersion: UInt32?

    /// The execution of this request.
    public init(id: DataRequestID, rectifiedVersion: UInt32? = nil) {
        self.id = id
        self.rectifiedVersion = rectifiedVersion
    }
}

extension Event {
    /// The request that the event is another step of; `nil` for an event about something else, or of a new request.
    public var changedDataRequest: DataRequestID? {
        switch self {
        case .dataRequestIdentityChecked(let checked): checked.id
        case .dataRequestDecided(let decided): decided.id
        case .dataRequestCancelled(let cancelled): cancelled.id
        case .dataRequestExecuted(let executed): executed.id
        default: nil
        }
    }
}
