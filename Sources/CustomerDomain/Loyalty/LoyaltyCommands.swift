public import EventSourcing

/// Asks that points which were redeemed come back.
public struct RestorePoints: Hashable, Sendable {
    /// The event that redeemed them.
    public var redemption: SequenceNumber
    /// How many; `nil` for all that did not come back yet.
    public var points: Int64?
    /// Why, when told.
    public var reason: String?

    /// Asks for this.
    public init(redemption: SequenceNumber, points: Int64? = nil, reason: String? = nil) {
        self.redemption = redemption
        self.points = points
        self.reason = reason
    }
}
