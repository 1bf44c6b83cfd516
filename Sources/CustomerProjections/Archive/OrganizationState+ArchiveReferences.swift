import EventSourcing

// What an archived state refers to must be there, and chains must end; else a later question would trap or never return.
extension OrganizationState {
    func checkReferences(_ reader: ArchiveReader) throws {
        func check(_ holds: Bool, _ reason: String) throws {
            if !holds { throw ArchiveError.malformed(section: "references", reason: reason) }
        }
        try check(timeline.count <= head.value, "a history goes beyond the last event")
        for (index, distance) in timeline.distances.enumerated() where Int(distance) > index {
            try check(false, "a history goes back before the first event")
        }
        for row in 0..<customers.count {
            try check(customers.lastEvent[row] <= timeline.count, "a customer has an event that is not there")
            try check(isRow(customers.lastOrder[row], of: orders.count), "a customer has an order that is not there")
            try check(
                isRow(customers.loyaltyAccount[row], of: loyalty.accounts.count),
                "a customer has an account that is not there"
            )
            try check(isRow(customers.mergedInto[row], of: customers.count), "a survivor is not there")
            try check(customers.source[row] <= sources.count, "a source is not there")
            for code in arena.numbers(at: customers.tags[row]) {
                try check(code < tagNames.count, "a tag is not there")
            }
            for group in arena.numbers(at: customers.groups[row]) {
                try check(group < groups.rows.count, "a group is not there")
            }
        }
        try check(!hasCyclesOfMerges, "customers are merged into each other")
        try consents.check(customers.mergedInto, check)
        for row in 0..<orders.count {
            try check(orders.customer[row] < customers.count, "an order's customer is not there")
            try check(
                orders.previous[row] == noRow || orders.previous[row] < row,
                "an order follows one that is not before it"
            )
        }
        try loyalty.check(orderCount: orders.count, check)
        try checkMerges(check)
        for (survivor, merged) in mergedRows {
            try check(survivor < customers.count, "a survivor is not there")
            for row in merged {
                try check(
                    row < customers.count && customers.mergedInto[Int(row)] == survivor,
                    "a merged customer has another survivor"
                )
            }
        }
    }

    func isRow(_ row: UInt32, of count: Int) -> Bool { row == noRow || row < count }

    /// Whether following survivors ever leads back: no chain is longer than there are merged customers.
    private var hasCyclesOfMerges: Bool {
        let mergedCount = customers.mergedInto.count { $0 != noRow }
        guard mergedCount > 0 else { return false }
        // Those that are known to end.
        var ends = Bitmap(rowCount: customers.count)
        var path: [Int] = []
        for row in 0..<customers.count {
            var next = UInt32(row)
            path.removeAll(keepingCapacity: true)
            while next != noRow, !ends[Int(next)] {
                if path.count > mergedCount { return true }
                path.append(Int(next))
                next = customers.mergedInto[Int(next)]
            }
            for row in path { ends[row] = true }
        }
        return false
    }
}
