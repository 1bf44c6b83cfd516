import CustomerDomain
import CustomerProjections
import CustomerService
import Hummingbird

/// Orders of guests, and orders that are with the wrong customer.
enum OrderMoveRoutes {
    static var routes: [Route] { [placeOfGuest, move] }

    static let placeOfGuest = Route(
        method: .post,
        path: "/api/v1/orders",
        operation: "placeGuestOrder",
        summary: "Records an order of a guest, who is known by an e-mail address",
        chapter: "Orders",
        access: .needs(.updateOrders),
        body: .json(OrderBody.createOfGuest),
        answers: [OrderRoutes.placed],
        problems: [.emailTaken, .customerDisabled, .orderNumberTaken, .limitReached],
        handler: { call in
            let placing = PlaceGuestOrder(
                guest: call.organization.identifiers.next(),
                profile: CustomerBody.profile(call.body["customer"] ?? .null),
                order: try OrderBody.order(call.body)
            )
            return try await OrderRoutes.place(call, .placeGuestOrder(placing))
        }
    )

    static let move = Route(
        method: .post,
        path: "/api/v1/orders/{number}/move",
        operation: "moveOrder",
        summary: "Gives an order to the customer to whom it belongs",
        chapter: "Orders",
        access: .needs(.moveOrders),
        parameters: [OrderRoutes.number],
        body: .json(OrderBody.move),
        answers: [OrderRoutes.orderAnswer],
        problems: CustomerRoutes.changing + [.orderNotFound, .orderCancelled],
        handler: { call in
            let number = try call.text("number")
            guard let customer = call.body.identifier("customerId", CustomerKind.self) else {
                throw Problem(.invalidFields, "There is nobody to move it to.")
            }
            let move = MoveOrder(number: number, to: customer, reason: call.body.text("reason"))
            try await call.execute(.moveOrder(move))
            let order = try await call.order(number)
            return .json { $0.value(order) }
        }
    )
}
