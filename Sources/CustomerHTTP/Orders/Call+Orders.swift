import CustomerDomain
import CustomerProjections
import CustomerService
import EventSourcing

extension Call {
    /// The order of this number in full; its lines come from the log.
    func order(_ number: String) async throws -> OrderDetail {
        let (view, history) = try await read { state, _ in
            guard let view = state.orderView(number) else { throw CommandError.rejected(.orderNotFound(number)) }
            return (view, view.refunded == 0 ? [] : state.refundSequences(of: view))
        }
        guard let event = try organization.event(view.sequence), case .orderPlaced(let order) = event.event else {
            throw CommandError.unreadable("order at \(view.sequence)")
        }
        var refunds: [RecordedEvent] = []
        for sequence in history {
            guard let event = try organization.event(sequence), case .refundRecorded(let refund) = event.event,
                refund.orderNumber == number
            else { continue }
            refunds.append(event)
        }
        return OrderDetail(view: view, order: order, refunds: refunds)
    }

    /// The order that a command placed, without asking the log for what the command still has.
    func order(placedBy result: CommandResult) async throws -> OrderDetail {
        for event in result.events {
            guard case .orderPlaced(let order) = event.event else { continue }
            let view = try await organization.read { state, _ in state.orderView(order.number) }
            guard let view else { break }
            guard !result.isReplay || view.refunded == 0 else { return try await self.order(order.number) }
            return OrderDetail(view: view, order: order, refunds: [])
        }
        throw Problem(.internalError, "The new order cannot be found.")
    }
}

extension OrganizationState {
    /// Where events that may be refunds of an order are, oldest first.
    ///
    /// Cost: linear in the events of its customer since the order.
    borrowing func refundSequences(of order: OrderView) -> [SequenceNumber] {
        timeline(of: order.customerOrdinal, before: nil, limit: .max)
            .map(\.sequence)
            .filter { $0 > order.sequence }
            .reversed()
    }
}
