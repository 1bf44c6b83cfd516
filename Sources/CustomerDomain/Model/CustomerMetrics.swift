public import EventSourcing

/// What a customer's orders come to; cancelled orders and refunds on them do not count.
public struct CustomerMetrics: Hashable, Sendable {
    /// How many orders, in any currency.
    public var orderCount = 0
    /// What they came to, by currency.
    public var grossSpent: [CurrencyCode: Int64] = [:]
    /// What went back, by currency; also refunds that name no order.
    public var refunded: [CurrencyCode: Int64] = [:]
    /// The business time of the earliest order.
    public var firstOrderAt: Timestamp?
    /// The business time of the latest order.
    public var lastOrderAt: Timestamp?

    /// Metrics of somebody without orders.
    public init() {}
}

extension OrganizationModel {
    /// What the orders come to for which the customer answers.
    public func metrics(of customer: CustomerOrdinal) -> CustomerMetrics {
        var metrics = CustomerMetrics()
        let counted = orders.filter { $0.customer == customer && $0.order.status != .cancelled }
        metrics.orderCount = counted.count
        for placed in counted { metrics.grossSpent[placed.order.currency, default: 0] += placed.order.total }
        metrics.firstOrderAt = counted.map(\.occurredAt).min()
        metrics.lastOrderAt = counted.map(\.occurredAt).max()
        for recorded in refunds where recorded.customer == customer && !isCancelled(recorded.refund.orderNumber) {
            metrics.refunded[recorded.refund.amount.currency, default: 0] += recorded.refund.amount.minorUnits
        }
        return metrics
    }

    private func isCancelled(_ orderNumber: String?) -> Bool {
        orders.contains { $0.order.number == orderNumber && $0.order.status == .cancelled }
    }

    /// The orders for which the customer answers, in the order of the log.
    public func orders(of customer: CustomerOrdinal) -> [PlacedOrder] {
        orders.filter { $0.customer == customer }
    }

    /// The refunds for which the customer answers, in the order of the log.
    public func refunds(of customer: CustomerOrdinal) -> [RecordedRefund] {
        refunds.filter { $0.customer == customer }
    }

    /// The index of the customer's tier; `nil` without a programme or an account.
    public func tierIndex(of customer: CustomerOrdinal) -> Int? {
        guard let loyaltyProgram, let account = loyaltyAccount(of: customer) else { return nil }
        return loyaltyProgram.tierIndex(of: account)
    }

    /// The members of a group who stand, by ordinal: disabled ones too, but nobody who was merged or erased.
    public func members(of group: GroupOrdinal) -> [CustomerOrdinal] {
        customers.indices
            .filter { customers[$0].groups.contains(group) && customers[$0].status != .erased }
            .map { CustomerOrdinal(UInt32($0)) }
    }
}
