extension Decision {
    func addNote(_ note: NoteAdded, to id: CustomerID) throws(Rejection) -> [Decided] {
        let subject = try subject(id)
        try check(note.text, "text", Limits.note, .paragraphs)
        return subject.events([.noteAdded(note)])
    }
}
