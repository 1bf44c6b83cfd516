public import CustomerDomain
import CustomerRecords
public import EventSourcing

/// Why an attempt failed.
public enum WebhookFailure: UInt8, Hashable, Sendable, Named {
    /// The answer was none of 200 to 299.
    case status = 1
    /// No whole answer came in time.
    case timeout = 2
    /// There was no connection, or it broke, or the other end is not whom its certificate should say.
    case connection = 3
    /// The address must not be sent to.
    case address = 4
    /// The host has no address.
    case unknownHost = 5
    /// The secret is not there: it has to be rotated.
    case secret = 6
    /// The event could not be read back.
    case event = 7

    /// The failure as it is written.
    public var name: String {
        switch self {
        case .status: "status"
        case .timeout: "timeout"
        case .connection: "connection"
        case .address: "address"
        case .unknownHost: "unknownHost"
        case .secret: "secret"
        case .event: "event"
        }
    }
}

/// What an attempt came to.
public enum WebhookOutcome: Hashable, Sendable {
    /// The endpoint answered with this status.
    case answered(Int)
    /// It did not.
    case failed(WebhookFailure)

    /// Whether the message arrived.
    public var isSuccess: Bool {
        if case .answered(200...299) = self { true } else { false }
    }
}

/// Where a message to an endpoint stands.
public struct WebhookDelivery: Hashable, Sendable {
    /// Where it may stand.
    public enum Status: UInt8, Hashable, Sendable, Named {
        /// It waits for its next attempt.
        case pending = 1
        /// It arrived.
        case delivered = 2
        /// It used up its attempts.
        case failed = 3

        /// The status as it is written.
        public var name: String {
            switch self {
            case .pending: "pending"
            case .delivered: "delivered"
            case .failed: "failed"
            }
        }
    }

    /// The event.
    public var sequence: UInt64
    /// The number of its type.
    var type: UInt32
    /// Where it stands.
    public var status = Status.pending
    /// How many attempts there were, since it was last asked for.
    public var attempts = 0
    /// The status of the last answer; 0 when there was none.
    var statusCode: UInt16 = 0
    /// Why the last attempt failed.
    public var failure: WebhookFailure?
    /// When the last attempt ended.
    public var lastAttemptAt: Timestamp?
    /// When the next one is due.
    public var nextAttemptAt: Timestamp?

    /// The name of the event's type.
    public var eventType: String? { EventType(rawValue: type)?.name }

    /// The status of the last answer.
    public var lastStatusCode: Int? { statusCode == 0 ? nil : Int(statusCode) }
}
