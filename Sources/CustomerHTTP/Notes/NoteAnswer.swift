import CustomerDomain
import CustomerProjections
import CustomerService
import EventSourcing

/// A note as the server sends it.
struct NoteAnswer: Sendable {
    static let types = Schema.choice(of: NoteType.self)
    static let visibilities = Schema.choice(of: NoteVisibility.self)

    static let note = Schema.named(
        "Note",
        .required("id", .identifier(NoteKind.self)),
        .required("type", types),
        .required("text", .anyText),
        .required("author", .anyText, "The API key that wrote it, or that it was written for."),
        .required("visibility", visibilities, "Private notes are shown to their author and to admins."),
        .required("pinned", .boolean, "Pinned notes come first."),
        .required("createdAt", .dateTime),
        .required("updatedAt", .nullable(.dateTime), "When it was last changed; null when it never was.")
    )

    private let reference: NoteReference
    private let text: String

    /// Reads what a note says from the log.
    init(_ reference: NoteReference, _ organization: Organization) throws {
        self.reference = reference
        switch try organization.event(reference.textSequence)?.event {
        case .noteAdded(let note): text = note.text
        case .noteChanged(let change): text = change.text ?? ""
        default: throw CommandError.unreadable("note at \(reference.textSequence)")
        }
    }

    func write(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.field("id", reference.id)
        writer.field("type", reference.type.name)
        writer.field("text", text)
        writer.field("author", reference.author)
        writer.field("visibility", reference.visibility.name)
        writer.field("pinned", reference.isPinned)
        writer.field("createdAt", reference.at)
        writer.field("updatedAt", reference.updatedAt)
        writer.endObject()
    }
}
