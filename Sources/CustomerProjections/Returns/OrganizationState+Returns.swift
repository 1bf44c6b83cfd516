public import CustomerDomain

/// A return with who answers for its order.
public struct ReturnView: Hashable, Sendable {
    /// The return.
    public var returned: OrderReturn
    /// Whose order it is; `nil` when that customer was erased.
    public var customer: CustomerID?
}

/// Which returns are asked for, the latest first; everything that is given must hold.
public struct ReturnQuery: Hashable, Sendable {
    /// Where they stand.
    public var status: ReturnStatus?
    /// Whose orders they are of; merged customers count as their survivor.
    public var customer: CustomerOrdinal?
    /// The part of the result.
    public var page = PageRequest.offset(limit: 20)

    /// All returns.
    public init() {}
}

extension OrganizationState {
    /// The return of this identifier.
    public func orderReturn(_ id: ReturnID) -> OrderReturn? { returns.row(id) }

    /// The returns of an order, oldest first.
    public func returns(of orderNumber: String) -> [OrderReturn] {
        returns.rows(of: orderNumber).map { returns.rows[$0] }
    }

    /// A return with who answers for its order.
    public func view(of returned: OrderReturn) -> ReturnView {
        ReturnView(returned: returned, customer: orderView(returned.orderNumber)?.customer)
    }

    /// The returns that a query asks for, the latest first.
    ///
    /// Costs time in proportion to all returns, or to the orders of the customer that it names.
    public func returns(_ query: ReturnQuery) throws(QueryError) -> Page<ReturnView> {
        var candidates = Array(returns.rows.indices)
        if let customer = query.customer, !returns.rows.isEmpty {
            candidates = []
            orders.forEach(from: customers.lastOrder[survivor(of: customer.index)]) { order in
                candidates += returns.rows(of: arena.withBytes(orders.number[order]) { String(utf8: $0) })
            }
            candidates.sort()
        }
        let rows = candidates.reversed().filter { row in query.status.map { returns.rows[row].status == $0 } ?? true }
        // Cursors name rows, so that a return which moves on between two pages leaves none out.
        var print = Fingerprint()
        print.add(query.status?.rawValue ?? 0)
        print.add(query.customer.map { Int64($0.value) })
        var page = query.page
        if case .cursor(let text?, let limit) = page {
            let last = Int(try Cursor(text, fingerprint: print.value, keyCount: 0).row)
            page = .offset(limit: limit, offset: rows.firstIndex { $0 < last } ?? rows.count)
        }
        var answer = try places(rows.count, page, kind: 0).map { rows[$0] }
        if answer.hasMore, let last = answer.elements.last {
            answer.nextCursor = Cursor(fingerprint: print.value, values: [], row: UInt32(last)).text
        }
        return answer.map { view(of: returns.rows[$0]) }
    }
}
