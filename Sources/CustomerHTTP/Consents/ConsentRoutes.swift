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
        .required("state", .choice(of: ConsentState.self)),
        .optional("optInLevel", .choice(of: OptInLevel.self), "unknown when absent."),
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
            .page("ConsentHistory", of: ConsentAnswer.line),
            CustomerRoutes.moved,
        ],
        problems: CustomerRoutes.standing,
        handler: { call in
            let id = try call.customerID()
            let request = try Paging.request(call.query)
            let page = try await call.read { state, _ in
                try state.consentHistory(of: try state.standingCustomer(id), page: request)
            }
            let lines = try page.elements.map { try line($0, call) }
            return .page(call, request, page.with(lines)) { $0.value($1.0, $1.1) }
        }
    )

    private static func consents(_ call: Call) async throws -> Response {
        let id = try call.customerID()
        let (consents, version) = try await call.read { state, _ in
            let ordinal = try state.standingCustomer(id)
            return (state.consents(of: ordinal), state.standing(of: ordinal).version)
        }
        let changes = try consents.mapValues { try line($0.sequence, call).1 }
        return .json(version: version) { $0.data(ConsentKind.allCases) { $0.value($1, consents[$1], changes[$1]) } }
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
        guard let kind = body.choice("kind", ConsentKind.self), let state = body.choice("state", ConsentState.self)
        else {
            return nil
        }
        self.init(
            kind: kind,
            state: state,
            optInLevel: body.choice("optInLevel") ?? .unknown,
            source: body.text("source"),
            wording: body.text("wording"),
            evidence: body.text("evidence"),
            reason: body.text("reason")
        )
    }
}
