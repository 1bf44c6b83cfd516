import CustomerDomain

/// One row for each line of the ledgers of consents, and for each merge of somebody who has one, in the order of the log.
///
/// A customer's rows hang together from the last one back. Those of a merged customer stay its own, so that nothing is lost.
struct ConsentTable: Sendable {
    struct Row: Sendable {
        var sequence: UInt64
        /// When it was said, not after it was recorded.
        var at: Int64
        /// The customer's row before; ``noRow`` for none.
        var previous: UInt32
        /// Who was merged, where the row is a merge; ``noRow`` in a line.
        var merged = noRow
        var kind = ConsentKind.marketingEmail
        var state = ConsentState.withdrawn
        var optInLevel = OptInLevel.unknown
    }

    var rows: ContiguousArray<Row> = []
    /// By customer; ``noRow`` for who has none.
    var last: ContiguousArray<UInt32> = []
    /// By customer: what holds of each kind, two bits for each: 0 for who was not asked, else ``ConsentState``.
    var codes: ContiguousArray<UInt8> = []

    /// Makes room for a new customer.
    mutating func appendCustomer() {
        last.append(noRow)
        codes.append(0)
    }

    mutating func append(_ row: Row, customer: Int) {
        var row = row
        row.previous = last[customer]
        last[customer] = UInt32(rows.count)
        rows.append(row)
        updateCodes(of: customer)
    }

    /// Takes the row of a merge out of a customer's; it stays in the table, and nobody's.
    mutating func unmerge(_ merged: Int, from customer: Int) {
        var next = noRow
        var place = last[customer]
        while place != noRow, rows[Int(place)].merged != UInt32(merged) {
            next = place
            place = rows[Int(place)].previous
        }
        guard place != noRow else { return }
        let before = rows[Int(place)].previous
        if next == noRow { last[customer] = before } else { rows[Int(next)].previous = before }
        updateCodes(of: customer)
    }

    /// The rows of a customer itself, the oldest first.
    func ownRows(of customer: Int) -> [Row] {
        var found: [Row] = []
        var place = last[customer]
        while place != noRow {
            found.append(rows[Int(place)])
            place = rows[Int(place)].previous
        }
        return found.reversed()
    }

    /// The lines of a customer, and of all who were merged into it, the oldest first.
    func lines(of customer: Int) -> [Row] {
        var lines: [Row] = []
        addLines(of: customer, to: &lines)
        return lines.sorted { $0.sequence < $1.sequence }
    }

    private func addLines(of customer: Int, to lines: inout [Row]) {
        for row in ownRows(of: customer) {
            if row.merged == noRow { lines.append(row) } else { addLines(of: Int(row.merged), to: &lines) }
        }
    }

    /// What holds of each kind.
    func outcomes(of customer: Int) -> ConsentOutcomes {
        var outcomes = ConsentOutcomes()
        for row in ownRows(of: customer) {
            if row.merged == noRow {
                outcomes.take(row)
            } else {
                outcomes.take(self.outcomes(of: Int(row.merged)))
            }
        }
        return outcomes
    }

    mutating func updateCodes(of customer: Int) {
        codes[customer] = outcomes(of: customer).code
    }

    /// The bits of ``codes`` for a kind.
    static func shift(of kind: ConsentKind) -> UInt8 { (kind.rawValue - 1) * 2 }
}

/// What comes of a ledger, line by line.
struct ConsentOutcomes {
    private struct Outcome {
        var current: ConsentTable.Row?
        /// The latest time of any line; ``noTime`` without one.
        var newest = noTime
    }

    private var outcomes = InlineArray<4, Outcome>(repeating: Outcome())

    /// What holds of a kind; `nil` for who was not asked.
    func current(_ kind: ConsentKind) -> ConsentTable.Row? { outcomes[Int(kind.rawValue) - 1].current }

    /// The kinds as ``ConsentTable/codes`` has them.
    var code: UInt8 {
        ConsentKind.allCases.reduce(0) { $0 | (current($1)?.state.rawValue ?? 0) << ConsentTable.shift(of: $1) }
    }

    /// Takes a line in, unless something later is known.
    mutating func take(_ row: ConsentTable.Row) {
        let place = Int(row.kind.rawValue) - 1
        guard row.at >= outcomes[place].newest else { return }
        outcomes[place] = Outcome(current: row, newest: row.at)
    }

    /// Takes in what somebody else said who is merged: what forbids more holds, of the same the later.
    mutating func take(_ other: ConsentOutcomes) {
        for place in outcomes.indices {
            let (one, two) = (outcomes[place].current, other.outcomes[place].current)
            outcomes[place].newest = max(outcomes[place].newest, other.outcomes[place].newest)
            let restrictions = (ConsentState.restriction(of: one?.state), ConsentState.restriction(of: two?.state))
            if restrictions.0 < restrictions.1 { outcomes[place].current = two }
            guard restrictions.0 == restrictions.1, let one, let two else { continue }
            if (one.at, one.sequence) < (two.at, two.sequence) { outcomes[place].current = two }
        }
    }
}
