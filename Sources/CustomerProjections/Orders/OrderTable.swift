import CustomerDomain
import EventSourcing

/// One row for each order, in the order of the log; lines stay in the log.
struct OrderTable: Sendable {
    typealias Column = ContiguousArray

    /// Whose it is; after a merge the survivor.
    var customer: Column<UInt32> = []
    var sequence = NarrowColumn<UInt64, UInt32>()
    var placedAt: Column<Int64> = []
    var total: Column<Int64> = []
    var pointsEarned = NarrowColumn<Int64, Int32>()
    var currency = CompactColumn<CompactCurrency>()
    var status: Column<OrderStatus> = []
    var fulfillment: Column<FulfillmentStatus> = []
    /// The customer's order before this one, in the order of the log.
    var previous: Column<UInt32> = []
    var itemCount = NarrowColumn<UInt32, UInt16>()
    /// The number, in the arena.
    var number: Column<Arena.Handle> = []
    /// What went back, for the few orders of which something did.
    var refundedByRow: [UInt32: Int64] = [:]
    /// Who had the few orders that were moved, oldest first.
    var formerCustomers: [UInt32: ContiguousArray<UInt32>] = [:]

    var index = HashIndex()

    var count: Int { customer.count }

    func refunded(_ row: Int) -> Int64 { refundedByRow.isEmpty ? 0 : refundedByRow[UInt32(row)] ?? 0 }

    mutating func addRefund(_ amount: Int64, to row: Int) { refundedByRow[UInt32(row), default: 0] += amount }

    /// Visits the orders of a customer, the latest of the log first.
    @inline(__always)
    func forEach(from last: UInt32, _ body: (Int) -> Void) {
        var row = last
        while row != noRow {
            body(Int(row))
            row = previous[Int(row)]
        }
    }

    /// Gives all orders of a chain to `customer` and joins them with its own, so that the log's order is kept.
    mutating func join(_ one: UInt32, _ other: UInt32, customer owner: UInt32) -> UInt32 {
        var rows: [UInt32] = []
        forEach(from: one) { rows.append(UInt32($0)) }
        forEach(from: other) { rows.append(UInt32($0)) }
        for row in rows { customer[Int(row)] = owner }
        return link(rows)
    }

    /// Takes orders out of a chain, and gives them to `customer`; the last of what is left, and of what was taken.
    mutating func split(
        _ last: UInt32,
        taking taken: ContiguousArray<UInt32>,
        customer owner: UInt32
    ) -> (rest: UInt32, taken: UInt32) {
        let isTaken = Set(taken)
        var rest: [UInt32] = []
        forEach(from: last) { if !isTaken.contains(UInt32($0)) { rest.append(UInt32($0)) } }
        for row in taken { customer[Int(row)] = owner }
        return (link(rest), link(Array(taken)))
    }

    /// Makes a chain of these orders, in the order of the log; gives the last.
    private mutating func link(_ rows: [UInt32]) -> UInt32 {
        let rows = rows.sorted(by: >)
        for (place, row) in rows.enumerated() {
            previous[Int(row)] = place + 1 < rows.count ? rows[place + 1] : noRow
        }
        return rows.first ?? noRow
    }
}
