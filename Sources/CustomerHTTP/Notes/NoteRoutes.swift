import CustomerDomain
import CustomerProjections
import CustomerService
import EventSourcing
import Hummingbird

/// Notes on a customer, for the team alone.
enum NoteRoutes {
    static var routes: [Route] { [list, add] }

    private static let note = Schema.named(
        "Note",
        .required("id", .identifier(NoteKind.self)),
        .required("type", .choice(of: NoteType.self)),
        .required("text", .anyText),
        .required("author", .anyText, "The API key that wrote it."),
        .required("createdAt", .dateTime)
    )

    private static let creation = Schema.named(
        "NoteCreate",
        .required("text", .paragraphs(Limits.note)),
        .optional("type", .choice(of: NoteType.self), "general when absent."),
        .optional("author", .line(1...100), "Must be the API key's own id, when given; better left out.")
    )

    private struct Row: Sendable {
        var id: NoteID
        var type: NoteType
        var text: String
        var author: String
        var at: Timestamp
    }

    static let list = Route(
        method: .get,
        path: "/api/v1/customers/{id}/notes",
        operation: "listNotes",
        summary: "The notes on a customer, the latest first",
        chapter: "Notes",
        access: .needs(.readNotes),
        parameters: [CustomerRoutes.id] + Paging.parameters,
        answers: [
            .page("NotePage", of: note),
            CustomerRoutes.moved,
        ],
        problems: CustomerRoutes.standing,
        handler: { call in
            let id = try call.customerID()
            let request = try Paging.request(call.query)
            let page = try await call.read { state, _ in
                try state.notes(of: try state.standingCustomer(id), page: request)
            }
            var rows: [Row] = []
            for note in page.elements {
                guard let event = try call.organization.event(note.sequence),
                    case .noteAdded(let added) = event.event
                else { throw CommandError.unreadable("note at \(note.sequence)") }
                rows.append(
                    Row(id: note.id, type: note.type, text: added.text, author: note.author, at: note.at)
                )
            }
            return .page(call, request, page.with(rows)) { write($1, to: &$0) }
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
        answers: [Answer(status: 201, description: "The new note.", schema: note)],
        problems: CustomerRoutes.changing,
        handler: { call in
            let author = try call.scope().actor
            if let claimed = call.body.text("author"), claimed != author {
                let error = FieldError(place: .pointer("/author"), detail: "must be \(author), who the API key is")
                throw Problem.invalid([error])
            }
            let note = NoteAdded(
                id: call.organization.identifiers.next(),
                type: call.body.choice("type") ?? .general,
                text: call.body.text("text") ?? ""
            )
            let result = try await call.execute(.addNote(try call.customerID(), note))
            let (added, event) = try result.recorded("The new note") {
                if case .noteAdded(let added) = $0 { added } else { nil }
            }
            let row = Row(id: added.id, type: added.type, text: added.text, author: event.actor, at: event.occurredAt)
            return .json(.created) { write(row, to: &$0) }
        }
    )

    private static func write(_ row: Row, to writer: inout JSONWriter) {
        writer.beginObject()
        writer.field("id", row.id)
        writer.field("type", row.type.name)
        writer.field("text", row.text)
        writer.field("author", row.author)
        writer.field("createdAt", row.at)
        writer.endObject()
    }
}
