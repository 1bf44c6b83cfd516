package import CustomerDomain
import CustomerRecords
import EventSourcing

/// An event as one line, for people or for programs.
package enum EventLine {
    /// As a JSON object, whose members never go away.
    ///
    /// - Parameters:
    ///   - event: The event.
    ///   - customer: Its customer.
    ///   - changes: What it changed; `nil` to leave that out.
    /// - Returns: The line.
    package static func json(
        _ event: RecordedEvent,
        customer: CustomerID?,
        changes: [FieldChange]? = nil
    ) -> String {
        var object = JSONText()
        object.add("sequence", event.sequence.value)
        object.add("recordedAt", event.recordedAt.rfc3339)
        object.add("occurredAt", event.occurredAt.rfc3339)
        object.add("type", event.event.name)
        object.add("actor", event.actor)
        if let origin = event.origin { object.add("origin", origin) }
        object.add("customer", customer?.description)
        object.addRaw("data", event.event.json)
        if let changes { object.addRaw("changes", json(changes)) }
        return object.closed
    }

    /// Changes as a JSON array.
    package static func json(_ changes: [FieldChange]) -> String {
        let objects = changes.map { change in
            var object = JSONText()
            object.add("field", change.field)
            object.addRaw("before", change.before?.json ?? "null")
            object.addRaw("after", change.after?.json ?? "null")
            return object.closed
        }
        return "[" + objects.joined(separator: ",") + "]"
    }

    /// As text; changes follow, each on a line of its own.
    package static func text(
        _ event: RecordedEvent,
        customer: CustomerID?,
        changes: [FieldChange]? = nil
    ) -> String {
        let place = "\(event.sequence)  \(event.recordedAt.rfc3339)  \(event.event.name)  \(event.actor)"
        let lines = (changes ?? [])
            .map { "\n    \($0.field)  \($0.before.map { "\($0)" } ?? "-")  →  \($0.after.map { "\($0)" } ?? "-")" }
        return "\(place)  \(customer?.description ?? "-")  \(event.event.json)" + lines.joined()
    }
}
