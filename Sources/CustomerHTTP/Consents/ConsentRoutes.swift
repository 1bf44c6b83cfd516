import CustomerDomain
import CustomerProjections
import CustomerService
import EventSourcing
import Hummingbird

/// What a customer allows: what holds now, and the ledger of everything that was said.
enum ConsentRoutes {
    static var routes: [Route] { [list, change, history] }

    static let oneChange = Schema.named(
        "ConsentChange",
        .required("kind", ConsentAnswer.kinds),
        .required("state", .choice(ConsentState.allCases.map(\.name))),
        .optional("optInLevel", .choice(OptInLevel.allCases.map(\.name)), "unknown when absent."),
        .optional("source", .line(Limits.source), "Where it was collected: checkout, footer-form."),
        .optional("wording", .line(Limits.consentWording), "The version of the wording that was shown."),
        .optional("evidence", .paragraphs(Limits.consentEvidence), "What proves it: an IP address, the id of a form."),
        .optional("reason", .paragraphs(Limits.reason))
    )

    private static let body = Schema.named(
        "ConsentChanges",
        .required("consents", .array(oneChange, 1...ConsentKind.allCases.count), "Each kind at most once."),
        .optional(
            "occurredAt",
            .dateTime,
            "When the customer said so; now when absent or in the future. Older than what is known, it changes nothing."
        )
    )

    private static let answer = Answer(
        status: 200,
        description: "What holds of each kind.",
        schema: .named("Consents", .required("data", .list(of: ConsentAnswer.consent))),
        headers: [.entityTag]
    )

    static let list = Route(
        method: .get,
        path: "/api/v1/customers/{id}/consents",
        operation: "getConsents",
        summary: "What a customer allows now, kind by kind",
        chapter: "Consents",
        access: .needs(.readCustomers),
        parameters: [CustomerRoutes.id],
        answers: [answer, CustomerRoutes.moved],
        problems: CustomerRoutes.standing,
        handler: { call in try await consents(call) }
    )

    static let change = Route(
        method: .patch,
        path: "/api/v1/customers/{id}/consents",
        operation: "changeConsents",
        summary: "Records what a customer said to one or several kinds of consent; the others stay as they are",
        chapter: "Consents",
        access: .needs(.updateCustomers),
        parameters: [CustomerRoutes.id, .ifMatch],
        body: .json(body),
        answers: [answer],
        problems: CustomerRoutes.changing + [.limitReached],
        handler: { call in
            let id = try call.customerID()
            try await call.execute(
                .changeConsents(id, (call.body["consents"]?.elements ?? []).compactMap(ConsentChanged.init)),
                occurredAt: call.body.instant("occurredAt"),
                expectedVersion: try await call.expectedVersion(of: id)
            )
            return try await consents(call)
        }
    )

    static let history = Route(
        method: .get,
        path: "/api/v1/customers/{id}/consents/history",
        operation: "listConsentHistory",
        summary: "The ledger of a customer's consents, the latest recorded first",
        chapter: "Consents",
        access: .needs(.readCustomers),
        parameters: [CustomerRoutes.id] + Paging.parameters,
        answers: [
            Answer(
                status: 200,
                description: "A page.",
                schema: .page("ConsentHistory", of: ConsentAnswer.line),
                headers: [.link]
            ),
            CustomerRoutes.moved,
        ],
        problems: CustomerRoutes.standing,
        handler: { call in
            let id = try call.customerID()
            let request = try Paging.request(call.query)
            let page = try await call.read { state, _ in
                try state.consentHistory(of: try state.standingCustomer(id), page: request)
            }
            var lines: [(RecordedEvent, ConsentChanged)] = []
            for sequence in page.elements { lines.append(try line(sequence, call)) }
            let answer = Page(
                elements: lines,
                count: page.count,
                hasMore: page.hasMore,
                nextCursor: page.nextCursor
            )
            return .page(call, request, answer) { $0.value($1.0, $1.1) }
        }
    )

    private static func consents(_ call: Call) async throws -> Response {
        let id = try call.customerID()
        let (consents, version) = try await call.read { state, _ in
            let ordinal = try state.standingCustomer(id)
            return (state.consents(of: ordinal), state.standing(of: ordinal).version)
        }
        let changes = try consents.mapValues { try line($0.sequence, call).1 }
        return .json(version: version) { writer in
            writer.beginObject()
            writer.key("data")
            writer.beginArray()
            for kind in ConsentKind.allCases { writer.value(kind, consents[kind], changes[kind]) }
            writer.endArray()
            writer.endObject()
        }
    }

    /// A line of the ledger, from the log.
    private static func line(
        _ sequence: SequenceNumber,
        _ call: Call
    ) throws -> (RecordedEvent, ConsentChanged) {
        guard let event = try call.organization.event(sequence), case .consentChanged(let change) = event.event else {
            throw CommandError.unreadable("consent at \(sequence)")
        }
        return (event, change)
    }
}

extension ConsentChanged {
    /// A change of a body that was checked.
    init?(_ body: JSONValue) {
        let (state, level) = (body.text("state"), body.text("optInLevel"))
        guard let kind = body.text("kind").flatMap({ ConsentKind(name: $0) }),
            let state = ConsentState.allCases.first(where: { $0.name == state })
        else { return nil }
        self.init(
            kind: kind,
            state: state,
            optInLevel: OptInLevel.allCases.first { $0.name == level } ?? .unknown,
            source: body.text("source"),
            wording: body.text("wording"),
            evidence: body.text("evidence"),
            reason: body.text("reason")
        )
    }
}
