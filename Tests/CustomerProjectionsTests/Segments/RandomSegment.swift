import CustomerDomain
import CustomerProjections
import EventSourcing
import TestSupport

extension SeededGenerator {
    /// The text of a random query about a shop, as deep as told.
    mutating func segmentText(of shop: RandomShop, depth: Int = 3) -> String {
        guard depth > 0, chance(2, in: 3) else { return segmentTest(of: shop) }
        switch below(5) {
        case 0: return "NOT " + segmentText(of: shop, depth: depth - 1)
        case 1...2:
            return (0...below(3)).map { _ in segmentText(of: shop, depth: depth - 1) }.joined(separator: " AND ")
        default:
            let parts = (0...below(3)).map { _ in segmentText(of: shop, depth: depth - 1) }
            return "(" + parts.joined(separator: pick([" OR ", " or ", "\n OR "])) + ")"
        }
    }

    private mutating func segmentTest(of shop: RandomShop) -> String {
        let field = pick(SegmentField.allCases)
        let name = field.rawValue
        if chance(1, in: 8) { return segmentOrders() }
        if chance(1, in: 8) {
            let key = pick(["metadata.segment", "metadata.'source'", "metadata.preferredLanguage", "metadata.none"])
            return key + " " + pick(["= 'a'", "!= 'a'", "IN ('a', 'c')", "CONTAINS 'e'", "IS NULL", "IS NOT NULL"])
        }
        if field.kind != .birthday, chance(1, in: 10) { return name + pick([" IS NULL", " IS NOT NULL"]) }
        switch field.kind {
        case .money: return name + " " + comparison { "\($0.below(120)).\($0.pick(["5", "05", "999", "00"]))" }
        case .number: return name + " " + comparison { "\($0.below($0.pick([4, 60, 2_000])))" }
        case .date:
            if chance(1, in: 4) { return "MONTH(\(name)) " + comparison { "\($0.number(in: 1...12))" } }
            if chance(1, in: 4) { return "anniversary(\(name)) " + anniversary(shop) }
            return name + " " + comparison { $0.segmentDay(of: shop) }
        case .birthday: return "anniversary(\(name)) " + (chance(1, in: 8) ? "IS NULL" : anniversary(shop))
        case .flag: return name + pick([" = true", " != true", " = false"])
        case .choice(let words): return name + " " + membership { "'\($0.pick(words))'" }
        case .text:
            let texts = ["'web'", "'WEB'", "'a.org'", "'example.com'", "'de'", "'Bronze'", "'gold'", "'x'"]
            if chance(1, in: 3) {
                return name + pick([" CONTAINS ", " NOT CONTAINS "]) + pick(["'E'", "'.o'", "'r'"])
            }
            return name + " " + membership { $0.pick(texts) }
        case .list:
            let values: [String] =
                switch field {
                case .tags: RandomShop.tags
                case .groups: ["VIP", "vip", "Retail", "nobody"] + shop.model.groups.map(\.id.description)
                case .countries: RandomShop.countries + ["Germany", "France"]
                case .cities: RandomShop.cities
                default: RandomShop.regions
                }
            return name + pick([" CONTAINS ", " NOT CONTAINS "]) + "\"\(pick(values))\""
        }
    }

    private mutating func comparison(_ value: (inout SeededGenerator) -> String) -> String {
        switch below(8) {
        case 0: "= " + value(&self)
        case 1: "!= " + value(&self)
        case 2: pick(["< ", "<= "]) + value(&self)
        case 3: pick(["> ", ">= "]) + value(&self)
        case 4: "BETWEEN \(value(&self)) AND \(value(&self))"
        case 5: "NOT BETWEEN \(value(&self)) AND \(value(&self))"
        default: membership(value)
        }
    }

    private mutating func membership(_ value: (inout SeededGenerator) -> String) -> String {
        switch below(4) {
        case 0: "= " + value(&self)
        case 1: "!= " + value(&self)
        case 2: "IN (" + value(&self) + ", " + value(&self) + ")"
        default: "NOT IN (" + value(&self) + ", " + value(&self) + ")"
        }
    }

    private mutating func anniversary(_ shop: RandomShop) -> String {
        chance(1, in: 2)
            ? "BETWEEN \(pick(["-30d", "-2m", "today", "2023-02-10"])) AND \(pick(["+40d", "+4m", "2023-03-01", "today"]))"
            : membership { $0.pick(["today", "2023-02-28", "2024-02-29", "2023-12-31"]) }
    }

    private mutating func segmentDay(of shop: RandomShop) -> String {
        let day = CalendarDate(dayNumber: Int32(shop.clock / 86_400_000_000) - Int32(below(400)))
        return pick([
            "today", "yesterday", "7_days_ago", "90_days_ago", "12_months_ago", "-\(below(200))d", "-\(below(9))w",
            "-\(below(14))m", "-1y", "+3d", day.description, "'\(day)'",
        ])
    }

    private mutating func segmentOrders() -> String {
        var criteria: [String] = []
        if chance(1, in: 2) {
            criteria.append("count " + pick([">= 2", "= 0", "< 2", "BETWEEN 1 AND 3", "IN (1, 4)"]))
        }
        if chance(1, in: 2) { criteria.append("amount " + pick(["> 50", "<= 20.5", "BETWEEN 10 AND 90"])) }
        if chance(1, in: 4) { criteria.append("sum_amount " + pick(["> 100", "<= 20.5"])) }
        if chance(1, in: 2) {
            criteria.append("date " + pick([">= -90d", "< -30d", "= yesterday", "BETWEEN -1y AND -10d"]))
        }
        if chance(1, in: 4) { criteria.append("status " + pick(["= cancelled", "IN (paid, 'placed')"])) }
        return "orders_placed" + pick([" MATCHES ", " NOT MATCHES ", ""]) + "(" + criteria.joined(separator: ", ") + ")"
    }

    /// The offsets of a zone that changes them now and then, around a time.
    mutating func zone(around clock: Int64) -> [LocalCalendar.Offset] {
        let first = number(in: -11...13) * 3_600 + pick([0, 0, 1_800])
        var offsets = [LocalCalendar.Offset(since: Timestamp(microseconds: 0), seconds: first)]
        var time = clock - 60_000_000_000_000
        for _ in 0..<below(8) {
            time += 1_000_000_000_000 + Int64(below(9_000)) * 1_000_000_000
            let last = offsets[offsets.count - 1].seconds
            offsets.append(
                LocalCalendar.Offset(
                    since: Timestamp(microseconds: time),
                    seconds: last == first ? first + 3_600 : first
                )
            )
        }
        return offsets
    }
}
