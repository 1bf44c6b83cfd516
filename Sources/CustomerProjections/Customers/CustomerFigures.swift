import CustomerDomain
import EventSourcing

/// What a customer's orders come to, as those who sort customers into groups ask for it.
public struct CustomerFigures: Hashable, Sendable {
    /// Whole days in the organization's time zone since the last order; `nil` without one.
    public var daysSinceLastOrder: Int64?
    /// The time from the first order to the last, divided by one less than there are; `nil` below two orders.
    public var averageDaysBetweenOrders: Double?
    /// How often the customer orders, in a word; `nil` below two orders.
    public var frequency: OrderFrequency?
    /// How much the customer spent, in a word; `nil` where there is no currency.
    public var lifetimeValue: LifetimeValue?

    init(_ summary: CustomerSummary, _ time: QueryTime) {
        if let last = summary.lastOrderAt {
            daysSinceLastOrder = Int64(time.today.dayNumber) - Int64(time.calendar.day(of: last).dayNumber)
        }
        if summary.orderCount > 1, let first = summary.firstOrderAt, let last = summary.lastOrderAt {
            let days = Double(last.microseconds - first.microseconds) / 86_400e6 / Double(summary.orderCount - 1)
            averageDaysBetweenOrders = (days * 10).rounded() / 10
            frequency = OrderFrequency(averageDays: days)
        }
        lifetimeValue = summary.currency.map { LifetimeValue(spent: summary.grossSpent, $0) }
    }
}

/// How often somebody orders.
public enum OrderFrequency: String, Hashable, Sendable, CaseIterable {
    /// Every ten days or more often.
    case weekly = "Weekly"
    /// Every 45 days or more often.
    case monthly = "Monthly"
    /// Every 135 days or more often.
    case quarterly = "Quarterly"
    /// Every 400 days or more often.
    case yearly = "Yearly"
    /// Less often.
    case rarely = "Rarely"

    init(averageDays days: Double) {
        self =
            switch days {
            case ...10: .weekly
            case ...45: .monthly
            case ...135: .quarterly
            case ...400: .yearly
            default: .rarely
            }
    }
}

/// How much somebody spent in all, gross.
public enum LifetimeValue: String, Hashable, Sendable, CaseIterable {
    /// More than 1,000.
    case high = "High"
    /// More than 100.
    case medium = "Medium"
    /// Less, or nothing.
    case low = "Low"

    init(spent minorUnits: Int64, _ currency: CurrencyCode) {
        let unit = (0..<currency.minorDigitCount).reduce(Int64(1)) { power, _ in power * 10 }
        self = minorUnits > 1_000 * unit ? .high : minorUnits > 100 * unit ? .medium : .low
    }
}
