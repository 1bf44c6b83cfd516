import CustomerDomain
import CustomerRecords
import EventSourcing

/// Events as lines on standard output, for people or as JSON.
struct EventLines {
    private let isJSON: Bool
    private var buffer: [UInt8] = []

    init(isJSON: Bool) {
        self.isJSON = isJSON
    }

    mutating func add(_ event: RecordedEvent, customer: CustomerID?) {
        buffer += (isJSON ? json(event, customer) : text(event, customer)).utf8
        buffer.append(UInt8(ascii: "\n"))
        if buffer.count >= 1 << 16 { flush() }
    }

    /// Writes what is left.
    mutating func flush() {
        standardOutput.write(buffer)
        buffer.removeAll(keepingCapacity: true)
    }

    private func json(_ event: RecordedEvent, _ customer: CustomerID?) -> String {
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

    private func text(_ event: RecordedEvent, _ customer: CustomerID?) -> String {
        let place = "\(event.sequence)  \(event.recordedAt.rfc3339)  \(event.event.name)  \(event.actor)"
        return "\(place)  \(customer?.description ?? "-")  \(event.event.json)"
    }
}
