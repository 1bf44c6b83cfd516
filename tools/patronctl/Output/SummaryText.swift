import CustomerService

extension ImportSummary {
    /// The summary for people.
    func text(_ countsByReason: [(reason: ImportReason, count: Int)], seconds: Double, options: ImportOptions) -> String
    {
        var lines = [
            "\(options.dryRun ? "would import" : "imported"): \(grouped(rowCount)) rows in \(decimal(seconds, 2)) s, "
                + "\(grouped(Int(Double(rowCount) / max(seconds, 0.001)))) rows/s"
        ]
        func add(_ count: Int, _ what: String) {
            if count > 0 { lines.append("  \(padded(count)) \(what)") }
        }
        add(takenRowCount, "rows taken")
        add(knownRowCount, "rows that were there already")
        add(reportedRowCount, "rows not taken, listed in \(options.reportPath)")
        for (reason, count) in countsByReason { lines.append("  \(padded(count))   \(reason.rawValue)") }
        add(customerCount, "new customers")
        add(updatedCustomerCount, "customers updated")
        add(knownCustomerCount, "customers that were there already")
        add(orderCount, "new orders")
        add(knownOrderCount, "orders that were there already")
        add(refundCount, "new refunds")
        add(knownRefundCount, "refunds that were there already")
        lines.append("  \(padded(eventCount)) events")
        return lines.joined(separator: "\n")
    }

    /// The summary for programs.
    func json(_ countsByReason: [(reason: ImportReason, count: Int)], options: ImportOptions) -> String {
        var object = JSONText()
        object.add("format", 1)
        object.add("dryRun", options.dryRun)
        object.add("rows", rowCount)
        object.add("rowsTaken", takenRowCount)
        object.add("rowsKnown", knownRowCount)
        object.add("rowsReported", reportedRowCount)
        object.add("customers", customerCount)
        object.add("customersUpdated", updatedCustomerCount)
        object.add("customersKnown", knownCustomerCount)
        object.add("orders", orderCount)
        object.add("ordersKnown", knownOrderCount)
        object.add("refunds", refundCount)
        object.add("refundsKnown", knownRefundCount)
        object.add("events", eventCount)
        object.add("report", reportedRowCount > 0 ? options.reportPath : nil)
        var reasons = JSONText()
        for (reason, count) in countsByReason { reasons.add(reason.rawValue, count) }
        object.addRaw("reasons", reasons.closed)
        return object.closed
    }

    private func padded(_ number: Int) -> String {
        let text = grouped(number)
        return String(repeating: " ", count: max(0, 10 - text.count)) + text
    }
}
