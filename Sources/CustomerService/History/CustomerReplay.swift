import CustomerDomain
import CustomerProjections
import CustomerRecords
import EventSourcing

/// A replay of the events of some customers alone, so that it costs what they cost and not what the organization does.
///
/// Customers get ordinals of their own in the order in which they come.
struct CustomerReplay {
    private(set) var state = OrganizationState()
    private let codec = RecordCodec()
    private var ordinals = OrdinalMap(mapsGroups: false)
    private var bytes: [UInt8] = []

    /// The customer's ordinal here; `nil` before it was created.
    func ordinal(of customer: CustomerOrdinal) -> CustomerOrdinal? { ordinals.customer(customer) }

    /// Applies the next event of one of the customers, or of what customers refer to, as its record is: others refer to it by its sequence.
    ///
    /// An event about somebody who is not there changes nothing.
    mutating func apply(_ event: RecordedEvent) throws {
        var event = event
        if case .customerCreated = event.event, let customer = event.customer {
            ordinals.add(customer)
        }
        if let customer = event.customer {
            guard let own = ordinals.customer(customer) else { return }
            event.customer = own
        }
        guard let mapped = ordinals.event(event.event) else { return }
        event.event = mapped
        event.idempotency = nil
        bytes.removeAll(keepingCapacity: true)
        codec.encode(event, into: &bytes)
        state.apply(try codec.view(bytes.span.bytes, sequence: event.sequence))
    }
}
