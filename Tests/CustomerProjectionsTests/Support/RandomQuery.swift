import CustomerDomain
import CustomerProjections
import EventSourcing
import TestSupport

extension SeededGenerator {
    /// A query with a few random filters and a random order.
    mutating func query(of shop: RandomShop) -> CustomerQuery {
        var query = CustomerQuery()
        for _ in 0...below(3) { addFilter(to: &query, of: shop) }
        for _ in 0..<below(4) { query.sort.append(SortKey(pick(SortKey.Field.allCases), descending: chance(1, in: 2))) }
        return query
    }

    private mutating func addFilter(to query: inout CustomerQuery, of shop: RandomShop) {
        let time = Timestamp(microseconds: shop.clock - Int64(below(300)) * 30_000_000_000)
        switch below(20) {
        case 0: query.search = search(of: shop)
        case 1: query.status = pick([.active, .disabled, .merged, .erased])
        case 2: query.accountType = pick(AccountType.allCases)
        case 3: query.activity = pick(Activity.allCases)
        case 4: query.tags = [pick(RandomShop.tags)] + (chance(1, in: 2) ? [pick(RandomShop.tags)] : [])
        case 5:
            query.groups = [.name(pick(["VIP", "retail", "none"]))] + (chance(1, in: 2) ? [.name("Wholesale")] : [])
        case 6: query.preset = pick(CustomerPreset.allCases)
        case 7: query.country = CountryCode(code: pick(RandomShop.countries))
        case 8: query.registered = bounds(time, Timestamp(microseconds: time.microseconds + 4_000_000_000_000))
        case 9: query.orderCount = bounds(Int64(below(4)), Int64(below(6)))
        case 10: query.totalSpent = bounds(Int64(below(9_000)), Int64(below(40_000)))
        case 11: query.lastOrderAt = bounds(time, Timestamp(microseconds: time.microseconds + 4_000_000_000_000))
        case 12: query.inactiveDays = below(120)
        case 13: query.updatedSince = time
        case 15: query.tiers = [pick(["Silver", "gold", "none"])] + (chance(1, in: 2) ? ["Bronze"] : [])
        case 16: query.points = bounds(Int64(below(2_000)) - 300, Int64(below(4_000)))
        case 19: query.roles = [pick(["BUYER", "approver", "none"])] + (chance(1, in: 2) ? ["buyer"] : [])
        case 14:
            let kind = pick(ConsentKind.allCases)
            query.consents.append(ConsentFilter(kind: kind, state: pick(ConsentState.allCases + [nil])))
        case 17: query.suppressed = [pick(ContactChannel.allCases)]
        default: break
        }
    }

    private mutating func bounds<Value>(_ low: Value, _ high: Value) -> Bounds<Value> {
        var bounds = Bounds<Value>()
        if chance(2, in: 3) { bounds.minimum = low }
        if chance(1, in: 2) { bounds.maximum = high }
        bounds.isMinimumExcluded = chance(1, in: 3)
        bounds.isMaximumExcluded = chance(1, in: 3)
        return bounds
    }

    private mutating func search(of shop: RandomShop) -> String {
        let customer = pick(shop.model.customers)
        let texts = [
            customer.profile.firstName, customer.profile.lastName, customer.profile.email?.text,
            customer.profile.phone?.text, pick(RandomShop.lastNames), "555-01", "ANN, smith", "@", "núñez",
        ]
        .compactMap { $0 }
        var text = pick(texts)
        if chance(1, in: 2) {
            let start = text.index(text.startIndex, offsetBy: below(text.count))
            text = String(text[start...].prefix(1 + below(6)))
        }
        if chance(1, in: 3) { text += " " + pick(texts) }
        return chance(1, in: 3) ? text.uppercased() : text
    }

    /// Some moment around the end of a shop's history.
    mutating func queryTime(of shop: RandomShop) -> QueryTime {
        let now = shop.clock + Int64(below(100)) * 7_000_000_000 - 300_000_000_000
        let quarter: Int64 = 900_000_000
        let month = (now - Int64(below(2_900)) * quarter) / quarter * quarter
        return QueryTime(now: Timestamp(microseconds: now), monthStart: Timestamp(microseconds: month))
    }
}
