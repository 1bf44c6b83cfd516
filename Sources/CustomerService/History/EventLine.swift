package import CustomerDomain
import CustomerRecords
import EventSourcing

/// An event as one line, for people or for programs.
package enum EventLine {
    /// As a JSON object, whose members never go away.
    package static func json(_ event: RecordedEvent, customer: CustomerID?) -> String {
        var object = JSONText()
        object.add("sequence", event.sequence.value)
        object.add("recordedAt", event.recordedAt.rfc3339)
        object.add("occurredAt", event.occurredAt.rfc3339)
        object.add("type", event.event.name)
        object.add("actor", event.actor)
        object.add("customer", customer?.description)
        object.addRaw("data", event.event.json)
        return object.closed
    }

    /// As text.
    package static func text(_ event: RecordedEvent, customer: CustomerID?) -> String {
        let place = "\(event.sequence)  \(event.recordedAt.rfc3339)  \(event.event.name)  \(event.actor)"
        return "\(place)  \(customer?.description ?? "-")  \(event.event.json)"
    }
}
