public import EventSourcing

/// Counts and sums of a state, by which two states of one log are told apart at next to no cost.
///
/// Equal for equal states; different for nearly all that differ. Who must be sure asks for the state hash.
public struct StateGlance: Hashable, Sendable {
    /// The last event applied.
    public var head: SequenceNumber
    var lastRecordedAt: Timestamp
    var counts: [Int]
    var sums: [Int64]
}

extension OrganizationState {
    /// The state at a glance; costs the same however large it is.
    public var glance: StateGlance {
        StateGlance(
            head: head,
            lastRecordedAt: lastRecordedAt,
            counts: [
                customers.count, customers.standingCount, customers.standingRegisteredCount, orders.count,
                refundReferences.count, groups.rows.count, loyalty.accounts.count, loyalty.movements.count,
                notes.rows.count, keys.rows.count, tagNames.count, spending.buyerCount, mergedRows.count,
                rowByExternalID.count,
            ],
            sums: [
                spending.orderCount, spending.allOrderCount, spending.grossSpent, spending.refunded,
                spending.recordedAmount,
            ]
        )
    }
}
