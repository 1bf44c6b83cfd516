public import CustomerDomain
public import EventSourcing

/// What a customer's summary was made from: while it is the same, so is the summary.
public struct SummaryStamp: Hashable, Sendable {
    /// The customer's latest event.
    var lastEvent: UInt64
    /// The latest event that may change many customers' summaries.
    var lastSharedChange: UInt64
    /// Time alone makes a customer inactive.
    public var isActive: Bool
}

extension OrganizationState {
    /// The stamp of a customer's summary.
    public func summaryStamp(of customer: CustomerOrdinal, at time: QueryTime) -> SummaryStamp {
        SummaryStamp(
            lastEvent: customers.lastEvent[customer.index],
            lastSharedChange: lastSharedChange.value,
            isActive: isActive(customer.index, at: time)
        )
    }

    /// From when on an active customer is not active any more, if nothing happens.
    public func activityEnd(of customer: CustomerOrdinal) -> Timestamp {
        Timestamp(microseconds: customers.lastActivity(customer.index) + 1)
            .advanced(byDays: settings.activityWindowDays)
    }
}
