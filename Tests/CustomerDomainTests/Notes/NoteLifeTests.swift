import CustomerDomain
import EventSourcing
import Testing

struct NoteLifeTests {
    private let note = NoteAdded(id: .number(1), type: .general, text: "Called.", visibility: .private)
    private let author = Actor(id: "key_a", isAdmin: false, permissions: [.updateNotes])
    private let colleague = Actor(id: "key_b", isAdmin: false, permissions: [.updateNotes])

    /// What a command by somebody comes to, where `key_a` wrote the note.
    private func outcome(
        _ command: Command,
        by actor: Actor,
        on visibility: NoteVisibility = .private
    ) throws -> Result<[Event], Rejection> {
        var model = OrganizationModel()
        func record(_ command: Command, _ actor: Actor) throws(Rejection) -> [Event] {
            let decided = try decide(command, facts: model, at: .seconds(1), by: actor)
            model.record(decided, recordedAt: .seconds(1), actor: actor.id)
            return decided.map(\.event)
        }
        _ = try record(Sample.createAna, .admin)
        var note = note
        note.visibility = visibility
        _ = try record(.addNote(Sample.ana, note), author)
        do throws(Rejection) {
            return .success(try record(command, actor))
        } catch {
            return .failure(error)
        }
    }

    private func change(_ edit: (inout NoteChanged) -> Void) -> Command {
        var change = NoteChanged(id: note.id)
        edit(&change)
        return .changeNote(Sample.ana, change)
    }

    @Test func `its author and admins change and remove a note`() throws {
        for actor in [author, .admin] {
            var changed = NoteChanged(id: note.id)
            changed.text = "Called twice."
            #expect(try outcome(change { $0.text = "Called twice." }, by: actor) == .success([.noteChanged(changed)]))
            let removed = Event.noteRemoved(NoteRemoved(id: note.id))
            #expect(try outcome(.removeNote(Sample.ana, note.id), by: actor) == .success([removed]))
        }
    }

    @Test func `others may pin what they see, and change nothing else`() throws {
        let pin = change { $0.isPinned = true }
        #expect(
            try outcome(pin, by: colleague, on: .team)
                == .success([.noteChanged(NoteChanged(id: note.id, isPinned: true))])
        )
        for command in [change { $0.text = "No." }, .removeNote(Sample.ana, note.id)] {
            #expect(try outcome(command, by: colleague, on: .team) == .failure(.noteOfAnother(note.id)))
            #expect(try outcome(command, by: colleague) == .failure(.noteNotFound(note.id)))
        }
        #expect(try outcome(pin, by: colleague) == .failure(.noteNotFound(note.id)))
    }

    @Test func `what changes nothing is no event`() throws {
        let same = change { ($0.type, $0.visibility, $0.isPinned) = (.general, .private, false) }
        #expect(try outcome(same, by: author) == .success([]))
    }

    @Test func `only admins write for others, and only for keys that stand`() throws {
        var foreign = NoteAdded(id: .number(2), type: .general, text: "For somebody.", author: "key_b")
        let byStaff = try outcome(.addNote(Sample.ana, foreign), by: author)
        #expect(byStaff == .failure(.invalid(field: "author", reason: "must be key_a, who the API key is")))
        let unknown = try outcome(.addNote(Sample.ana, foreign), by: .admin)
        #expect(
            unknown == .failure(.invalid(field: "author", reason: "must be the id of an API key that is not revoked"))
        )
        foreign.author = "key_a"
        let own = NoteAdded(id: .number(2), type: .general, text: "For somebody.")
        #expect(try outcome(.addNote(Sample.ana, foreign), by: author) == .success([.noteAdded(own)]))
    }
}
