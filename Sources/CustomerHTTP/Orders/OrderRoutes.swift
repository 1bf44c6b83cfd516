import CustomerDomain
import CustomerProjections
import CustomerService
import Hummingbird

/// Orders: of one customer and of all, and what happens to them later.
enum OrderRoutes {
    static var routes: [Route] { [listOfCustomer, place, list, get, patch, cancel, refund, reorder] }

    static let orderPage = Schema.page("OrderPage", of: OrderAnswer.summary)
    static let number = Parameter.path("number", .line(Limits.orderNumber), "The order's number.")
    private static let sortFields = ["placedAt", "createdAt", "number", "total"]
    static let orderAnswer = Answer(status: 200, description: "The order.", schema: OrderAnswer.order)
    static let placed = Answer.created("The new order.", OrderAnswer.order)
    static let placing: [ProblemType] = CustomerRoutes.changing + [.customerDisabled, .orderNumberTaken, .limitReached]

    private static let filters: [Parameter] = [
        .query("status", .choice(of: OrderStatus.self), "Where the order stands."),
        .query(
            "fulfillmentStatus",
            .choice(of: FulfillmentStatus.self),
            "Where the goods stand."
        ),
        .query("sort", CustomerFilter.sortSchema(sortFields), "Fields by commas: -placedAt; createdAt is placedAt."),
    ]

    static let listOfCustomer = Route(
        method: .get,
        path: "/api/v1/customers/{id}/orders",
        operation: "listCustomerOrders",
        summary: "The orders of a customer, the latest first",
        chapter: "Orders",
        access: .needs(.readOrders),
        parameters: [CustomerRoutes.id] + filters + Paging.parameters,
        answers: [
            .page(orderPage), CustomerRoutes.moved,
        ],
        problems: CustomerRoutes.standing,
        handler: { call in
            let id = try call.customerID()
            let query = try query(call)
            let page = try await call.read { state, _ in
                try state.orders(of: try state.standingCustomer(id), query)
            }
            return .page(call, query.page, page) { $0.value($1) }
        }
    )

    static let place = Route(
        method: .post,
        path: "/api/v1/customers/{id}/orders",
        operation: "placeOrder",
        summary: "Records an order of a customer",
        chapter: "Orders",
        access: .needs(.updateOrders),
        parameters: [CustomerRoutes.id],
        body: .json(OrderBody.create),
        answers: [placed],
        problems: placing,
        handler: { call in try await place(call) }
    )

    static func place(_ call: Call) async throws -> Response {
        try await place(call, .placeOrder(try call.customerID(), try OrderBody.order(call.body)))
    }

    /// Places an order, and answers with it.
    static func place(_ call: Call, _ command: Command) async throws -> Response {
        let result = try await call.execute(command, occurredAt: call.body.instant("occurredAt"))
        let detail = try await call.order(placedBy: result)
        return .json(
            .created,
            headers: [.location: "/api/v1/orders/" + percentEncoded(detail.view.number)]
        ) { $0.value(detail) }
    }

    static let list = Route(
        method: .get,
        path: "/api/v1/orders",
        operation: "listOrders",
        summary: "Orders of all customers or of one, the latest first",
        chapter: "Orders",
        access: .needs(.readOrders),
        parameters: [.query("customerId", .identifier(CustomerKind.self), "Whose orders.")] + filters
            + Paging.parameters,
        answers: [
            .page(orderPage), CustomerRoutes.moved,
        ],
        problems: CustomerRoutes.standing,
        handler: { call in
            var query = try query(call)
            let customer = call.query.text("customerId").flatMap { CustomerID($0) }
            let page = try await call.read { state, _ in
                guard let customer else { return try state.orders(query) }
                return try state.orders(of: try state.standingCustomer(customer), query)
            }
            return .page(call, query.page, page) { $0.value($1) }
        }
    )

    static let get = Route(
        method: .get,
        path: "/api/v1/orders/{number}",
        operation: "getOrder",
        summary: "An order with its items and refunds",
        chapter: "Orders",
        access: .needs(.readOrders),
        parameters: [number],
        answers: [orderAnswer],
        problems: [.orderNotFound],
        handler: { call in
            let order = try await call.order(try call.text("number"))
            return .json { $0.value(order) }
        }
    )

    static let patch = Route(
        method: .patch,
        path: "/api/v1/orders/{number}",
        operation: "updateOrder",
        summary: "Moves an order on",
        chapter: "Orders",
        access: .needs(.updateOrders),
        parameters: [number],
        body: .mergePatch(OrderBody.patch),
        answers: [orderAnswer],
        problems: [.orderNotFound, .orderCancelled],
        handler: { call in
            let number = try call.text("number")
            let (status, goods) = OrderBody.standing(call.body)
            let change = OrderStatusChanged(number: number, status: status, fulfillmentStatus: goods)
            try await call.execute(.changeOrderStatus(change))
            let order = try await call.order(number)
            return .json { $0.value(order) }
        }
    )

    static let cancel = Route(
        method: .post,
        path: "/api/v1/orders/{number}/cancel",
        operation: "cancelOrder",
        summary: "Cancels an order, for good; it no longer counts",
        chapter: "Orders",
        access: .needs(.updateOrders),
        parameters: [number],
        body: .optionalJSON(OrderBody.cancel),
        answers: [orderAnswer],
        problems: [.orderNotFound, .orderCancelled, .orderNotCancellable],
        handler: { call in
            let number = try call.text("number")
            try await call.execute(.cancelOrder(OrderCancelled(number: number, reason: call.body.text("reason"))))
            let order = try await call.order(number)
            return .json { $0.value(order) }
        }
    )

    static let refund = Route(
        method: .post,
        path: "/api/v1/orders/{number}/refunds",
        operation: "refundOrder",
        summary: "Records that money went back, in part or all that is left",
        chapter: "Orders",
        access: .needs(.updateOrders),
        parameters: [number],
        body: .json(OrderBody.refund),
        answers: [Answer(status: 201, description: "The refund.", schema: OrderAnswer.refund)],
        problems: [
            .orderNotFound, .orderCancelled, .refundReferenceTaken, .refundExceedsOrder, .nothingToRefund,
            .limitReached, .customerErased,
        ],
        handler: { call in
            let command = RefundOrder(
                orderNumber: try call.text("number"),
                reference: call.body.text("reference") ?? "",
                minorUnits: call.body.whole("amount"),
                reason: call.body.text("reason"),
                credit: CreditBody.refundCredit(call)
            )
            let result = try await call.execute(.refundOrder(command), occurredAt: call.body.instant("occurredAt"))
            let (refund, event) = try result.recorded("The new refund") {
                if case .refundRecorded(let refund) = $0 { refund } else { nil }
            }
            return .json(.created) { $0.value(refund, at: event) }
        }
    )

    static let reorder = Route(
        method: .post,
        path: "/api/v1/orders/{number}/reorder",
        operation: "reorder",
        summary:
            "A cart with the items of an order, at the prices of then, as placeOrder takes it; nothing is recorded",
        chapter: "Orders",
        access: .needs(.readOrders),
        parameters: [number],
        answers: [
            Answer(
                status: 200,
                description: "The cart.",
                schema: .named(
                    "Cart",
                    .required("customerId", .identifier(CustomerKind.self)),
                    .required(
                        "order",
                        .object(
                            .required("currency", .anyText),
                            .required("items", .list(of: OrderBody.item)),
                            .optional("paymentMethod", .anyText),
                            .optional("shippingAddress", AddressAnswer.fields)
                        ),
                        "Add a number, and place it."
                    ),
                    .required("total", .anyInteger, "In minor units.")
                )
            )
        ],
        problems: [.orderNotFound, .customerErased],
        handler: { call in
            let detail = try await call.order(try call.text("number"))
            guard let customer = detail.view.customer else {
                throw Problem(.customerErased, "The order's customer was erased.")
            }
            return .json { $0.cart(detail.order, of: customer) }
        }
    )

    private static func query(_ call: Call) throws -> OrderQuery {
        var query = OrderQuery()
        query.status = call.query.choice("status")
        query.fulfillmentStatus = call.query.choice("fulfillmentStatus")
        if let sort = call.query.text("sort") { query.sort = try OrderSortKey.parse(sort) }
        query.page = try Paging.request(call.query)
        return query
    }
}
