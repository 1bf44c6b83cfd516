public import CustomerDomain

/// The four cards above the customer list, and the totals behind them.
public struct MetricCards: Hashable, Sendable {
    /// Registered customers that stand.
    public var totalCustomers: Int
    /// Customers that stand and ordered or logged in since the month began.
    public var activeCustomers: Int
    /// Net amount of all orders per customer who ordered, half-up, in minor units; `nil` when nobody did.
    public var averageLifetimeValue: Int64?
    /// Of those who bought in the activity window before the last, the part that bought again in the last; `nil` when nobody did.
    public var retentionRate: Double?
    /// Buyers of the window before the last.
    public var retentionBase: Int
    /// Those of them who bought again in the last.
    public var retained: Int
    /// Sum of all orders that were not cancelled, in minor units of ``currency``.
    public var grossSpent: Int64
    /// What went back, in minor units of ``currency``.
    public var refunded: Int64
    /// All orders that were not cancelled, in all currencies.
    public var orderCount: Int64
    /// Requests of persons about their data that are open.
    public var openDataRequests: Int
    /// Those of them that should have been done by now.
    public var overdueDataRequests: Int
    /// The organization's currency; `nil` until it has one.
    public var currency: CurrencyCode?

    /// Gross less refunds.
    public var netSpent: Int64 { grossSpent - refunded }
}
