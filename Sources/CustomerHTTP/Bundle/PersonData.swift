import CustomerDomain
import CustomerProjections
import CustomerService
import EventSourcing

/// Everything that is held on a person, read for its bundle.
struct PersonData: Sendable {
    /// Who answers for all identities, and those who were merged into it.
    var profiles: [CustomerProfile]
    /// The orders as they stand, with what the log keeps of them.
    var orders: [OrderDetail]
    /// The loyalty account; `nil` when there is none.
    var loyalty: LoyaltySummary?
    /// Its movements, the latest first.
    var points: [LoyaltyTransaction]
    /// Movements of store credit, the latest first.
    var credit: [CreditLine]
    /// The requests about this data.
    var requests: [DataRequestView]
    /// Everything that happened, oldest first.
    var events: [RecordedEvent]
    /// What the events say, as JSON.
    var descriptions: [[UInt8]]
    /// When it was read.
    var time: Timestamp

    /// Reads it all.
    ///
    /// - Throws: ``Problem`` when the history alone is larger than `byteLimit`; what reading throws.
    init(of id: CustomerID, _ call: Call, byteLimit: Int) async throws {
        let found = try await call.organization.read { state, time in
            let customer = try state.standingCustomer(id)
            var query = DataRequestQuery()
            (query.customer, query.page) = (id, .offset(limit: .max))
            return (
                time.now,
                state.identities(of: customer).map { state.profile(of: $0, at: time) },
                state.loyalty(of: customer, at: time.now),
                try state.loyaltyTransactions(of: customer, page: .offset(limit: .max)).elements,
                try state.creditLines(of: customer, page: .offset(limit: .max)).elements,
                try state.dataRequests(query, at: time).elements,
                state.timeline(of: customer, before: nil, limit: .max).map(\.sequence)
            )
        }
        (time, profiles, loyalty, points) = (found.0, found.1, found.2, found.3)
        (credit, requests) = (found.4, found.5)
        events = []
        descriptions = []
        var byteCount = 0
        for sequence in found.6.reversed() {
            guard let event = try call.organization.event(sequence) else { continue }
            let description = call.organization.describe([event])
            byteCount += description.reduce(0) { $0 + $1.count }
            if byteCount > byteLimit { throw Problem.bundleTooLarge(byteLimit) }
            events.append(event)
            descriptions += description
        }
        let views = try await call.organization.read { [events] state, _ in
            events.map { event -> OrderView? in
                guard case .orderPlaced(let order) = event.event else { return nil }
                return state.orderView(order.number)
            }
        }
        orders = zip(events, views)
            .compactMap { [events] event, view in
                guard let view, case .orderPlaced(let order) = event.event else { return nil }
                let refunds = events.filter { refund in
                    guard case .refundRecorded(let refund) = refund.event else { return false }
                    return refund.orderNumber == order.number
                }
                return OrderDetail(view: view, order: order, refunds: refunds)
            }
    }

    /// The event of a sequence number, when it is one of the person's.
    func event(_ sequence: SequenceNumber) -> RecordedEvent? {
        var (low, high) = (0, events.count)
        while low < high {
            let middle = (low + high) / 2
            if events[middle].sequence < sequence { low = middle + 1 } else { high = middle }
        }
        return low < events.count && events[low].sequence == sequence ? events[low] : nil
    }
}

extension Problem {
    /// There is more than a bundle may hold.
    static func bundleTooLarge(_ limit: Int) -> Problem {
        Problem(
            .bundleTooLarge,
            "What is held on the customer is more than a bundle's limit of \(limit) bytes; nothing was made."
        )
    }
}
