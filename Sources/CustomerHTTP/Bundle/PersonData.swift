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
                state.timeline(of: customer, before: nil, limit: .max).map(\.sequence),
                try Self.orders(of: customer, state)
            )
        }
        (time, profiles, loyalty, points) = (found.0, found.1, found.2, found.3)
        (credit, requests) = (found.4, found.5)
        let own = Set(found.7.map(\.view.number))
        events = []
        descriptions = []
        var byteCount = 0
        for sequence in found.6.reversed() {
            guard var event = try call.organization.event(sequence) else { continue }
            // An order that is somebody else's by now tells of that one.
            if case .orderPlaced(let order) = event.event, !own.contains(order.number) {
                event.event = event.event.withoutPersonalData
            }
            let description = call.organization.describe([event])
            byteCount += description.reduce(0) { $0 + $1.count }
            if byteCount > byteLimit { throw Problem.bundleTooLarge(byteLimit) }
            events.append(event)
            descriptions += description
        }
        orders = []
        for (view, returns) in found.7 {
            guard view.formerCustomers.isEmpty, let placed = event(view.sequence),
                case .orderPlaced(let order) = placed.event
            else {
                // Others had it, whose history has a part.
                orders.append(try await call.order(view.number))
                continue
            }
            let refunds = events.filter { refund in
                guard case .refundRecorded(let refund) = refund.event else { return false }
                return refund.orderNumber == order.number
            }
            orders.append(OrderDetail(view: view, order: order, refunds: refunds, returns: returns))
        }
    }

    /// The orders of a customer, in the order of the log, with their returns.
    private static func orders(
        of customer: CustomerOrdinal,
        _ state: borrowing OrganizationState
    ) throws -> [(view: OrderView, returns: [OrderReturn])] {
        var query = OrderQuery()
        query.page = .offset(limit: .max)
        let views = try state.orders(of: customer, query).elements.sorted { $0.sequence < $1.sequence }
        var orders: [(view: OrderView, returns: [OrderReturn])] = []
        for view in views { orders.append((view, state.returns(of: view.number))) }
        return orders
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
