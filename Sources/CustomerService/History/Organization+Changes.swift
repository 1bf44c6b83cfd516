public import CustomerDomain
import CustomerProjections
import EventSourcing

extension Organization {
    /// What each of these events changed, field by field, before and after.
    ///
    /// Replays the histories of their customers up to the latest of them, each once: it costs time in proportion to these,
    /// and to how often groups, segments and the like were defined.
    ///
    /// - Parameter events: Durable events, in any order.
    /// - Returns: For each its changes; none for events of the organization itself.
    /// - Throws: ``EventSearchError/unreadable(_:)``.
    public func changes(of events: [RecordedEvent]) throws(EventSearchError) -> [[FieldChange]] {
        do {
            var changes: [SequenceNumber: [FieldChange]] = [:]
            let latest = events.filter { $0.customer != nil }.map(\.sequence).max() ?? .none
            let definitions = try peek { state, _ in state.definitionEvents.prefix { $0 <= latest } }
                .compactMap { try event($0) }
            for (customer, events) in Dictionary(grouping: events, by: \.customer) {
                guard let customer, let last = events.map(\.sequence).max() else { continue }
                let wanted = Set(events.map(\.sequence))
                var replay = CustomerReplay()
                try visitHistory(of: customer, through: last, definitions) { event in
                    let isWanted = wanted.contains(event.sequence)
                    let before = isWanted ? replay.fields(of: event) : FieldList()
                    try replay.apply(event)
                    if isWanted { changes[event.sequence] = replay.fields(of: event).changes(since: before) }
                }
            }
            return events.map { changes[$0.sequence] ?? [] }
        } catch {
            throw .unreadable(String(describing: error))
        }
    }

    /// Visits definitions and what happened to a customer, to those who were ever merged into it, and to those into whom it was, oldest
    /// first.
    private func visitHistory(
        of customer: CustomerOrdinal,
        through last: SequenceNumber,
        _ definitions: [RecordedEvent],
        _ visit: (RecordedEvent) throws -> Void
    ) throws {
        var (customers, rest) = ([customer] as Set, [customer])
        var all: [SequenceNumber: RecordedEvent] = [:]
        while let next = rest.popLast() {
            for sequence in history(of: next).events where sequence <= last && all[sequence] == nil {
                all[sequence] = try event(sequence)
            }
            for event in all.values where event.customer == next {
                guard let other = event.event.otherCustomer, customers.insert(other).inserted else { continue }
                rest.append(other)
            }
            for survivor in peek({ state, _ in state.formerSurvivors(of: next) })
            where customers.insert(survivor).inserted {
                rest.append(survivor)
            }
        }
        for definition in definitions where definition.sequence <= last { all[definition.sequence] = definition }
        for event in all.values.sorted(by: { $0.sequence < $1.sequence }) {
            if event.customer.map(customers.contains) ?? true { try visit(event) }
        }
    }
}

extension Event {
    /// Whose history goes with that of the event's customer: who was merged, who had an order, or has it now.
    fileprivate var otherCustomer: CustomerOrdinal? {
        switch self {
        case .customersMerged(let merged, _): merged
        case .orderMovedAway(let moved): moved.to
        case .orderMoved(let moved): moved.from
        default: nil
        }
    }
}

extension CustomerReplay {
    fileprivate func fields(of event: RecordedEvent) -> FieldList {
        guard let customer = event.customer.flatMap({ ordinal(of: $0) }) else { return FieldList() }
        return FieldList(of: customer, about: event.event, in: state)
    }
}
