import CustomerDomain
import EventSourcing
import TestSupport
import Testing

struct PricingTests {
    /// What is taken off, and by which rule.
    private struct Reduction: Equatable {
        var amount: Int64
        var rule: PricingRuleID?
    }

    private let vip = GroupCreated(id: .number(1), name: "VIP")
    private let now = Timestamp.seconds(1_750_000_000)

    private func rule(_ discount: PriceDiscount, minimum: Int64? = nil) -> PricingRule {
        PricingRule(
            id: .number(7),
            name: "Summer",
            group: vip.id,
            discount: discount,
            minimumOrder: minimum,
            currency: Sample.gbp
        )
    }

    @Test func `a rule is made, replaced and removed, and holds its group`() throws {
        let shop = try Sample.shop().given(.createGroup(vip))
        let summer = rule(.percentage(hundredths: 2_000))
        #expect(shop.when(.createPricingRule(summer)) == .events(nil, .pricingRuleSet(summer)))
        #expect(shop.when(.replacePricingRule(summer)) == .rejected(.pricingRuleNotFound(summer.id)))
        #expect(shop.when(.removePricingRule(summer.id)) == .rejected(.pricingRuleNotFound(summer.id)))
        let ruled = try shop.given(.createPricingRule(summer))
        #expect(ruled.when(.createPricingRule(summer)).invalidField == "id")
        #expect(ruled.when(.replacePricingRule(summer)) == .nothing)
        #expect(ruled.when(.replacePricingRule(rule(.fixed(5)))) == .events(nil, .pricingRuleSet(rule(.fixed(5)))))
        #expect(ruled.when(.deleteGroup(vip.id)) == .rejected(.groupInUse(vip.id, by: summer.id)))
        let free = try ruled.given(.removePricingRule(summer.id))
        #expect(free.when(.deleteGroup(vip.id)) == .events(nil, .groupDeleted(vip.id)))
    }

    @Test func `a rule is checked field by field`() throws {
        let shop = try Sample.shop().given(.createGroup(vip))
        func field(_ change: (inout PricingRule) -> Void) -> String? {
            var summer = rule(.fixed(500))
            change(&summer)
            return shop.when(.createPricingRule(summer)).invalidField
        }
        #expect(field { $0.name = "" } == "name")
        #expect(field { $0.group = .number(9) } == "customerGroupId")
        #expect(field { $0.discount = .fixed(0) } == "discount/value")
        #expect(field { $0.discount = .percentage(hundredths: 10_001) } == "discount/value")
        #expect(field { $0.currency = nil } == "currency")
        #expect(field { ($0.startsAt, $0.endsAt) = (now, now) } == "endsAt")
    }

    @Test func `the best offer holds, of several the first, and never more than the total`() {
        let group = GroupUpdated(id: vip.id, name: "VIP", terms: GroupTerms(benefits: GroupBenefits(discount: 1_500)))
        func discount(_ rules: [PricingRule], _ total: Int64) -> Reduction {
            let quote = PricingTerms(groups: [group], rules: rules, currency: Sample.gbp, at: now).quote(total: total)
            return Reduction(amount: quote.discount, rule: quote.offer?.rule)
        }
        #expect(discount([], 10_000) == Reduction(amount: 1_500))
        #expect(discount([], 10) == Reduction(amount: 2), "half a minor unit counts as one")
        #expect(discount([rule(.percentage(hundredths: 1_500))], 10_000) == Reduction(amount: 1_500))
        #expect(discount([rule(.fixed(2_000))], 10_000) == Reduction(amount: 2_000, rule: .number(7)))
        #expect(discount([rule(.fixed(2_000))], 700) == Reduction(amount: 700, rule: .number(7)))
        #expect(discount([rule(.fixed(2_000), minimum: 800)], 700) == Reduction(amount: 105))
        var ended = rule(.fixed(2_000))
        ended.endsAt = now
        #expect(discount([ended], 10_000) == Reduction(amount: 1_500))
        var other = rule(.fixed(2_000))
        other.group = .number(2)
        #expect(discount([other], 10_000) == Reduction(amount: 1_500))
        var dollars = rule(.fixed(2_000))
        dollars.currency = CurrencyCode("USD")
        #expect(discount([dollars], 10_000) == Reduction(amount: 1_500))
        #expect(discount([], Limits.amount) == Reduction(amount: Limits.amount / 100 * 15))
    }

    @Test func `the usual wholesale terms are those of the sources`() {
        let groups = DefaultGroups.groups([.number(1), .number(2), .number(3)], currency: Sample.gbp)
        func quote(_ group: Int, _ total: Int64) -> PricingQuote {
            PricingTerms(groups: [groups[group]], rules: [], currency: Sample.gbp, at: now).quote(total: total)
        }
        let retail = quote(0, 100)
        #expect(retail.discount == 0 && !retail.shipsFree && retail.meetsMinimumOrder)
        let small = quote(1, 24_999)
        #expect(small.discount == 0 && !small.meetsMinimumOrder && small.paymentTermsDays == nil)
        let enough = quote(1, 25_000)
        #expect(enough.discount == 7_500 && enough.meetsMinimumOrder && enough.paymentTermsDays == 30)
        #expect(!quote(1, 50_000).shipsFree && quote(1, 50_001).shipsFree)
        let vip = quote(2, 1_000)
        #expect(vip.discount == 150 && vip.shipsFree)
        let both = PricingTerms(groups: [groups[0], groups[1]], rules: [], currency: Sample.gbp, at: now)
        #expect(both.minimumOrder == nil)
        #expect(both.quote(total: 100).meetsMinimumOrder)
        #expect(both.quote(total: 100).discount == 0, "the benefits of a group wait for its minimum")
    }

    @Test func `a percentage is exact for every total`() throws {
        try Property.forAll(seeds: 200) { random in
            let total = Int64(random.below(Int(Limits.amount)))
            let hundredths = Int64(1 + random.below(10_000))
            let amount = PriceDiscount.percentage(hundredths: hundredths).amount(off: total)
            let exact = total.multipliedFullWidth(by: hundredths)
            let (quotient, remainder) = (10_000 as Int64).dividingFullWidth(exact)
            try require(amount == quotient + (remainder >= 5_000 ? 1 : 0), "\(hundredths) of \(total) is \(amount)")
        }
    }
}
