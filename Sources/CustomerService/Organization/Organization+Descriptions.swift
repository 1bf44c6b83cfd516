public import CustomerDomain
import CustomerProjections
public import CustomerRecords

// Events as JSON, with the identifiers of the customers and groups they name.
extension Organization {
    /// The names of all event types: `CustomerCreated`.
    public static let eventNames = EventType.allCases.map(\.name)

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
                    customerID: { [id = Self.mergedCustomer(in: recorded.event, state)] _ in id },
                    groupID: { [id = Self.group(in: recorded.event, state)] _ in id }
                )
                var bytes: [UInt8] = []
                description.appendJSON(dataOf: recorded.event, into: &bytes)
                return bytes
            }
        }
    }

    private static func mergedCustomer(in event: Event, _ state: borrowing OrganizationState) -> CustomerID? {
        switch event {
        case .customersMerged(let merged, _), .customersUnmerged(let merged): state.standing(of: merged).id
        default: nil
        }
    }

    private static func group(in event: Event, _ state: borrowing OrganizationState) -> GroupID? {
        switch event {
        case .groupJoined(let group), .groupLeft(let group): state.groupView(group).id
        default: nil
        }
    }
}
