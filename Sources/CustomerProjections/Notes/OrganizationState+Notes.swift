public import CustomerDomain
import EventSourcing

extension OrganizationState {
    mutating func applyToNotes(_ event: Event, _ record: RecordView, _ row: Int) {
        switch event {
        case .noteAdded(let note):
            let author = note.author ?? record.actor.map { String($0) } ?? ""
            notes.append(
                NoteTable.Row(
                    id: note.id,
                    type: note.type,
                    author: actors.insert(author),
                    at: record.occurredAt.microseconds,
                    sequence: record.sequence.value,
                    visibility: note.visibility,
                    isPinned: note.isPinned,
                    textSequence: record.sequence.value
                ),
                customer: row
            )
        case .noteChanged(let change):
            notes.change(change.id) { note in
                note.type = change.type ?? note.type
                note.visibility = change.visibility ?? note.visibility
                note.isPinned = change.isPinned ?? note.isPinned
                if change.text != nil { note.textSequence = record.sequence.value }
                note.updatedAt = record.occurredAt.microseconds
            }
        case .noteRemoved(let removed): notes.change(removed.id) { $0.isRemoved = true }
        default: break
        }
    }

    /// The note of this identifier, removed or not.
    public func note(_ id: NoteID) -> NoteStanding? {
        notes.row(id).map { standing(of: notes.rows[Int($0)]) }
    }

    /// Whether the note is among the customer's, or those of somebody for whom it answers.
    public func hasNote(_ id: NoteID, _ customer: CustomerOrdinal) -> Bool {
        notes.row(id).map { notes.rows(of: customer.index).contains($0) } ?? false
    }

    /// How many notes a customer has that were not removed.
    func noteCount(of row: Int) -> Int { notes.rows(of: row).count { !notes.rows[Int($0)].isRemoved } }

    /// A note of a customer that was not removed, and that somebody may see.
    ///
    /// - Throws: ``Rejection/noteNotFound(_:)``.
    public func note(
        _ id: NoteID,
        of customer: CustomerOrdinal,
        for reader: Actor
    ) throws(Rejection) -> NoteReference {
        guard let row = notes.row(id), hasNote(id, customer), isShown(notes.rows[Int(row)], to: reader) else {
            throw .noteNotFound(id)
        }
        return reference(row)
    }

    /// Whether somebody may see what an event says of a note; also of one that was removed.
    public func isVisible(_ event: Event, to reader: Actor) -> Bool {
        event.changedNote.flatMap { note($0) }?.isVisible(to: reader) ?? true
    }

    /// Notes of a customer.
    ///
    /// Costs time in proportion to the customer's notes.
    public func notes(of customer: CustomerOrdinal, _ query: NoteQuery) throws(QueryError) -> NotePage {
        let rows = notes.rows(of: customer.index)
            .filter { row in
                let note = notes.rows[Int(row)]
                return isShown(note, to: query.reader) && query.type.map { note.type == $0 } ?? true
            }
            .sorted { isBefore($0, $1) }
        var print = Fingerprint()
        print.add(query.type?.rawValue ?? 0)
        print.add(query.reader.id)
        // Cursors name a note, so that those which come later repeat none.
        var page = query.page
        if case .cursor(let text?, let limit) = page {
            let cursor = try Cursor(text, fingerprint: print.value, keyCount: 1)
            guard case .number(let pinned) = cursor.values[0] else { throw .malformedCursor }
            let next = rows.firstIndex { row in
                let note = notes.rows[Int(row)]
                return note.isPinned == (pinned != 0) ? row < cursor.row : pinned != 0
            }
            page = .offset(limit: limit, offset: next ?? rows.count)
        }
        var answer = try places(rows.count, page, kind: 0).map { rows[$0] }
        if answer.hasMore, let last = answer.elements.last {
            let pinned = Cursor.Value.number(notes.rows[Int(last)].isPinned ? 1 : 0)
            answer.nextCursor = Cursor(fingerprint: print.value, values: [pinned], row: last).text
        }
        return answer.map { reference($0) }
    }

    private func isBefore(_ one: UInt32, _ other: UInt32) -> Bool {
        let (first, second) = (notes.rows[Int(one)].isPinned, notes.rows[Int(other)].isPinned)
        return first == second ? one > other : first
    }

    private func isShown(_ note: NoteTable.Row, to reader: Actor) -> Bool {
        !note.isRemoved && standing(of: note).isVisible(to: reader)
    }

    private func standing(of note: NoteTable.Row) -> NoteStanding {
        NoteStanding(
            author: actors[note.author],
            type: note.type,
            visibility: note.visibility,
            isPinned: note.isPinned,
            isRemoved: note.isRemoved
        )
    }

    private func reference(_ row: UInt32) -> NoteReference {
        let note = notes.rows[Int(row)]
        return NoteReference(
            id: note.id,
            type: note.type,
            author: actors[note.author],
            at: Timestamp(microseconds: note.at),
            sequence: SequenceNumber(note.sequence),
            textSequence: SequenceNumber(note.textSequence),
            visibility: note.visibility,
            isPinned: note.isPinned,
            updatedAt: note.updatedAt == noTime ? nil : Timestamp(microseconds: note.updatedAt)
        )
    }
}
