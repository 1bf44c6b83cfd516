public import EventSourcing

extension OrganizationModel {
    /// Records what was decided as the service does it, and applies it: the next sequences, and each customer's next
    /// versions.
    ///
    /// - Parameters:
    ///   - decided: The events, in order.
    ///   - recordedAt: When the log takes them.
    ///   - occurredAt: When they happened; `nil` for the same time.
    ///   - actor: Who did it.
    /// - Returns: The events in their places.
    @discardableResult
    public mutating func record(
        _ decided: [Decided],
        recordedAt: Timestamp,
        occurredAt: Timestamp? = nil,
        actor: String
    ) -> [RecordedEvent] {
        var recorded: [RecordedEvent] = []
        for decided in decided {
            let version = decided.customer.map { $0.index < customers.count ? customers[$0.index].version + 1 : 1 }
            let event = RecordedEvent(
                sequence: head.next,
                recordedAt: recordedAt,
                occurredAt: occurredAt ?? recordedAt,
                actor: actor,
                customer: decided.customer,
                customerVersion: version ?? 0,
                event: decided.event
            )
            apply(event)
            recorded.append(event)
        }
        return recorded
    }
}
