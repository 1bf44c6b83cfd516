import CustomerDomain
import CustomerProjections
import Hummingbird

/// `/api/customers`: another shop's paths, whose bodies are as on the canonical ones.
enum ShopRoutes {
    static var routes: [Route] { [get, put, placeOrder, points] }

    private static let chapter = "Compatible paths"

    static let get = Route(
        method: .get,
        path: "/api/customers/{id}",
        operation: "getShopCustomer",
        summary: "A customer in full",
        chapter: chapter,
        access: .needs(.readCustomers),
        parameters: CustomerRoutes.get.parameters,
        answers: CustomerRoutes.get.answers,
        problems: CustomerRoutes.standing,
        handler: CustomerRoutes.get.handler
    )

    static let put = Route(
        method: .put,
        path: "/api/customers/{id}",
        operation: "updateShopCustomer",
        summary: "Changes a customer: absent fields are kept, tags and metadata replaced whole",
        chapter: chapter,
        access: .needs(.updateCustomers),
        parameters: [CustomerRoutes.id, .ifMatch],
        body: .json(UserBody.update),
        answers: [CustomerRoutes.customerAnswer],
        problems: CustomerRoutes.changing + [.emailTaken],
        handler: { call in
            let id = try call.customerID()
            try await call.execute(.updateCustomer(UserBody.update(id, call.body)), on: id)
            return call.answer(try await call.profile(id)) { $0.value($1) }
        }
    )

    static let placeOrder = Route(
        method: .post,
        path: "/api/customers/{id}/orders",
        operation: "placeShopOrder",
        summary: "Records an order of a customer",
        chapter: chapter,
        access: .needs(.updateOrders),
        parameters: OrderRoutes.place.parameters,
        body: .json(OrderBody.create),
        answers: [OrderRoutes.placed],
        problems: OrderRoutes.placing,
        handler: { call in try await OrderRoutes.place(call) }
    )

    static let points = Route(
        method: .post,
        path: "/api/customers/{id}/points",
        operation: "adjustShopPoints",
        summary: "Adds or deducts points by hand",
        chapter: chapter,
        access: .needs(.adjustPoints),
        parameters: LoyaltyRoutes.points.parameters,
        body: .json(LoyaltyBody.adjustment),
        answers: [LoyaltyRoutes.changeAnswer],
        problems: LoyaltyRoutes.points.problems,
        handler: { call in try await LoyaltyRoutes.adjust(call) }
    )
}
