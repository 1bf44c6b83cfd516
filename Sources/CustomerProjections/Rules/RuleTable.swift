import CustomerDomain
import EventSourcing

/// One row for each rule that gives groups or tags, oldest first; there are few.
struct RuleTable: Sendable {
    struct Row: Sendable {
        var rule: AssignmentRule
        /// What the rule's own query means; `nil` for one that goes by a segment, and for a text that this version does not
        /// read, by which nobody gets anything.
        var query: SegmentQuery?
        /// Who has it by the rule; merged and erased customers stay, and do not count.
        var given = OrdinalSet()
        /// From whom it was taken by hand; the same of these.
        var barred = OrdinalSet()
    }

    private(set) var rows: ContiguousArray<Row> = []
    private var rowsByGift: [RuleGift: [Int]] = [:]

    mutating func append(_ row: Row) {
        var row = row
        row.query = row.rule.terms.condition.query
        rowsByGift[row.rule.gift, default: []].append(rows.count)
        rows.append(row)
    }

    mutating func change(_ id: RuleID, _ terms: RuleTerms, at time: Int64) {
        guard let row = row(id) else { return }
        if rows[row].rule.terms.condition != terms.condition { rows[row].query = terms.condition.query }
        rows[row].rule.terms = terms
        rows[row].rule.updatedAt = max(rows[row].rule.updatedAt, Timestamp(microseconds: time))
    }

    mutating func remove(_ id: RuleID) {
        rows.removeAll { $0.rule.id == id }
        rowsByGift = [:]
        for (number, row) in rows.enumerated() { rowsByGift[row.rule.gift, default: []].append(number) }
    }

    /// A rule gave, or took away.
    mutating func move(_ move: RuleMove, _ customer: Int, isGiven: Bool) {
        guard let row = row(move.rule) else { return }
        if isGiven { rows[row].given.insert(UInt32(customer)) } else { rows[row].given.remove(UInt32(customer)) }
    }

    /// Somebody gave by hand what rules give, or took it away.
    mutating func note(_ gift: RuleGift, _ customer: Int, has: Bool) {
        for row in rowsByGift[gift] ?? [] {
            rows[row].given.remove(UInt32(customer))
            if has { rows[row].barred.remove(UInt32(customer)) } else { rows[row].barred.insert(UInt32(customer)) }
        }
    }

    /// What either of two has by hand is the survivor's by hand; else what a rule gave to one is the rule's still.
    ///
    /// - Parameters:
    ///   - merged: Who is merged, before anything moves.
    ///   - survivor: Into whom.
    ///   - has: Whether a customer has something.
    mutating func merge(_ merged: UInt32, into survivor: UInt32, _ has: (UInt32, RuleGift) -> Bool) {
        let before = rows
        for (number, row) in before.enumerated() {
            let gift = row.rule.gift
            let isByRule = (rowsByGift[gift] ?? []).contains { before[$0].given.contains(merged) }
            if has(merged, gift), !isByRule { rows[number].given.remove(survivor) }
            guard !has(survivor, gift) else { continue }
            if row.given.contains(merged), !row.barred.contains(survivor) { rows[number].given.insert(survivor) }
            if row.barred.contains(merged) { rows[number].barred.insert(survivor) }
        }
    }

    /// A survivor that lost what came by a merge has it from no rule.
    mutating func unmerge(from survivor: UInt32, _ has: (UInt32, RuleGift) -> Bool) {
        for number in rows.indices where !has(survivor, rows[number].rule.gift) { rows[number].given.remove(survivor) }
    }

    func row(_ id: RuleID) -> Int? { rows.firstIndex { $0.rule.id == id } }

    func rows(giving gift: RuleGift) -> [Row] { (rowsByGift[gift] ?? []).map { rows[$0] } }
}

extension RuleCondition {
    /// What a condition's own text means.
    var query: SegmentQuery? {
        if case .query(let text) = self { try? SegmentQuery(text) } else { nil }
    }
}
