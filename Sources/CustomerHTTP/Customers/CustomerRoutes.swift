import CustomerDomain
import CustomerProjections
import CustomerService
import EventSourcing
import HTTPTypes
import Hummingbird
import NIOCore

/// Customers: list, create, read, change, erase, and what changes where they stand.
enum CustomerRoutes {
    static let id = Parameter.path("id", .identifier(CustomerKind.self), "The customer.")
    static let customerPage = Schema.page("CustomerPage", of: CustomerAnswer.summary)
    static let customerAnswer = Answer(
        status: 200,
        description: "The customer.",
        schema: CustomerAnswer.customer,
        headers: [.entityTag]
    )

    /// What may be wrong with the customer of a path.
    static let standing: [ProblemType] = [.customerNotFound, .customerErased]
    /// What may be wrong with the customer that a command is for.
    static let changing: [ProblemType] = standing + [.customerMerged]
    static let moved = Answer(
        status: 308,
        description: "The customer was merged; this is who answers for it.",
        headers: [.location]
    )
    static let unchanged = Answer(
        status: 304,
        description: "It has not changed.",
        headers: [.entityTag]
    )

    static var routes: [Route] {
        [list, create, get, patch, erase, disable, enable, login, claim]
    }

    static let list = Route(
        method: .get,
        path: "/api/v1/customers",
        operation: "listCustomers",
        summary: "Customers that stand, filtered, sorted, one page at a time",
        chapter: "Customers",
        access: .needs(.readCustomers),
        parameters: CustomerFilter.parameters + [CustomerFilter.view] + Paging.parameters,
        answers: [.page(customerPage)],
        handler: { call in
            guard call.past == nil else {
                let (request, page) = try await CustomerRoutes.page(call)
                return .page(call, request, page) { $0.value($1) }
            }
            return try await CustomerRoutes.keptPage(call)
        }
    )

    /// The answer with a page: as it was sent before, or else with rows copied that were written before, while those hold.
    private static func keptPage(_ call: Call) async throws -> Response {
        let (rowStore, pages) = (call.organization.keptRows, call.organization.keptPages)
        if let kept = pages.page(call.target.text, after: call.organization.head.appended, at: call.organization.time) {
            return .json(ByteBuffer(bytes: kept.bytes), links: kept.links)
        }
        let (query, page, rows, head, now) = try await call.read { state, time in
            let query = try CustomerFilter.query(of: call, state)
            let page = try state.page(query, at: time)
            return (query, page, rowStore.rows(of: page.elements, in: state, at: time), state.head, time.now)
        }
        let links = Paging.links(call, query.page, hasMore: page.hasMore, nextCursor: page.nextCursor)
        let body = JSONWriter.page(page) { writer in
            writer.value(rows) { bytes, row in rowStore.keep(bytes, of: row, from: rows) }
        }
        // Who may see a view can change without an event of its own.
        if query.isTimeless, now < rows.end, call.query.text("view") == nil {
            let kept = KeptPages.Page(bytes: Array(body.readableBytesView), links: links, validity: now..<rows.end)
            pages.keep(kept, of: call.target.text, after: head)
        }
        return .json(body, links: links)
    }

    /// The page of customers that a query asks for, and how it asked.
    static func page(_ call: Call) async throws -> (PageRequest, CustomerPage) {
        try await call.read { state, time in
            let query = try CustomerFilter.query(of: call, state)
            return (query.page, try state.list(query, at: time))
        }
    }

    static let create = Route(
        method: .post,
        path: "/api/v1/customers",
        operation: "createCustomer",
        summary: "Creates a customer",
        chapter: "Customers",
        access: .needs(.updateCustomers),
        body: .json(CustomerBody.create),
        answers: [
            Answer(
                status: 201,
                description: "The new customer, and who is likely the same person already.",
                schema: CustomerAnswer.created,
                headers: [.entityTag, .location]
            )
        ],
        problems: [.emailTaken, .externalIDTaken, .groupNotFound],
        handler: { call in
            let command = Command.createCustomer(CustomerBody.creation(call.body, call: call))
            let result = try await call.execute(command, occurredAt: call.body.instant("occurredAt"))
            let id = try call.createdCustomer(result)
            let (profile, duplicates) = try await call.read { state, time in
                let customer = try state.standingCustomer(id)
                let duplicates = state.likelyDuplicates(of: customer).prefix(warningCount)
                return (
                    state.profile(of: customer, at: time),
                    duplicates.map { (state.standing(of: $0.customers[0]).id, $0) }
                )
            }
            return .json(
                .created,
                version: profile.summary.version,
                headers: [.location: "/api/v1/customers/\(profile.summary.id)"]
            ) { $0.value(created: profile, duplicates) }
        }
    )

    /// Of how many likely duplicates a new customer's answer warns.
    private static let warningCount = 10

    static let get = Route(
        method: .get,
        path: "/api/v1/customers/{id}",
        operation: "getCustomer",
        summary: "A customer in full",
        chapter: "Customers",
        access: .needs(.readCustomers),
        parameters: [id, .ifNoneMatch],
        answers: [customerAnswer, unchanged, moved],
        problems: standing,
        handler: { call in
            call.answer(try await call.profile(try call.customerID())) { $0.value($1) }
        }
    )

    static let patch = Route(
        method: .patch,
        path: "/api/v1/customers/{id}",
        operation: "updateCustomer",
        summary: "Changes a customer by a JSON merge patch (RFC 7396)",
        chapter: "Customers",
        access: .needs(.updateCustomers),
        parameters: [id, .ifMatch],
        body: .mergePatch(CustomerBody.patch),
        answers: [customerAnswer],
        problems: changing + [.emailTaken, .externalIDTaken, .limitReached],
        handler: { call in
            let id = try call.customerID()
            try await call.execute(.updateCustomer(CustomerBody.update(id, patch: call.body)), on: id)
            return call.answer(try await call.profile(id)) { $0.value($1) }
        }
    )

    static let erase = Route(
        method: .delete,
        path: "/api/v1/customers/{id}",
        operation: "eraseCustomer",
        summary: "Erases a customer's personal data, for good; orders stay, anonymous",
        chapter: "Customers",
        access: .needs(.eraseCustomers),
        parameters: [id, .ifMatch],
        answers: [Answer(status: 204, description: "It is gone.")],
        problems: changing,
        handler: { call in
            let id = try call.customerID()
            try await call.execute(.eraseCustomer(id, reason: nil), on: id)
            return .noContent()
        }
    )

    static let reason = Schema.named("Reason", .optional("reason", .paragraphs(Limits.reason)))

    static let disable = action(
        "disable",
        "disableCustomer",
        "No login, no orders from now on; nothing is removed",
        reason
    ) {
        .disableCustomer($0, reason: $1.text("reason"))
    }

    static let enable = action("enable", "enableCustomer", "Login and orders again", reason) {
        .enableCustomer($0, reason: $1.text("reason"))
    }

    static let login = action(
        "login",
        "recordLogin",
        "Records that the customer logged in",
        nil,
        problems: [.customerDisabled]
    ) { id, _ in .recordLogin(id) }

    static let claim = Route(
        method: .post,
        path: "/api/v1/customers/{id}/claim",
        operation: "claimGuest",
        summary:
            "Makes a guest with a verified e-mail address a registered customer, or part of the one with its address",
        chapter: "Customers",
        access: .needs(.updateCustomers),
        parameters: [id, .ifMatch],
        body: .optionalJSON(
            .named(
                "GuestClaim",
                .optional(
                    "verified",
                    .boolean,
                    "true says that the caller knows the address to be the person's; it is recorded with the caller."
                )
            )
        ),
        answers: [customerAnswer],
        problems: changing + [.notAGuest, .emailTaken, .contactUnverified, .noEmail, .limitReached],
        handler: { call in
            let id = try call.customerID()
            let result = try await call.execute(
                .claimGuest(id, isVerified: call.body.flag("verified") ?? false),
                on: id
            )
            // The guest's own record, or that of whoever registered with its address.
            let claimed = try await call.read { state, time in
                let ordinal = result.events.last?.customer ?? state.customer(id)
                return ordinal.map { state.profile(of: $0, at: time) }
            }
            guard let claimed else { throw Problem(.internalError, "The customer cannot be found.") }
            return call.answer(claimed) { $0.value($1) }
        }
    )

    private static func action(
        _ verb: String,
        _ operation: String,
        _ summary: String,
        _ schema: Schema?,
        problems: [ProblemType] = [],
        _ command: @escaping @Sendable (CustomerID, JSONValue) -> Command
    ) -> Route {
        Route(
            method: .post,
            path: "/api/v1/customers/{id}/\(verb)",
            operation: operation,
            summary: summary,
            chapter: "Customers",
            access: .needs(.updateCustomers),
            parameters: [id, .ifMatch],
            body: schema.map { .optionalJSON($0) },
            answers: [customerAnswer],
            problems: changing + problems,
            handler: { call in
                let id = try call.customerID()
                try await call.execute(command(id, call.body), on: id)
                return call.answer(try await call.profile(id)) { $0.value($1) }
            }
        )
    }
}
