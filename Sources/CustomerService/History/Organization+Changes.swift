public import CustomerDomain
import CustomerProjections
import EventSourcing

extension Organization {
    /// What each of these events changed, field by field, before and after.
    ///
    /// Replays the histories of their customers up to the latest of them, each once: it costs time in proportion to these.
    ///
    /// - Parameter events: Durable events, in any order.
    /// - Returns: For each its changes; none for events of the organization itself.
    /// - Throws: ``EventSearchError/unreadable(_:)``.
    public func changes(of events: [RecordedEvent]) throws(EventSearchError) -> [[FieldChange]] {
        do {
            var changes: [SequenceNumber: [FieldChange]] = [:]
            for (customer, events) in Dictionary(grouping: events, by: \.customer) {
                guard let customer, let last = events.map(\.sequence).max() else { continue }
                let wanted = Set(events.map(\.sequence))
                var replay = try customerReplay()
                try visitHistory(of: customer, through: last) { event in
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

    private func customerReplay() throws -> CustomerReplay {
        let (settings, program, groups, segments) = peek { state, _ in
            (
                state.settings, state.loyaltyProgram,
                (0..<state.groupCount)
                    .map { number in
                        let group = state.groupView(GroupOrdinal(UInt32(number)))
                        return GroupCreated(id: group.id, name: group.name, description: group.description)
                    },
                (0..<state.segmentCount)
                    .map { number in
                        let segment = state.segmentView(SegmentOrdinal(UInt32(number)))
                        return SegmentDefined(id: segment.id, key: segment.key, terms: segment.terms)
                    }
            )
        }
        return try CustomerReplay(settings, program, groups, segments)
    }

    /// Visits what happened to a customer, to those who were ever merged into it, and to those into whom it was, oldest first.
    private func visitHistory(
        of customer: CustomerOrdinal,
        through last: SequenceNumber,
        _ visit: (RecordedEvent) throws -> Void
    ) throws {
        var (customers, rest) = ([customer] as Set, [customer])
        var all: [SequenceNumber: RecordedEvent] = [:]
        while let next = rest.popLast() {
            for sequence in history(of: next).events where sequence <= last && all[sequence] == nil {
                all[sequence] = try event(sequence)
            }
            for event in all.values where event.customer == next {
                guard case .customersMerged(let merged, _) = event.event, customers.insert(merged).inserted else {
                    continue
                }
                rest.append(merged)
            }
            for survivor in peek({ state, _ in state.formerSurvivors(of: next) })
            where customers.insert(survivor).inserted {
                rest.append(survivor)
            }
        }
        for event in all.values.sorted(by: { $0.sequence < $1.sequence }) {
            if let customer = event.customer, customers.contains(customer) { try visit(event) }
        }
    }
}

extension CustomerReplay {
    fileprivate func fields(of event: RecordedEvent) -> FieldList {
        guard let customer = event.customer.flatMap({ ordinal(of: $0) }) else { return FieldList() }
        return FieldList(of: customer, order: event.event.orderNumber, in: state)
    }
}
