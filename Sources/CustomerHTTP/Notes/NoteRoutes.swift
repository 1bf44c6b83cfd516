import CustomerDomain
import CustomerProjections
import CustomerService
import HTTPTypes
import Hummingbird

/// Notes on a customer, for the team alone.
enum NoteRoutes {
    static var routes: [Route] { [list, add, get, patch, remove] }

    private static let noteID = Parameter.path("noteId", .identifier(NoteKind.self), "The note.")
    private static let text = Schema.paragraphs(Limits.note)
    private static let answer = Answer(status: 200, description: "The note.", schema: NoteAnswer.note)
    private static let changing: [ProblemType] = CustomerRoutes.changing + [.noteNotFound, .noteOfAnother]

    private static let creation = Schema.named(
        "NoteCreate",
        .required("text", text),
        .optional("type", NoteAnswer.types, "general when absent."),
        .optional("visibility", NoteAnswer.visibilities, "team when absent."),
        .optional("pinned", .boolean, "false when absent."),
        .optional("author", .line(1...100), "The API key's own id; admins may name another key. Better left out.")
    )

    private static let change = Schema.component(
        Component(
            name: "NotePatch",
            schema: .object(
                ObjectRule(
                    properties: [
                        .optional("text", text), .optional("type", NoteAnswer.types),
                        .optional("visibility", NoteAnswer.visibilities), .optional("pinned", .boolean),
                    ],
                    anyOf: ["text", "type", "visibility", "pinned"]
                )
            )
        )
    )

    static let list = Route(
        method: .get,
        path: "/api/v1/customers/{id}/notes",
        operation: "listNotes",
        summary: "The notes on a customer, pinned ones first, then the latest",
        chapter: "Notes",
        access: .needs(.readNotes),
        parameters: [CustomerRoutes.id, .query("type", NoteAnswer.types, "What they are about.")] + Paging.parameters,
        answers: [
            .page("NotePage", of: NoteAnswer.note), CustomerRoutes.moved,
        ],
        problems: CustomerRoutes.standing,
        handler: { call in
            let id = try call.customerID()
            var query = NoteQuery(reader: try call.scope().deciding)
            query.type = call.query.choice("type")
            query.page = try Paging.request(call.query)
            let page = try await call.read { [query] state, _ in
                try state.notes(of: try state.standingCustomer(id), query)
            }
            let shown = call.past == nil ? page.elements : stillVisible(page.elements, to: query.reader, call)
            let rows = try shown.map { try NoteAnswer($0, call.organization) }
            return .page(call, query.page, page.with(rows)) { $1.write(to: &$0) }
        }
    )

    static let add = Route(
        method: .post,
        path: "/api/v1/customers/{id}/notes",
        operation: "addNote",
        summary: "Writes a note on a customer; its author is the API key's holder",
        chapter: "Notes",
        access: .needs(.updateNotes),
        parameters: [CustomerRoutes.id],
        body: .json(creation),
        answers: [.created("The new note.", NoteAnswer.note)],
        problems: CustomerRoutes.changing,
        handler: { call in
            let note = NoteAdded(
                id: call.organization.identifiers.next(),
                type: call.body.choice("type") ?? .general,
                text: call.body.text("text") ?? "",
                visibility: call.body.choice("visibility") ?? .team,
                isPinned: call.body.flag("pinned") ?? false,
                author: call.body.text("author")
            )
            let id = try call.customerID()
            let result = try await call.execute(.addNote(id, note))
            let added = try result.made("The new note") { event in
                if case .noteAdded(let added) = event { added } else { nil }
            }
            // Whoever writes for another may not see what is private to that one, but has just written it.
            return try await show(call, id, added.id, .created, to: .admin)
        }
    )

    static let get = Route(
        method: .get,
        path: "/api/v1/customers/{id}/notes/{noteId}",
        operation: "getNote",
        summary: "A note on a customer",
        chapter: "Notes",
        access: .needs(.readNotes),
        parameters: [CustomerRoutes.id, noteID],
        answers: [answer, CustomerRoutes.moved],
        problems: CustomerRoutes.standing + [.noteNotFound],
        handler: { call in
            let note: NoteID = try call.identifier("noteId")
            return try await show(call, try call.customerID(), note, to: try call.scope().deciding)
        }
    )

    static let patch = Route(
        method: .patch,
        path: "/api/v1/customers/{id}/notes/{noteId}",
        operation: "updateNote",
        summary: "Changes a note; what it said stays in the history",
        chapter: "Notes",
        access: .needs(.updateNotes),
        parameters: [CustomerRoutes.id, noteID],
        body: .mergePatch(change),
        answers: [answer],
        problems: changing,
        handler: { call in
            let id = try call.customerID()
            let change = NoteChanged(
                id: try call.identifier("noteId"),
                type: call.body.choice("type"),
                text: call.body.text("text"),
                visibility: call.body.choice("visibility"),
                isPinned: call.body.flag("pinned")
            )
            try await call.execute(.changeNote(id, change))
            return try await show(call, id, change.id, to: try call.scope().deciding)
        }
    )

    static let remove = Route(
        method: .delete,
        path: "/api/v1/customers/{id}/notes/{noteId}",
        operation: "deleteNote",
        summary: "Removes a note; what it said stays in the history until the customer is erased",
        chapter: "Notes",
        access: .needs(.updateNotes),
        parameters: [CustomerRoutes.id, noteID],
        answers: [Answer(status: 204, description: "It is gone.")],
        problems: changing,
        handler: { call in
            try await call.execute(.removeNote(try call.customerID(), try call.identifier("noteId")))
            return .noContent()
        }
    )

    /// What was everybody's once may be private by now.
    private static func stillVisible(_ notes: [NoteReference], to reader: Actor, _ call: Call) -> [NoteReference] {
        call.organization.peek { state, _ in
            notes.filter { state.note($0.id)?.isVisible(to: reader) ?? true }
        }
    }

    private static func show(
        _ call: Call,
        _ id: CustomerID,
        _ note: NoteID,
        _ status: HTTPResponse.Status = .ok,
        to reader: Actor
    ) async throws -> Response {
        let reference = try await call.read { state, _ in
            let customer = try state.standingCustomer(id)
            do throws(Rejection) {
                return try state.note(note, of: customer, for: reader)
            } catch {
                throw CommandError.rejected(error)
            }
        }
        if call.past != nil, stillVisible([reference], to: reader, call).isEmpty {
            throw CommandError.rejected(.noteNotFound(note))
        }
        let answer = try NoteAnswer(reference, call.organization)
        let headers: HTTPFields = status == .created ? [.location: "/api/v1/customers/\(id)/notes/\(note)"] : [:]
        return .json(status, headers: headers) { answer.write(to: &$0) }
    }
}
