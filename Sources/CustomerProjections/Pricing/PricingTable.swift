import CustomerDomain
import EventSourcing

/// The pricing rules, oldest first; there are few.
struct PricingTable: Sendable {
    private(set) var rules: [PricingRule] = []

    mutating func set(_ rule: PricingRule) {
        if let index = rules.firstIndex(where: { $0.id == rule.id }) { rules[index] = rule } else { rules.append(rule) }
    }

    mutating func remove(_ id: PricingRuleID) { rules.removeAll { $0.id == id } }

    func archive(into writer: inout ArchiveWriter) throws {
        try writer.add(UInt64(rules.count))
        for rule in rules {
            try writer.add(rule.id.high)
            try writer.add(rule.id.low)
            try writer.add(rule.name)
            try writer.add(rule.group.high)
            try writer.add(rule.group.low)
            for number in rule.numbers { try writer.add(number) }
        }
    }

    mutating func load(from reader: inout ArchiveReader) throws {
        for _ in 0..<(try reader.count(of: 80)) {
            let id = PricingRuleID(high: try reader.number(), low: try reader.number())
            let name = try reader.text()
            let group = GroupID(high: try reader.number(), low: try reader.number())
            let numbers: [Int64] = try (0..<6).map { _ in try reader.number() }
            rules.append(
                PricingRule(
                    id: id,
                    name: name,
                    group: group,
                    discount: numbers[0] == 0 ? .percentage(hundredths: numbers[1]) : .fixed(numbers[1]),
                    minimumOrder: numbers[2] < 0 ? nil : numbers[2],
                    currency: numbers[3] == 0 ? nil : CurrencyCode(packed: UInt32(truncatingIfNeeded: numbers[3])),
                    startsAt: numbers[4] == noTime ? nil : Timestamp(microseconds: numbers[4]),
                    endsAt: numbers[5] == noTime ? nil : Timestamp(microseconds: numbers[5])
                )
            )
        }
    }

    func add(to digest: inout StateDigest) {
        digest.add(Int64(rules.count))
        for rule in rules {
            digest.add(rule.id.high)
            digest.add(rule.id.low)
            digest.add(rule.name)
            digest.add(rule.group.high)
            digest.add(rule.group.low)
            for number in rule.numbers { digest.add(number) }
        }
    }
}

extension PricingRule {
    /// All but the names, as numbers: -1 and ``noTime`` for what is not there.
    fileprivate var numbers: [Int64] {
        let (kind, value): (Int64, Int64) =
            switch discount {
            case .percentage(let hundredths): (0, hundredths)
            case .fixed(let amount): (1, amount)
            }
        return [
            kind, value, minimumOrder ?? -1, Int64(currency?.packed ?? 0), startsAt?.microseconds ?? noTime,
            endsAt?.microseconds ?? noTime,
        ]
    }
}
