import CustomerDomain
import CustomerProjections
import EventSourcing

extension Organization {
    /// What was known of a customer at a moment, field by field; nothing where the customer was not there.
    ///
    /// - Parameters:
    ///   - customer: An id or external id, today.
    ///   - past: The moment.
    /// - Returns: The fields.
    /// - Throws: ``EventSearchError/noCustomer(_:)``.
    package func fields(of customer: String, at past: PastState) throws(EventSearchError) -> FieldList {
        // Ordinals differ where a business time leaves people out; identifiers never do.
        let ordinal = try self.customer(named: customer)
        let id = peek { state, _ in state.standing(of: ordinal).id }
        return read(past) { state, _ in
            state.customer(id).map { FieldList(of: $0, about: nil, in: state) } ?? FieldList()
        }
    }

    /// The metric cards of a moment, field by field.
    package func metricFields(at past: PastState) -> FieldList {
        read(past) { state, time in FieldList(state.metrics(at: time)) }
    }
}

extension FieldList {
    fileprivate init(_ cards: MetricCards) {
        add("totalCustomers", Int64(cards.totalCustomers))
        add("activeCustomers", Int64(cards.activeCustomers))
        if let value = cards.averageLifetimeValue { add("averageCustomerValue", value) }
        add("retentionBase", Int64(cards.retentionBase))
        add("retained", Int64(cards.retained))
        add("orderCount", cards.orderCount)
        add("grossSpent", cards.grossSpent)
        add("refunded", cards.refunded)
        add("netSpent", cards.netSpent)
        add("currency", cards.currency?.description)
    }
}
