import CustomerDomain
import CustomerProjections
import EventSourcing
import Testing

@Suite struct OrderTests {
    @Test func `averages are rounded half up to the minor unit`() {
        // The sources' own figures: 1,248.99 over 12 orders, 892.50 over 8, 2,450 over 15.
        for (total, count, average) in [(124_899, 12, 10_408), (89_250, 8, 11_156), (245_000, 15, 16_333)] {
            var story = Story()
            let customer = story.customer("A")
            for number in 1..<count { story.order("\(number)", of: customer, total: 1) }
            story.order("last", of: customer, total: Int64(total - count + 1))
            #expect(story.summary(customer).averageOrderValue == Int64(average))
            #expect(story.summary(customer).grossSpent == Int64(total))
        }
    }

    @Test func `a cancelled order and what went back on it do not count`() {
        var story = Story()
        let customer = story.customer("A")
        story.order("1", of: customer, total: 1_000, daysAgo: 9)
        story.order("2", of: customer, total: 500, daysAgo: 2)
        let refund = Refund(reference: "r", orderNumber: "2", amount: Money(minorUnits: 100, currency: Story.gbp))
        story.happens(.refundRecorded(refund), to: customer)
        #expect(story.summary(customer).netSpent == 1_400)
        story.happens(.orderCancelled(OrderCancelled(number: "2", reason: nil)), to: customer)
        let summary = story.summary(customer)
        #expect(summary.orderCount == 1)
        #expect(summary.netSpent == 1_000)
        #expect(summary.lastOrderAt == story.clock.advanced(byDays: -9))
        #expect(story.state.metrics(at: story.time).netSpent == 1_000)
        #expect(story.state.orderView("2")?.refunded == 100)
    }

    @Test func `history is newest first, and can be filtered, sorted and paged`() throws {
        var story = Story()
        let customer = story.customer("A")
        let other = story.customer("B")
        for number in 1...9 { story.order("n\(number)", of: customer, total: Int64(number % 3), daysAgo: number) }
        story.order("other", of: other, total: 7)
        let ordinal = CustomerOrdinal(UInt32(customer))
        var query = OrderQuery()
        #expect(try story.state.orders(of: ordinal, query).elements.map(\.number).first == "n1")
        #expect(try story.state.orders(of: ordinal, query).count == 9)
        #expect(try story.state.orders(query).count == 10)
        query.sort = try OrderSortKey.parse("total,-number")
        #expect(
            try story.state.orders(of: ordinal, query).elements.map(\.number).prefix(4) == ["n9", "n6", "n3", "n7"]
        )
        var seen: [String] = []
        var cursor: String?
        repeat {
            query.page = .cursor(cursor, limit: 4)
            let page = try story.state.orders(of: ordinal, query)
            seen += page.elements.map(\.number)
            cursor = page.nextCursor
        } while cursor != nil
        #expect(seen == ["n9", "n6", "n3", "n7", "n4", "n1", "n8", "n5", "n2"])
        story.happens(
            .orderStatusChanged(OrderStatusChanged(number: "n5", status: .paid, fulfillmentStatus: .shipped)),
            to: customer
        )
        query.page = .offset(limit: 5)
        query.fulfillmentStatus = .shipped
        #expect(try story.state.orders(query).elements.map(\.number) == ["n5"])
    }

    @Test func `orders of an erased customer stay, without the customer`() throws {
        var story = Story()
        let customer = story.customer("A")
        story.order("1", of: customer, total: 5)
        story.happens(.customerErased(reason: nil), to: customer)
        let view = try #require(story.state.orderView("1"))
        #expect(view.customer == nil)
        #expect(view.total.minorUnits == 5)
        #expect(story.state.metrics(at: story.time).grossSpent == 5)
        #expect(story.state.metrics(at: story.time).totalCustomers == 0)
    }
}
