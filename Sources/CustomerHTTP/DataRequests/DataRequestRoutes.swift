import CustomerDomain
import CustomerProjections
import CustomerService
import HTTPTypes
import Hummingbird

/// Requests of persons about their data: the register, and the way of each through it.
enum DataRequestRoutes {
    static var routes: [Route] { [list, open, get, checkIdentity, approve, refuse, cancel, execute] }

    private static let id = Parameter.path("requestId", .identifier(DataRequestKind.self), "The request.")
    private static let text = Schema.paragraphs(Limits.dataRequestText)
    private static let answer = Answer(status: 200, description: "The request.", schema: DataRequestAnswer.request)

    static let list = Route(
        method: .get,
        path: "/api/v1/data-requests",
        operation: "listDataRequests",
        summary: "The register of requests, those that are due first",
        chapter: "Data requests",
        access: .needs(.readRequests),
        parameters: [
            .query("status", DataRequestAnswer.statuses, "Where they stand."),
            .query("open", .boolean, "Whether there is still something to do."),
            .query("kind", DataRequestAnswer.kinds, "What they ask for."),
            .query("customer", .identifier(CustomerKind.self), "Who asked, or answers for who asked."),
            .query("overdue", .boolean, "Whether they should have been done by now."),
        ] + Paging.parameters,
        answers: [.page("DataRequestPage", of: DataRequestAnswer.row)],
        handler: { call in
            var query = DataRequestQuery()
            query.status = call.query.choice("status")
            query.right = call.query.choice("kind")
            query.isOpen = call.query.text("open").map { $0 == "true" }
            query.isOverdue = call.query.text("overdue").map { $0 == "true" }
            query.customer = call.query.text("customer").flatMap { CustomerID($0) }
            query.page = try Paging.request(call.query)
            let page = try await call.read { [query] state, time in
                try state.dataRequests(query, at: time)
            }
            return .page(call, query.page, page) { $0.value($1) }
        }
    )

    static let open = Route(
        method: .post,
        path: "/api/v1/data-requests",
        operation: "openDataRequest",
        summary: "Opens a request of a customer; it is due in \(Limits.dataRequestDays) days",
        chapter: "Data requests",
        access: .needs(.manageRequests),
        body: .json(
            .named(
                "DataRequestCreate",
                .required("customerId", .identifier(CustomerKind.self)),
                .required("kind", DataRequestAnswer.kinds),
                .optional("channel", DataRequestAnswer.channels, "How it came in; other when absent."),
                .optional("details", text, "What was asked, in words."),
                .optional("occurredAt", .dateTime, "When it came in; now when absent or in the future.")
            )
        ),
        answers: [.created("The new request.", DataRequestAnswer.request)],
        problems: CustomerRoutes.changing + [.limitReached],
        handler: { call in
            guard let customer = call.body.identifier("customerId", CustomerKind.self),
                let right = call.body.choice("kind", DataRight.self)
            else { throw Problem(.invalidFields, "There is nothing to ask for.") }
            let opening = DataRequestOpened(
                id: call.organization.identifiers.next(),
                right: right,
                channel: call.body.choice("channel") ?? .other,
                details: call.body.text("details")
            )
            let result = try await call.execute(
                .openDataRequest(customer, opening),
                occurredAt: call.body.instant("occurredAt")
            )
            // A retry has made no request, but its first attempt has.
            let id = try result.made("The new request") {
                if case .dataRequestOpened(let opened) = $0 { opened.id } else { nil }
            }
            return try await request(id, call, .created, headers: [.location: "/api/v1/data-requests/\(id)"])
        }
    )

    static let get = Route(
        method: .get,
        path: "/api/v1/data-requests/{requestId}",
        operation: "getDataRequest",
        summary: "A request, with what happened to it",
        chapter: "Data requests",
        access: .needs(.readRequests),
        parameters: [id],
        answers: [answer],
        problems: [.dataRequestNotFound],
        handler: { call in try await request(try call.identifier("requestId"), call) }
    )

    static let checkIdentity = step(
        "identity-check",
        "checkDataRequestIdentity",
        "Records how it was made sure who asks",
        .json(
            .named(
                "IdentityCheck",
                .required("method", DataRequestAnswer.methods, "How."),
                .optional("note", text, "What was seen.")
            )
        )
    ) { id, body in
        .checkIdentity(
            DataRequestIdentityChecked(
                id: id,
                method: body.choice("method") ?? .other,
                note: body.text("note")
            )
        )
    }

    static let approve = step(
        "approve",
        "approveDataRequest",
        "Approves a request of which it is known who asks",
        .optionalJSON(.named("DataRequestApproval", .optional("reason", text)))
    ) { id, body in .decideDataRequest(DataRequestDecided(id: id, refusal: nil, reason: body.text("reason"))) }

    static let refuse = step(
        "refuse",
        "refuseDataRequest",
        "Refuses a request, as long as it was not executed",
        .json(
            .named(
                "DataRequestRefusal",
                .required("category", DataRequestAnswer.categories),
                .optional("reason", text, "What the person is told.")
            )
        )
    ) { id, body in
        let refusal = body.choice("category", RefusalCategory.self) ?? .other
        return .decideDataRequest(DataRequestDecided(id: id, refusal: refusal, reason: body.text("reason")))
    }

    static let cancel = step(
        "cancel",
        "cancelDataRequest",
        "Nobody asks for it any longer; for who opened the request, and for admins",
        .optionalJSON(.named("DataRequestCancellation", .optional("reason", text))),
        problems: [.dataRequestOfAnother]
    ) { id, body in .cancelDataRequest(DataRequestCancelled(id: id, reason: body.text("reason"))) }

    static let execute = step(
        "execute",
        "executeDataRequest",
        """
        Does what an approved request asks for: erases the customer, withdraws its consents to marketing; or records that the \
        data was corrected or handed out. Needs the permission for that, too
        """,
        .optionalJSON(
            .named(
                "DataRequestExecution",
                .optional(
                    "version",
                    .integer(1...Int64(UInt32.max)),
                    "Of a rectification: the customer's version that is right."
                )
            )
        ),
        problems: [.fourEyes]
    ) { id, body in
        .executeDataRequest(DataRequestExecuted(id: id, rectifiedVersion: body.whole("version").map { UInt32($0) }))
    }

    private static func step(
        _ verb: String,
        _ operation: String,
        _ summary: String,
        _ body: RequestBodyRule,
        problems: [ProblemType] = [],
        _ command: @escaping @Sendable (DataRequestID, JSONValue) -> Command
    ) -> Route {
        Route(
            method: .post,
            path: "/api/v1/data-requests/{requestId}/\(verb)",
            operation: operation,
            summary: summary,
            chapter: "Data requests",
            access: .needs(.manageRequests),
            parameters: [id],
            body: body,
            answers: [answer],
            problems: [.dataRequestNotFound, .dataRequestStatus] + problems,
            handler: { call in
                let id = try call.identifier("requestId", DataRequestKind.self)
                try await call.execute(command(id, call.body))
                return try await request(id, call)
            }
        )
    }

    private static func request(
        _ id: DataRequestID,
        _ call: Call,
        _ status: HTTPResponse.Status = .ok,
        headers: HTTPFields = [:]
    ) async throws -> Response {
        let found = try await call.read { state, time in state.dataRequestView(id, at: time) }
        guard let found else { throw CommandError.rejected(.dataRequestNotFound(id)) }
        let events = try found.events.compactMap { try call.organization.event($0) }
        return .json(status, headers: headers) { $0.value(found, events) }
    }
}
