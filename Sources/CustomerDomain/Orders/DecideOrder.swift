extension Decision {
    func placeOrder(_ order: Order, of id: CustomerID) throws(Rejection) -> [Decided] {
        let subject = try activeSubject(id)
        try checkNewOrder(order)
        let total = Money(minorUnits: order.total, currency: order.currency)
        return subject.events([.orderPlaced(order)] + earnings(by: order, total, of: subject.ordinal))
    }

    func checkNewOrder(_ order: Order) throws(Rejection) {
        try checkOrder(order)
        guard facts.order(order.number) == nil else { throw .orderNumberTaken(order.number) }
        try checkSumsStayExact(adding: order.total)
    }

    /// Completed, an order's points that waited for it can be spent.
    func changeOrderStatus(_ change: OrderStatusChanged) throws(Rejection) -> [Decided] {
        let order = try standingOrder(change.number)
        if change.status == .cancelled {
            throw .invalid(field: "status", reason: "becomes cancelled only by a cancellation")
        }
        let changed = OrderStatusChanged(
            number: change.number,
            status: change.status == order.status ? nil : change.status,
            fulfillmentStatus: change.fulfillmentStatus == order.fulfillmentStatus ? nil : change.fulfillmentStatus
        )
        if changed.status == nil, changed.fulfillmentStatus == nil { return [] }
        let activated = changed.status == .completed ? activation(by: change.number) : []
        return ([.orderStatusChanged(changed)] + activated)
            .map { Decided(customer: survivor(of: order.customer), event: $0) }
    }

    /// The points that the order earned and still has go back.
    func cancelOrder(_ cancellation: OrderCancelled) throws(Rejection) -> [Decided] {
        let order = try standingOrder(cancellation.number)
        if order.fulfillmentStatus == .shipped || order.fulfillmentStatus == .delivered {
            throw .orderNotCancellable(cancellation.number, order.fulfillmentStatus)
        }
        try check(cancellation.reason, "reason", Limits.reason, .paragraphs)
        let customer = survivor(of: order.customer)
        return ([.orderCancelled(cancellation)] + reversal(of: order.pointsEarned, cancellation.number, customer))
            .map { Decided(customer: customer, event: $0) }
    }

    /// The order of this number, not cancelled, its customer at the expected version.
    ///
    /// The customer may be disabled or erased: orders are carried out and paid back all the same.
    func standingOrder(_ number: String) throws(Rejection) -> OrderStanding {
        guard let order = facts.order(number) else { throw .orderNotFound(number) }
        try checkVersion(facts.standing(of: survivor(of: order.customer)).version)
        guard order.status != .cancelled else { throw .orderCancelled(number) }
        return order
    }

    func checkSumsStayExact(adding amount: Int64) throws(Rejection) {
        if facts.recordedAmount > Limits.recordedAmount - amount {
            throw .limitReached("minor units in all orders and refunds", limit: Int(Limits.recordedAmount))
        }
    }
}
