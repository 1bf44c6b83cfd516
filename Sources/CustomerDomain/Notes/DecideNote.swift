extension Decision {
    /// The author is who the actor is; only admins write for others.
    func addNote(_ note: NoteAdded, to id: CustomerID) throws(Rejection) -> [Decided] {
        let subject = try subject(id)
        try check(note.text, "text", Limits.note, .paragraphs)
        if facts.note(note.id) != nil { throw .invalid(field: "id", reason: "is already in use") }
        var note = note
        if note.author == actor.id { note.author = nil }
        if let author = note.author {
            guard actor.isAdmin else {
                throw .invalid(field: "author", reason: "must be \(actor.id), who the API key is")
            }
            guard let key = APIKeyID(author), facts.apiKey(key) != nil else {
                throw .invalid(field: "author", reason: "must be the id of an API key that is not revoked")
            }
        }
        return subject.events([.noteAdded(note)])
    }

    /// Who may see a note may pin it; only its author and admins change anything else.
    func changeNote(_ change: NoteChanged, of id: CustomerID) throws(Rejection) -> [Decided] {
        let subject = try subject(id)
        let note = try visibleNote(change.id, of: subject.ordinal)
        try check(change.text, "text", Limits.note, .paragraphs)
        var change = change
        if change.type == note.type { change.type = nil }
        if change.visibility == note.visibility { change.visibility = nil }
        if change.isPinned == note.isPinned { change.isPinned = nil }
        if change == NoteChanged(id: change.id) { return [] }
        if change != NoteChanged(id: change.id, isPinned: change.isPinned) { try checkIsOwn(note, change.id) }
        return subject.events([.noteChanged(change)])
    }

    func removeNote(_ note: NoteID, of id: CustomerID) throws(Rejection) -> [Decided] {
        let subject = try subject(id)
        try checkIsOwn(try visibleNote(note, of: subject.ordinal), note)
        return subject.events([.noteRemoved(NoteRemoved(id: note))])
    }

    /// A note that is not removed, and that the actor may see: others are as if they were not there.
    private func visibleNote(_ id: NoteID, of customer: CustomerOrdinal) throws(Rejection) -> NoteStanding {
        guard let note = facts.note(id), facts.hasNote(id, customer), !note.isRemoved, note.isVisible(to: actor) else {
            throw .noteNotFound(id)
        }
        return note
    }

    private func checkIsOwn(_ note: NoteStanding, _ id: NoteID) throws(Rejection) {
        guard actor.isAdmin || note.author == actor.id else { throw .noteOfAnother(id) }
    }
}
