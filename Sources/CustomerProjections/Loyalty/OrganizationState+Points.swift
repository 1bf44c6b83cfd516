import CustomerDomain
import EventSourcing

extension OrganizationState {
    mutating func enroll(_ row: Int, _ cardNumber: String, at time: Int64) {
        guard customers.loyaltyAccount[row] == noRow else { return }
        customers.loyaltyAccount[row] = loyalty.open(customer: row, cardNumber: cardNumber, at: time)
        customers.points[row] = 0
    }

    mutating func earn(_ earned: EarnedPointsView, _ row: Int, _ record: RecordView) {
        let order: Int? = if let number = earned.orderNumber { orderRow(number.bytes, of: row) } else { nil }
        movePoints(earned.points, .earned, order: order, row, record)
    }

    mutating func movePoints(
        _ points: Int64,
        _ kind: LoyaltyTransaction.Kind,
        order orderRow: Int?,
        _ row: Int,
        _ record: RecordView
    ) {
        if let orderRow { orders.pointsEarned[orderRow] += points }
        let account = customers.loyaltyAccount[row]
        guard account != noRow else { return }
        let place = RecordedPlace(sequence: record.sequence.value, occurredAt: record.occurredAt.microseconds)
        loyalty.move(points, kind, of: Int(account), in: place)
        customers.points[row] = loyalty.accounts[Int(account)].balance
    }

    /// Gives the account of one customer to another, who may have one already.
    mutating func moveAccount(from merged: Int, to survivor: Int) {
        let moved = customers.loyaltyAccount[merged]
        guard moved != noRow else { return }
        customers.loyaltyAccount[merged] = noRow
        let own = customers.loyaltyAccount[survivor]
        if own == noRow {
            customers.loyaltyAccount[survivor] = moved
            loyalty.accounts[Int(moved)].customer = UInt32(survivor)
        } else {
            loyalty.absorb(Int(moved), into: Int(own))
        }
        customers.points[survivor] = loyalty.accounts[Int(customers.loyaltyAccount[survivor])].balance
        customers.points[merged] = noTime
    }
}
