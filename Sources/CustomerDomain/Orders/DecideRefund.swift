extension Decision {
    /// The points that the order earned and still has go back in the proportion of what is paid back, rounded down; so
    /// all of them have gone when everything is paid back.
    func refundOrder(_ refund: RefundOrder) throws(Rejection) -> [Decided] {
        let order = try standingOrder(refund.orderNumber)
        try checkReference(refund.reference)
        try check(refund.reason, "reason", Limits.reason, .paragraphs)
        let remaining = order.total.minorUnits - order.refunded
        let amount = refund.minorUnits ?? remaining
        if remaining <= 0 { throw .nothingToRefund(refund.orderNumber) }
        try checkAmount(amount)
        if amount > remaining { throw .refundExceedsOrder(remaining: remaining) }
        try checkSumsStayExact(adding: amount)
        let recorded = Refund(
            reference: refund.reference,
            orderNumber: refund.orderNumber,
            amount: Money(minorUnits: amount, currency: order.total.currency),
            reason: refund.reason
        )
        let reversed = Int64(Int128(order.pointsEarned) * Int128(amount) / Int128(remaining))
        let customer = survivor(of: order.customer)
        let decided = ([.refundRecorded(recorded)] + reversal(of: reversed, refund.orderNumber, customer))
            .map { Decided(customer: customer, event: $0) }
        guard let credit = refund.credit else { return decided }
        return decided + [try issue(credit, for: recorded, to: customer)]
    }

    /// The refund as store credit.
    private func issue(
        _ credit: RefundOrder.Credit,
        for refund: Refund,
        to customer: CustomerOrdinal
    ) throws(Rejection) -> Decided {
        guard actor.allows(.adjustCredit) else { throw .permissionMissing(.adjustCredit) }
        _ = try standingCustomer(facts.standing(of: customer).id)
        let issued = CreditIssued(
            lot: credit.lot,
            amount: refund.amount,
            expiresAt: credit.expiresAt,
            source: .refund,
            orderNumber: refund.orderNumber,
            reason: refund.reason
        )
        try checkIssue(issued, to: customer, at: credit.now)
        return Decided(customer: customer, event: .creditIssued(issued))
    }

    /// A refund that names no order: no points go back, since nobody knows which.
    func recordRefund(_ refund: Refund, to id: CustomerID) throws(Rejection) -> [Decided] {
        let subject = try subject(id)
        if refund.orderNumber != nil {
            throw .invalid(field: "orderNumber", reason: "must be absent; refund the order instead")
        }
        try checkReference(refund.reference)
        try check(refund.reason, "reason", Limits.reason, .paragraphs)
        try checkAmount(refund.amount.minorUnits)
        try checkLines(refund.lines)
        try checkSumsStayExact(adding: refund.amount.minorUnits)
        return subject.events([.refundRecorded(refund)])
    }

    private func checkReference(_ reference: String) throws(Rejection) {
        try check(reference, "reference", Limits.refundReference)
        if facts.hasRefund(reference) { throw .refundReferenceTaken(reference) }
    }

    private func checkAmount(_ amount: Int64) throws(Rejection) {
        try check(amount, "amount", 1...Limits.amount)
    }
}
