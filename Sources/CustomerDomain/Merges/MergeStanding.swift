public import EventSourcing

/// Where a merge stands: whether it can be undone, and if not, why.
public enum MergeStanding: Hashable, Sendable {
    /// A later merge into the same survivor comes first.
    case covered(by: CustomerOrdinal)
    /// Something happened that belongs to both.
    case fixed(MergeObstacle)
    /// It can be undone; the survivor would have this e-mail address and account type again.
    case open(survivorEmail: EmailAddress?, survivorType: AccountType)
}

/// The event after which a merge cannot be undone any more.
public struct MergeObstacle: Hashable, Sendable {
    /// Why a merge cannot be undone; the numbers are stored.
    public enum Reason: UInt8, Hashable, Sendable, CaseIterable {
        /// The merge was recorded in the first form, without its terms.
        case firstForm = 1
        /// Points moved, and the merged customer had an account; or they moved because of one of its orders.
        case points
        /// An address that came with the merged customer was changed or removed.
        case address
        /// An order that came with the merged customer was cancelled, paid back or moved to somebody else.
        case order
        /// The metadata changed, some of which came from the merged customer.
        case metadata
        /// A request of the merged customer about its data went on.
        case dataRequest
        /// Store credit that came with the merged customer was spent, or came back.
        case credit
    }

    /// Why.
    public var reason: Reason
    /// The event.
    public var sequence: SequenceNumber

    /// An obstacle that this event is.
    public init(_ reason: Reason, _ sequence: SequenceNumber) {
        self.reason = reason
        self.sequence = sequence
    }
}
