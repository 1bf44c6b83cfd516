import CustomerDomain
import CustomerProjections
import CustomerService
import EventSourcing

extension PersonData {
    /// Everything, as one JSON document; each part as the API answers it.
    var json: [UInt8] {
        var writer = JSONWriter(capacity: 1 << 16)
        writer.beginObject()
        writer.field("format", 1)
        writer.field("createdAt", time)
        list("customers", profiles, &writer) { $0.value($1) }
        list("orders", orders, &writer) { $0.value($1) }
        list("refunds", refunds, &writer) { $0.value($1.1, at: $1.0) }
        list("notes", notes, &writer) { writer, note in
            writer.beginObject()
            writer.field("id", note.added.id)
            writer.field("type", note.added.type.name)
            writer.field("text", note.added.text)
            writer.field("author", note.author)
            writer.field("visibility", note.added.visibility.name)
            writer.field("pinned", note.added.isPinned)
            writer.field("createdAt", note.at)
            writer.field("updatedAt", note.changedAt)
            writer.endObject()
        }
        writer.key("loyalty")
        if let loyalty { writer.value(loyalty) } else { writer.null() }
        list("points", points, &writer) { $0.value($1, event($1.sequence)) }
        list("storeCredit", credit.compactMap { line in event(line.sequence).map { (line, $0) } }, &writer) {
            $0.value($1.0, $1.1)
        }
        list("consents", consents, &writer) { $0.value($1.0, $1.1) }
        list("dataRequests", requests, &writer) { $0.value($1, $1.events.compactMap { event($0) }) }
        list("events", Array(zip(events, descriptions)), &writer) { $0.value($1.0, data: $1.1) }
        writer.endObject()
        return writer.bytes
    }

    private func list<Element>(
        _ key: StaticString,
        _ elements: [Element],
        _ writer: inout JSONWriter,
        _ write: (inout JSONWriter, Element) -> Void
    ) {
        writer.key(key)
        writer.beginArray()
        for element in elements { write(&writer, element) }
        writer.endArray()
    }

    /// The refunds, those that name no order, too.
    var refunds: [(RecordedEvent, Refund)] {
        events.compactMap { event in
            if case .refundRecorded(let refund) = event.event { (event, refund) } else { nil }
        }
    }

    /// The notes as they stand, private ones, too; those that were removed are among the events.
    var notes: [(added: NoteAdded, author: String, at: Timestamp, changedAt: Timestamp?)] {
        var notes: [(added: NoteAdded, author: String, at: Timestamp, changedAt: Timestamp?)] = []
        for event in events {
            switch event.event {
            case .noteAdded(let note): notes.append((note, note.author ?? event.actor, event.occurredAt, nil))
            case .noteChanged(let change):
                for index in notes.indices where notes[index].added.id == change.id {
                    notes[index].added.type = change.type ?? notes[index].added.type
                    notes[index].added.text = change.text ?? notes[index].added.text
                    notes[index].added.visibility = change.visibility ?? notes[index].added.visibility
                    notes[index].added.isPinned = change.isPinned ?? notes[index].added.isPinned
                    notes[index].changedAt = event.occurredAt
                }
            case .noteRemoved(let removed): notes.removeAll { $0.added.id == removed.id }
            default: break
            }
        }
        return notes
    }

    /// The ledger of consents.
    var consents: [(RecordedEvent, ConsentChanged)] {
        events.compactMap { event in
            if case .consentChanged(let change) = event.event { (event, change) } else { nil }
        }
    }
}
