import CustomerDomain
import CustomerProjections
import CustomerService
import EventSourcing
import Hummingbird

/// Who looked at a customer's personal data.
enum ReadRoutes {
    static var routes: [Route] { [list] }

    private static let read = Schema.named(
        "Read",
        .required("sequence", .anyInteger),
        .required("kind", .choice(of: ReadKind.self)),
        .required("at", .dateTime),
        .required("actor", .anyText),
        .required("requestId", .nullable(.anyText))
    )

    static let list = Route(
        method: .get,
        path: "/api/v1/customers/{id}/reads",
        operation: "listReads",
        summary: "Who looked at a customer's personal data, the latest first, as far as the organization records that",
        chapter: "Audit",
        access: .needs(.viewAudit),
        parameters: [CustomerRoutes.id] + Paging.parameters,
        answers: [.page("ReadPage", of: read)],
        problems: [.customerNotFound],
        handler: { call in
            let id = try call.customerID()
            let request = try Paging.request(call.query)
            let page = try await call.read { state, _ in
                // Of erased and merged customers, too: who looked remains a question.
                guard let customer = state.customer(id) else { throw CommandError.rejected(.customerNotFound(id)) }
                return try state.reads(of: customer, page: request)
            }
            let events = try page.elements.compactMap { try call.organization.event($0) }
            return .page(call, request, page.with(events)) { $0.read($1) }
        }
    )
}

extension JSONWriter {
    fileprivate mutating func read(_ recorded: RecordedEvent) {
        guard case .personalDataRead(let read) = recorded.event else { return }
        beginObject()
        field("sequence", Int64(clamping: recorded.sequence.value))
        field("kind", read.kind.name)
        field("at", recorded.recordedAt)
        field("actor", recorded.actor)
        field("requestId", recorded.requestID)
        endObject()
    }
}

extension Call {
    /// Records, where the organization wants that, that the caller gets to see personal data, and returns once it is durable.
    ///
    /// - Throws: When it cannot be recorded; then the data must not be shown.
    func recordRead(_ kind: ReadKind, _ customers: [CustomerID]) async throws {
        let isRecorded = organization.peek { state, _ in state.settings.recordedReads.contains(kind) }
        guard isRecorded, !customers.isEmpty else { return }
        _ = try await organization.execute(
            .recordRead(kind, customers),
            scope: try scope(),
            context: CommandContext(requestID: requestID, origin: origin)
        )
    }
}
