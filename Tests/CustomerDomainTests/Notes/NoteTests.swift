import CustomerDomain
import Testing

struct NoteTests {
    private func outcome(_ text: String) throws -> Specification.Outcome {
        try Sample.shop().when(.addNote(Sample.ana, NoteAdded(id: .number(1), type: .fraudConcern, text: text)))
    }

    @Test func `a note is kept as written`() throws {
        let note = NoteAdded(id: .number(1), type: .fraudConcern, text: "Called.\n\tSays \u{201C}no\u{201D}.")
        #expect(try outcome(note.text) == .events(.ana, .noteAdded(note)))
    }

    @Test func `a note has 1 to 5,000 characters`() throws {
        #expect(try outcome(String(repeating: "é", count: 5_000)).invalidField == nil)
        #expect(
            try outcome(String(repeating: "é", count: 5_001)) == .invalid("text", "must have at most 5,000 characters")
        )
        #expect(try outcome(" \n") == .invalid("text", "must not be empty"))
        #expect(try outcome("a\u{0}") == .invalid("text", "must not contain control characters"))
    }
}
