public import CustomerDomain
import CustomerProjections
public import CustomerRecords

// Events as JSON, with the identifiers of the customers, groups and segments they name.
extension Organization {
    /// The names of all event types: `CustomerCreated`.
    public static let eventNames = EventType.names

    /// The types of these names; what is none is left out.
    public static func eventTypes(named names: [String]) -> Set<EventType> {
        Set(names.compactMap { EventType(name: $0) })
    }

    /// The name of an event's type.
    public static func name(of event: Event) -> String { event.name }

    /// What events say, as one JSON object in UTF-8 for each.
    public func describe(_ events: [RecordedEvent]) -> [[UInt8]] {
        peek { state, _ in
            events.map { recorded in
                let description = EventDescription(
                    customerID: { [ids = Self.customers(in: recorded.event, state)] in ids[$0] },
                    groupID: { [id = Self.group(in: recorded.event, state)] _ in id },
                    segmentID: { [id = Self.segment(in: recorded.event, state)] _ in id }
                )
                var bytes: [UInt8] = []
                description.appendJSON(dataOf: recorded.event, into: &bytes)
                return bytes
            }
        }
    }

    /// The customers that an event names besides its own.
    private static func customers(
        in event: Event,
        _ state: borrowing OrganizationState
    ) -> [CustomerOrdinal: CustomerID] {
        let named: [CustomerOrdinal] =
            switch event {
            case .customersMerged(let merged, _), .customersUnmerged(let merged): [merged]
            case .orderMovedAway(let moved): [moved.to]
            case .orderMoved(let moved): [moved.from]
            case .personalDataRead(let read): read.customers
            default: []
            }
        var ids: [CustomerOrdinal: CustomerID] = [:]
        for customer in named { ids[customer] = state.standing(of: customer).id }
        return ids
    }

    private static func segment(in event: Event, _ state: borrowing OrganizationState) -> SegmentID? {
        switch event {
        case .segmentChanged(let segment, _), .segmentRemoved(let segment), .segmentEntered(let segment),
            .segmentLeft(let segment):
            state.segmentView(segment).id
        default: nil
        }
    }

    private static func group(in event: Event, _ state: borrowing OrganizationState) -> GroupID? {
        event.membership.map { state.groupView($0.group).id }
    }
}
