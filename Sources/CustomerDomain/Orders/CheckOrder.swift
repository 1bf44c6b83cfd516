extension Decision {
    func checkOrder(_ order: Order) throws(Rejection) {
        try check(order.number, "number", Limits.orderNumber)
        if order.status == .cancelled {
            throw .invalid(field: "status", reason: "becomes cancelled only by a cancellation")
        }
        if order.lines.isEmpty { throw .invalid(field: "items", reason: "must have at least one item") }
        try checkLines(order.lines)
        if order.total > Limits.amount {
            throw .invalid(field: "items", reason: "must come to at most \(grouped(Limits.amount)) minor units")
        }
        try check(order.paymentMethod, "paymentMethod", Limits.paymentMethod)
        if let address = order.shippingAddress { try checkAddress(address, path: "shippingAddress/") }
    }

    func checkLines(_ lines: [OrderLine]) throws(Rejection) {
        if lines.count > Limits.linesPerOrder.upperBound {
            let most = grouped(Limits.linesPerOrder.upperBound)
            throw .invalid(field: "items", reason: "must have at most \(most) items")
        }
        for (index, line) in lines.enumerated() {
            try check(line.sku, "items/\(index)/sku", Limits.sku)
            try check(line.name, "items/\(index)/name", Limits.productName)
            try check(line.quantity, "items/\(index)/quantity", Limits.quantity)
            try check(line.unitPrice, "items/\(index)/unitPrice", Limits.unitPrice)
            try checkTotal(of: line, field: "items/\(index)/total")
        }
    }

    /// A price with more decimals than its currency is rounded in `unitPrice`, so the total may differ by up to one minor
    /// unit a piece.
    private func checkTotal(of line: OrderLine, field: @autoclosure () -> String) throws(Rejection) {
        let exact = line.quantity * line.unitPrice
        let isNear = line.total >= exact - line.quantity && line.total <= exact + line.quantity
        if line.total >= 0, isNear { return }
        throw .invalid(
            field: field(),
            reason: "must be quantity times unitPrice, give or take one minor unit an item"
        )
    }
}
