import CustomerDomain
import Testing

struct ReturnTests {
    private let order = Order(
        number: "1001",
        currency: Sample.gbp,
        lines: [
            OrderLine(sku: "MUG", name: "Mug", quantity: 2, unitPrice: 500),
            OrderLine(sku: "MUG", name: "Mug, second choice", quantity: 1, unitPrice: 300),
        ]
    )

    private func request(_ number: UInt64, _ quantity: Int64, line: Int = 0) -> ReturnRequested {
        ReturnRequested(
            id: .number(number),
            orderNumber: order.number,
            items: [ReturnItem(line: line, sku: "MUG", quantity: quantity, cause: .damaged)],
            reason: "Broken"
        )
    }

    private func asking(_ requested: ReturnRequested) -> Command { .requestReturn(requested, ordered: order.lines) }

    private func moving(_ number: UInt64, _ status: ReturnStatus, received: [Int: Int64]? = nil) -> Command {
        .moveReturn(MoveReturn(id: .number(number), to: status, received: received))
    }

    @Test func `no more of an item comes back than was ordered, less what is on its way`() throws {
        let shop = try Sample.shop().given(.placeOrder(Sample.ana, order))
        let asked = request(1, 2)
        #expect(shop.when(asking(asked)) == .events(.ana, .returnRequested(asked)))
        #expect(shop.when(asking(request(1, 3))).invalidField == "items/0/quantity")
        #expect(shop.when(asking(request(1, 0))).invalidField == "items/0/quantity")
        #expect(shop.when(asking(request(1, 1, line: 2))).invalidField == "items/0/line")
        #expect(shop.when(asking(request(1, 1, line: -1))).invalidField == "items/0/line")
        var none = asked
        none.items = []
        #expect(shop.when(asking(none)).invalidField == "items")
        var twice = asked
        twice.items.append(asked.items[0])
        #expect(shop.when(asking(twice)).invalidField == "items/1/quantity")
        let returning = try shop.given(asking(asked))
        #expect(returning.when(asking(request(2, 1))).invalidField == "items/0/quantity")
        let other = request(2, 1, line: 1)
        #expect(returning.when(asking(other)) == .events(.ana, .returnRequested(other)))
        let refused = try returning.given(moving(1, .refused))
        let again = request(2, 1)
        #expect(refused.when(asking(again)) == .events(.ana, .returnRequested(again)))
    }

    @Test func `a return moves on in its order, and is paid back by a refund of the order`() throws {
        let shop = try Sample.shop().given(.placeOrder(Sample.ana, order), asking(request(1, 1)))
        let id: ReturnID = .number(1)
        let refund = RefundOrder(orderNumber: order.number, reference: "R1", minorUnits: 500)
        #expect(shop.when(.refundReturn(id, refund)) == .rejected(.returnStatus(id, .requested)))
        #expect(shop.when(moving(1, .closed)) == .rejected(.returnStatus(id, .requested)))
        #expect(shop.when(moving(9, .approved)) == .rejected(.returnNotFound(.number(9))))
        let received = try shop.given(moving(1, .approved), moving(1, .received))
        #expect(received.when(moving(1, .approved)) == .rejected(.returnStatus(id, .received)))
        #expect(received.when(moving(1, .refunded)) == .rejected(.returnStatus(id, .received)))
        let price = Money(minorUnits: 500, currency: order.currency)
        let paid = Refund(reference: "R1", orderNumber: order.number, amount: price)
        let moved = ReturnMoved(id: id, orderNumber: order.number, status: .refunded, refundReference: "R1")
        #expect(received.when(.refundReturn(id, refund)) == .events(.ana, .refundRecorded(paid), .returnMoved(moved)))
        let elsewhere = RefundOrder(orderNumber: "1002", reference: "R1")
        #expect(received.when(.refundReturn(id, elsewhere)) == .rejected(.orderNotFound("1002")))
        let done = try received.given(.refundReturn(id, refund))
        #expect(done.when(moving(1, .refused)) == .rejected(.returnStatus(id, .refunded)))
        #expect(done.when(.refundReturn(id, refund)) == .rejected(.returnStatus(id, .refunded)))
    }

    @Test func `what did not come can come back another time, and an order of which all came is returned`() throws {
        let shop = try Sample.shop().given(.placeOrder(Sample.ana, order), asking(request(1, 2)))
        #expect(shop.when(moving(1, .received, received: [0: 3])).invalidField == "items")
        #expect(shop.when(moving(1, .received, received: [1: 1])).invalidField == "items")
        #expect(shop.when(moving(1, .received, received: [0: 0])).invalidField == "items")
        let half = ReturnMoved(
            id: .number(1),
            orderNumber: order.number,
            status: .received,
            items: [ReturnItem(line: 0, sku: "MUG", quantity: 1, cause: .damaged)]
        )
        #expect(shop.when(moving(1, .received, received: [0: 1])) == .events(.ana, .returnMoved(half)))
        let rest = try shop.given(
            moving(1, .received, received: [0: 1]),
            asking(request(2, 1)),
            moving(2, .received),
            asking(request(3, 1, line: 1))
        )
        let whole = ReturnMoved(id: .number(3), orderNumber: order.number, status: .received)
        let returned = OrderStatusChanged(number: order.number, status: nil, fulfillmentStatus: .returned)
        #expect(rest.when(moving(3, .received)) == .events(.ana, .returnMoved(whole), .orderStatusChanged(returned)))
    }
}
