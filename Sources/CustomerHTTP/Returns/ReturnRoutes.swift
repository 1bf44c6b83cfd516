import CustomerDomain
import CustomerProjections
import CustomerService
import EventSourcing
import HTTPTypes
import Hummingbird

/// Goods that come back: asked for, approved, received, and paid back or not.
enum ReturnRoutes {
    static var routes: [Route] {
        [
            list, listOfCustomer, listOfOrder, request, get,
            move("approve", "approveReturn", "The shop waits for the goods", .approved),
            move("receive", "receiveReturn", "The goods are there, or some of them", .received, ReturnBody.receipt),
            refund, move("close", "closeReturn", "Ends a return without paying, as where goods are exchanged", .closed),
            move("refuse", "refuseReturn", "The shop does not take the goods", .refused),
        ]
    }

    private static let id = Parameter.path("returnId", .identifier(ReturnKind.self), "The return.")
    private static let problems: [ProblemType] = [.returnNotFound, .returnStatus]
    private static let answer = Answer(status: 200, description: "The return.", schema: ReturnAnswer.full)
    private static let page = Answer.page("ReturnPage", of: ReturnAnswer.row)
    private static let filters: [Parameter] =
        [.query("status", ReturnAnswer.statuses, "Where they stand.")] + Paging.parameters

    static let list = Route(
        method: .get,
        path: "/api/v1/returns",
        operation: "listReturns",
        summary: "Returns of all customers, the latest first",
        chapter: "Returns",
        access: .needs(.readOrders),
        parameters: filters,
        answers: [page],
        handler: { call in try await show(call, query(call)) }
    )

    static let listOfCustomer = Route(
        method: .get,
        path: "/api/v1/customers/{id}/returns",
        operation: "listCustomerReturns",
        summary: "The returns of a customer's orders, the latest first",
        chapter: "Returns",
        access: .needs(.readOrders),
        parameters: [CustomerRoutes.id] + filters,
        answers: [page, CustomerRoutes.moved],
        problems: CustomerRoutes.standing,
        handler: { call in
            let id = try call.customerID()
            var query = try query(call)
            query.customer = try await call.read { state, _ in try state.standingCustomer(id) }
            return try await show(call, query)
        }
    )

    static let listOfOrder = Route(
        method: .get,
        path: "/api/v1/orders/{number}/returns",
        operation: "listOrderReturns",
        summary: "The returns of an order, oldest first",
        chapter: "Returns",
        access: .needs(.readOrders),
        parameters: [OrderRoutes.number],
        answers: [
            Answer(
                status: 200,
                description: "All of them.",
                schema: .object(.required("data", .list(of: ReturnAnswer.row)))
            )
        ],
        problems: [.orderNotFound],
        handler: { call in
            let number = try call.text("number")
            let views = try await call.read { state, _ in
                guard state.orderView(number) != nil else { throw CommandError.rejected(.orderNotFound(number)) }
                return state.returns(of: number).map { state.view(of: $0) }
            }
            return .json { writer in
                writer.beginObject()
                writer.key("data")
                writer.beginArray()
                for view in views { writer.value(view) }
                writer.endArray()
                writer.endObject()
            }
        }
    )

    static let request = Route(
        method: .post,
        path: "/api/v1/orders/{number}/returns",
        operation: "requestReturn",
        summary: "Asks to send goods of an order back",
        chapter: "Returns",
        access: .needs(.updateOrders),
        parameters: [OrderRoutes.number],
        body: .json(ReturnBody.create),
        answers: [.created("The new return.", ReturnAnswer.full)],
        problems: [.orderNotFound, .orderCancelled, .limitReached],
        handler: { call in
            let detail = try await call.order(try call.text("number"))
            let requested = ReturnRequested(
                id: call.organization.identifiers.next(),
                orderNumber: detail.view.number,
                items: ReturnBody.items(call.body),
                reason: call.body.text("reason")
            )
            let result = try await call.execute(
                .requestReturn(requested, ordered: detail.order.lines),
                occurredAt: call.body.instant("occurredAt")
            )
            let made = try result.made("The new return") { event in
                if case .returnRequested(let requested) = event { requested } else { nil }
            }
            return try await show(call, made.id, status: .created)
        }
    )

    static let get = Route(
        method: .get,
        path: "/api/v1/returns/{returnId}",
        operation: "getReturn",
        summary: "A return with what happened to it",
        chapter: "Returns",
        access: .needs(.readOrders),
        parameters: [id],
        answers: [answer],
        problems: [.returnNotFound],
        handler: { call in try await show(call, try call.identifier("returnId")) }
    )

    static let refund = Route(
        method: .post,
        path: "/api/v1/returns/{returnId}/refund",
        operation: "refundReturn",
        summary: "Pays back what was received, by a refund of the order",
        chapter: "Returns",
        access: .needs(.updateOrders),
        parameters: [id],
        body: .json(ReturnBody.refund),
        answers: [answer],
        problems: problems + [
            .orderNotFound, .orderCancelled, .refundReferenceTaken, .refundExceedsOrder, .nothingToRefund,
            .limitReached, .customerErased,
        ],
        handler: { call in
            let id: ReturnID = try call.identifier("returnId")
            let returned = try await known(call, id).returned
            let detail = try await call.order(returned.orderNumber)
            let left = detail.view.total.minorUnits - detail.view.refunded
            let price = min(left, returned.price(detail.order.lines))
            let command = RefundOrder(
                orderNumber: returned.orderNumber,
                reference: call.body.text("reference") ?? "",
                // Where nothing is left, deciding says so.
                minorUnits: call.body.whole("amount") ?? (left > 0 ? price : nil),
                reason: call.body.text("reason"),
                credit: CreditBody.refundCredit(call)
            )
            try await call.execute(.refundReturn(id, command))
            return try await show(call, id)
        }
    )

    private static func move(
        _ verb: String,
        _ operation: String,
        _ summary: String,
        _ status: ReturnStatus,
        _ body: Schema = CustomerRoutes.reason
    ) -> Route {
        Route(
            method: .post,
            path: "/api/v1/returns/{returnId}/\(verb)",
            operation: operation,
            summary: summary,
            chapter: "Returns",
            access: .needs(.updateOrders),
            parameters: [id],
            body: .optionalJSON(body),
            answers: [answer],
            problems: problems,
            handler: { call in
                let id: ReturnID = try call.identifier("returnId")
                let received = ReturnBody.received(call.body)
                let reason = call.body.text("reason")
                try await call.execute(.moveReturn(MoveReturn(id: id, to: status, received: received, reason: reason)))
                return try await show(call, id)
            }
        )
    }

    private static func query(_ call: Call) throws -> ReturnQuery {
        var query = ReturnQuery()
        query.status = call.query.choice("status")
        query.page = try Paging.request(call.query)
        return query
    }

    private static func show(_ call: Call, _ query: ReturnQuery) async throws -> Response {
        let page = try await call.read { state, _ in try state.returns(query) }
        return .page(call, query.page, page) { $0.value($1) }
    }

    private static func known(_ call: Call, _ id: ReturnID) async throws -> ReturnView {
        try await call.read { state, _ in
            guard let returned = state.orderReturn(id) else { throw CommandError.rejected(.returnNotFound(id)) }
            return state.view(of: returned)
        }
    }

    private static func show(
        _ call: Call,
        _ id: ReturnID,
        status: HTTPResponse.Status = .ok
    ) async throws -> Response {
        let view = try await known(call, id)
        var events = try view.returned.events.compactMap { try call.organization.event($0) }
        // What is sealed for who had the order before is nobody's any longer once the new customer was erased.
        if view.customer == nil {
            for index in events.indices { events[index].event = events[index].event.withoutPersonalData }
        }
        let headers: HTTPFields = status == .created ? [.location: "/api/v1/returns/\(id)"] : [:]
        return .json(status, headers: headers) { [events] in $0.value(view, events) }
    }
}
