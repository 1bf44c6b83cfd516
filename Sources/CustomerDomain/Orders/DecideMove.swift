extension Decision {
    /// The points that the order earned and still has go back, and come to the account of the new customer, if it has one;
    /// refunds and returns go with their order, store credit stays.
    func moveOrder(_ move: MoveOrder) throws(Rejection) -> [Decided] {
        let order = try standingOrder(move.number)
        let source = survivor(of: order.customer)
        let (sourceStanding, target) = (facts.standing(of: source), try standingCustomer(move.customer).ordinal)
        if source == target { throw .invalid(field: "customerId", reason: "is whose order it is already") }
        if sourceStanding.status == .erased { throw .customerErased(sourceStanding.id) }
        try check(move.reason, "reason", Limits.reason, .paragraphs)
        let away = OrderMovedAway(number: move.number, to: target, reason: move.reason)
        let left = reversal(of: order.pointsEarned, move.number, source) + [.orderMovedAway(away)]
        let come =
            [.orderMoved(OrderMoved(number: move.number, from: source, reason: move.reason))]
            + points(of: order, move.number, comingTo: target)
        return left.map { Decided(customer: source, event: $0) } + come.map { Decided(customer: target, event: $0) }
    }

    /// They expire and become spendable when they would have.
    private func points(
        of order: OrderStanding,
        _ number: String,
        comingTo customer: CustomerOrdinal
    ) -> [Event] {
        guard let account = facts.loyaltyAccount(of: customer), let program = facts.loyaltyProgram else { return [] }
        let points = min(order.pointsEarned, account.room)
        guard points > 0 else { return [] }
        let lot = facts.pointsLots(ofOrder: number).last
        let earned = PointsEarned(points: points, orderNumber: number, expiresAt: lot?.expiresAt, pending: lot?.pending)
        return [.pointsEarned(earned)] + rise(of: account, customer, program, by: points)
    }

    /// Orders of an e-mail address come to the guest who has it, or, where the organization wants that, to the registered
    /// customer who is known to read its mail.
    func placeGuestOrder(_ placing: PlaceGuestOrder) throws(Rejection) -> [Decided] {
        guard let email = placing.profile.email else { throw .invalid(field: "customer/email", reason: "is required") }
        if facts.settings.joinsVerifiedGuests,
            let customer = facts.customer(withEmail: email.normalized, accountType: .registered),
            facts.contacts(of: customer).email.verifiedAt != nil
        {
            return try placeOrder(placing.order, of: facts.standing(of: customer).id)
        }
        if let guest = facts.customer(withEmail: email.normalized, accountType: .guest) {
            return try placeOrder(placing.order, of: facts.standing(of: guest).id)
        }
        let created = CustomerCreated(id: placing.guest, accountType: .guest, profile: placing.profile)
        let guest = try createCustomer(CreateCustomer(created))
        try checkNewOrder(placing.order)
        return guest + [Decided(customer: guest.first?.customer, event: .orderPlaced(placing.order))]
    }
}
