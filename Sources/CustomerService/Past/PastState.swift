import CustomerProjections
public import EventSourcing

/// An organization as it was at a moment; nothing changes in it any more.
public final class PastState: Sendable {
    /// The last event that counts.
    public let sequence: SequenceNumber
    /// Until when events count by their business time; `nil` for whenever they happened.
    public let happened: Timestamp?
    /// When it is there: what "now" means to a query.
    let time: Timestamp
    let state: OrganizationState
    /// The last erasure when it was made: what anybody asks later must not know those who were erased since.
    let lastErasure: SequenceNumber

    init(
        _ state: consuming OrganizationState,
        sequence: SequenceNumber,
        happened: Timestamp?,
        time: Timestamp,
        lastErasure: SequenceNumber
    ) {
        self.state = state
        self.sequence = sequence
        self.happened = happened
        self.time = time
        self.lastErasure = lastErasure
    }
}
