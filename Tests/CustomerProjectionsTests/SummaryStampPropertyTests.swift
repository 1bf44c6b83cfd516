import CustomerDomain
import CustomerProjections
import EventSourcing
import TestSupport
import Testing

@Suite struct SummaryStampPropertyTests {
    @Test func `a summary whose stamp is the same is the same, whatever happened`() throws {
        var keptCount = 0
        try Property.forAll(seeds: 30) { random in
            var shop = RandomShop(random.fork())
            shop.run(150)
            shop.runMerges(60)
            shop.run(60)
            shop.runMerges(60)
            var seen: [(stamp: SummaryStamp, summary: CustomerSummary)] = []
            var state = OrganizationState()
            for event in shop.events {
                state.apply(event)
                let time = random.queryTime(of: shop)
                for index in 0..<state.customerCount {
                    let customer = CustomerOrdinal(UInt32(index))
                    let now = (state.summaryStamp(of: customer, at: time), state.summary(of: customer, at: time))
                    guard index < seen.count else {
                        seen.append(now)
                        continue
                    }
                    if seen[index].stamp == now.0 {
                        keptCount += 1
                        try requireEqual(now.1, seen[index].summary, "\(customer) after \(event.event)")
                    }
                    seen[index] = now
                }
            }
        }
        #expect(keptCount > 10_000, "\(keptCount) stamps stayed the same")
    }
}
