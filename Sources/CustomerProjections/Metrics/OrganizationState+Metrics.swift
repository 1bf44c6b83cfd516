import CustomerDomain
import EventSourcing

extension OrganizationState {
    /// The metric cards, at the same cost however many customers and orders there are; requests are looked at one by one.
    public func metrics(at time: QueryTime) -> MetricCards {
        let monthStart = QuarterHistogram.quarter(time.monthStart.microseconds)
        let (base, retained) = retention.counts(at: time.now.microseconds)
        let requests = dataRequestCounts(at: time)
        let net = spending.grossSpent - spending.refunded
        return MetricCards(
            totalCustomers: customers.standingRegisteredCount,
            activeCustomers: activity.total - activity.sum(through: monthStart - 1),
            averageLifetimeValue: spending.buyerCount > 0
                ? net.dividedRoundingHalfUp(by: Int64(spending.buyerCount)) : nil,
            retentionRate: base > 0 ? Double(retained) / Double(base) : nil,
            retentionBase: base,
            retained: retained,
            grossSpent: spending.grossSpent,
            refunded: spending.refunded,
            orderCount: spending.allOrderCount,
            openDataRequests: requests.open,
            overdueDataRequests: requests.overdue,
            currency: settings.currency
        )
    }
}
