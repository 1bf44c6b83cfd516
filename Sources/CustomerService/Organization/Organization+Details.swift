public import CustomerDomain
import CustomerProjections
import CustomerRecords
public import EventSourcing

// Cold detail: order lines, note texts, history. It stays in the log and is read by sequence number.
extension Organization {
    /// The durable event `sequence`, without the personal data of people who were erased; `nil` beyond the head.
    ///
    /// Cost: one look-up and one bounded decode in the log.
    public func event(_ sequence: SequenceNumber) throws(CommandError) -> RecordedEvent? {
        try events(from: sequence, through: sequence).first
    }

    /// The durable events of a range, in order, without the personal data of people who were erased.
    public func events(
        from first: SequenceNumber,
        through last: SequenceNumber
    ) throws(CommandError) -> [RecordedEvent] {
        var events: [RecordedEvent] = []
        do {
            try log.read(from: first, through: last) { sequence, body in
                events.append(try codec.decode(body, sequence: sequence))
                return true
            }
        } catch {
            throw .unreadable(String(describing: error))
        }
        return peek { state, _ in
            events.map { $0.withoutPersonalData(where: { state.standing(of: $0).status == .erased }) }
        }
    }
}

extension Organization {
    /// The customers of the durable events of a range.
    public func customers(
        from first: SequenceNumber,
        through last: SequenceNumber
    ) throws(CommandError) -> [CustomerID] {
        let ordinals = Set(try events(from: first, through: last).compactMap(\.customer))
        return peek { state, _ in ordinals.map { state.standing(of: $0).id } }
    }
}

extension RecordedEvent {
    /// This event, without personal data when its customer is one of those who were erased.
    func withoutPersonalData(where isErased: (CustomerOrdinal) -> Bool) -> RecordedEvent {
        guard let customer, isErased(customer) else { return self }
        var event = self
        event.event = self.event.withoutPersonalData
        return event
    }
}
