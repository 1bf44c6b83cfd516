import CustomerDomain
import CustomerProjections
import CustomerService
import EventSourcing

extension Call {
    /// The order of this number in full; its lines come from the log.
    func order(_ number: String) async throws -> OrderDetail {
        let (view, history, returns, former) = try await read { state, _ in
            guard let view = state.orderView(number) else { throw CommandError.rejected(.orderNotFound(number)) }
            let history = view.refunded == 0 ? [] : state.refundSequences(of: view)
            let former = view.formerCustomers.map { state.standing(of: $0).id }
            return (view, history, state.returns(of: number), former)
        }
        guard let event = try organization.event(view.sequence), case .orderPlaced(var order) = event.event else {
            throw CommandError.unreadable("order at \(view.sequence)")
        }
        // What is sealed for who had it before is nobody's any longer once the new customer was erased.
        if view.customer == nil { order.shippingAddress = nil }
        var refunds: [RecordedEvent] = []
        for sequence in history {
            guard var event = try organization.event(sequence), case .refundRecorded(let refund) = event.event,
                refund.orderNumber == number
            else { continue }
            if view.customer == nil { event.event = event.event.withoutPersonalData }
            refunds.append(event)
        }
        return OrderDetail(
            view: view,
            order: order,
            refunds: refunds,
            returns: returns,
            formerCustomers: former
        )
    }

    /// The order that a command placed, without asking the log for what the command still has.
    func order(placedBy result: CommandResult) async throws -> OrderDetail {
        for event in result.events {
            guard case .orderPlaced(let order) = event.event else { continue }
            let view = try await organization.read { state, _ in state.orderView(order.number) }
            guard let view else { break }
            guard !result.isReplay else { return try await self.order(order.number) }
            return OrderDetail(view: view, order: order, refunds: [], returns: [])
        }
        throw Problem(.internalError, "The new order cannot be found.")
    }
}

extension OrganizationState {
    /// Where events that may be refunds of an order are, oldest first.
    ///
    /// Cost: linear in the events of its customer since the order, and of those who had it before.
    borrowing func refundSequences(of order: OrderView) -> [SequenceNumber] {
        var events: Set<SequenceNumber> = []
        for owner in [order.customerOrdinal] + order.formerCustomers {
            events.formUnion(timeline(of: owner, before: nil, limit: .max).map(\.sequence))
        }
        return events.filter { $0 > order.sequence }.sorted()
    }
}
