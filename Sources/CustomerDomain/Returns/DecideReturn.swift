extension Decision {
    /// No more comes back of an item than was ordered, less what other returns of the order have that were not refused.
    func requestReturn(_ requested: ReturnRequested, of lines: [OrderLine]) throws(Rejection) -> [Decided] {
        guard facts.orderReturn(requested.id) == nil else { throw .invalid(field: "id", reason: "is already in use") }
        let order = try standingOrder(requested.orderNumber)
        try check(requested.reason, "reason", Limits.reason, .paragraphs)
        if requested.items.isEmpty { throw .invalid(field: "items", reason: "must have at least one item") }
        let returns = facts.returns(of: requested.orderNumber)
        if returns.count >= Limits.returnsPerOrder {
            throw .limitReached("returns of an order", limit: Limits.returnsPerOrder)
        }
        var left = lines.map(\.quantity)
        for other in returns where other.status != .refused {
            for item in other.items where left.indices.contains(item.line) { left[item.line] -= item.quantity }
        }
        var requested = requested
        for (index, item) in requested.items.enumerated() {
            guard lines.indices.contains(item.line) else {
                throw .invalid(
                    field: "items/\(index)/line",
                    reason: "must be the place of an item of the order, from 0"
                )
            }
            let rest = left[item.line]
            if item.quantity < 1 || item.quantity > rest {
                let reason =
                    rest > 0 ? "must be from 1 to \(grouped(Int(rest)))" : "is more than is left, which is nothing"
                throw .invalid(field: "items/\(index)/quantity", reason: reason)
            }
            left[item.line] = rest - item.quantity
            requested.items[index].sku = lines[item.line].sku
        }
        return [Decided(customer: survivor(of: order.customer), event: .returnRequested(requested))]
    }

    /// The order's goods are returned once all of them were received.
    func moveReturn(_ move: MoveReturn) throws(Rejection) -> [Decided] {
        let (standing, order) = try standingReturn(move.id, movingTo: move.status)
        if move.status == .refunded { throw .returnStatus(move.id, standing.status) }
        try check(move.reason, "reason", Limits.reason, .paragraphs)
        let moved = ReturnMoved(
            id: move.id,
            orderNumber: standing.orderNumber,
            status: move.status,
            items: try arrived(move, of: standing),
            reason: move.reason
        )
        var events: [Event] = [.returnMoved(moved)]
        if move.status == .received {
            let others = facts.returns(of: standing.orderNumber)
                .filter { $0.id != move.id && [.received, .refunded, .closed].contains($0.status) }
            let pieces = (others.flatMap(\.items) + (moved.items.isEmpty ? standing.items : moved.items))
                .reduce(0) { $0 + $1.quantity }
            if pieces >= order.itemCount, order.status != .cancelled, order.fulfillmentStatus != .returned {
                let number = standing.orderNumber
                events.append(
                    .orderStatusChanged(OrderStatusChanged(number: number, status: nil, fulfillmentStatus: .returned))
                )
            }
        }
        let customer = survivor(of: order.customer)
        return events.map { Decided(customer: customer, event: $0) }
    }

    /// Pays back what was received; the refund is one of the order like any other.
    func refundReturn(_ id: ReturnID, _ refund: RefundOrder) throws(Rejection) -> [Decided] {
        let (standing, _) = try standingReturn(id, movingTo: .refunded)
        guard refund.orderNumber == standing.orderNumber else { throw .orderNotFound(refund.orderNumber) }
        let refunded = try refundOrder(refund)
        let moved = ReturnMoved(
            id: id,
            orderNumber: standing.orderNumber,
            status: .refunded,
            refundReference: refund.reference
        )
        return refunded + [Decided(customer: refunded.first?.customer, event: .returnMoved(moved))]
    }

    /// The return, which may come to stand so, and its order, with the customer at the expected version.
    private func standingReturn(
        _ id: ReturnID,
        movingTo next: ReturnStatus
    ) throws(Rejection) -> (OrderReturn, OrderStanding) {
        guard let standing = facts.orderReturn(id), let order = facts.order(standing.orderNumber) else {
            throw .returnNotFound(id)
        }
        try checkVersion(facts.standing(of: survivor(of: order.customer)).version)
        guard standing.status.leads(to: next) else { throw .returnStatus(id, standing.status) }
        return (standing, order)
    }

    /// The items that came; none when all came that were asked for.
    private func arrived(_ move: MoveReturn, of standing: OrderReturn) throws(Rejection) -> [ReturnItem] {
        guard let received = move.received, move.status == .received else { return [] }
        let asked = standing.items.reduce(into: [:]) { $0[$1.line, default: 0] += $1.quantity }
        for (line, quantity) in received.sorted(by: { $0.key < $1.key })
        where quantity < 0 || quantity > asked[line] ?? 0 {
            let most = asked[line].map { "at most \(grouped(Int($0))) of item \(line)" } ?? "no item \(line)"
            throw .invalid(field: "items", reason: "must have \(most), as was asked for")
        }
        var rest = received
        let items = standing.items.compactMap { item -> ReturnItem? in
            var item = item
            item.quantity = min(item.quantity, rest[item.line] ?? 0)
            rest[item.line, default: 0] -= item.quantity
            return item.quantity > 0 ? item : nil
        }
        if items.isEmpty {
            throw .invalid(field: "items", reason: "must have at least one piece; refuse the return instead")
        }
        return items == standing.items ? [] : items
    }
}
