import CustomerDomain
import EventSourcing

extension RuleTable {
    func archive(into writer: inout ArchiveWriter) throws {
        try writer.add(UInt64(rows.count))
        for row in rows {
            let (rule, terms) = (row.rule, row.rule.terms)
            try writer.add(rule.id.high)
            try writer.add(rule.id.low)
            for number in [rule.createdAt.microseconds, rule.updatedAt.microseconds] { try writer.add(number) }
            try writer.add(rule.flags)
            let identifiers = rule.identifiers
            for number in identifiers { try writer.add(number) }
            try writer.add(rule.text)
            try writer.add(terms.queryText)
            try writer.add(terms.name)
            try writer.add(terms.description)
            try writer.add(column: row.given.members)
            try writer.add(column: row.barred.members)
        }
    }

    mutating func load(from reader: inout ArchiveReader, customerCount: Int) throws {
        // What a rule has without its texts and members.
        for _ in 0..<(try reader.count(of: 65)) {
            let id = RuleID(high: try reader.number(), low: try reader.number())
            let times = try (0..<2).map { _ in Timestamp(microseconds: try reader.number()) }
            let flags: UInt8 = try reader.number()
            let numbers: [UInt64] = try (0..<4).map { _ in try reader.number() }
            let tag = try reader.text()
            let query = try reader.text()
            let terms = RuleTerms(
                name: try reader.text(),
                description: try reader.optionalText(),
                condition: flags & 2 != 0 ? .segment(SegmentID(high: numbers[2], low: numbers[3])) : .query(query),
                takesAway: flags & 4 != 0,
                isActive: flags & 8 != 0
            )
            let gift: RuleGift = flags & 1 != 0 ? .group(GroupID(high: numbers[0], low: numbers[1])) : .tag(tag)
            var rule = AssignmentRule(RuleDefined(id: id, gift: gift, terms: terms), at: times[0])
            rule.updatedAt = times[1]
            var row = Row(rule: rule)
            for member in try members(from: &reader, customerCount) { row.given.insert(member) }
            for member in try members(from: &reader, customerCount) { row.barred.insert(member) }
            append(row)
        }
    }

    private func members(from reader: inout ArchiveReader, _ customerCount: Int) throws -> ContiguousArray<UInt32> {
        let members: ContiguousArray<UInt32> = try reader.column()
        try reader.check(members.allSatisfy { $0 < customerCount }, "whom a rule names is not there")
        return members
    }

    func add(to digest: inout StateDigest) {
        digest.add(Int64(rows.count))
        for row in rows {
            digest.add(row.rule.id.high)
            digest.add(row.rule.id.low)
            digest.add(row.rule.createdAt.microseconds)
            digest.add(row.rule.updatedAt.microseconds)
            digest.add(Int64(row.rule.flags))
            for number in row.rule.identifiers { digest.add(number) }
            digest.add(row.rule.text)
            digest.add(row.rule.terms.queryText)
            digest.add(row.rule.terms.name)
            digest.add(row.rule.terms.description)
            digest.add(row.given.members)
            digest.add(row.barred.members)
        }
    }
}

extension AssignmentRule {
    /// Whether it gives a group (1), goes by a segment (2), takes away (4), and is at work (8).
    fileprivate var flags: UInt8 {
        var flags: UInt8 = 0
        if case .group = gift { flags |= 1 }
        if case .segment = terms.condition { flags |= 2 }
        if terms.takesAway { flags |= 4 }
        if terms.isActive { flags |= 8 }
        return flags
    }

    /// The group that it gives, and the segment that it goes by; zeroes for none.
    fileprivate var identifiers: [UInt64] {
        var numbers: [UInt64] = [0, 0, 0, 0]
        if case .group(let id) = gift { numbers.replaceSubrange(0..<2, with: [id.high, id.low]) }
        if case .segment(let id) = terms.condition { numbers.replaceSubrange(2..<4, with: [id.high, id.low]) }
        return numbers
    }

    /// The tag that it gives; nothing for none.
    fileprivate var text: String { if case .tag(let tag) = gift { tag } else { "" } }
}

extension RuleTerms {
    /// The query of its own that it goes by; nothing for none.
    fileprivate var queryText: String { if case .query(let text) = condition { text } else { "" } }
}
