import CustomerDomain
import CustomerProjections
import CustomerRecords
import EventSourcing

/// A replay of the events of some customers alone, so that it costs what they cost and not what the organization does.
///
/// Customers get ordinals of their own in the order in which they come; what the organization is besides them (settings, programme,
/// groups) is taken as it is at the beginning.
struct CustomerReplay {
    private(set) var state = OrganizationState()
    private let codec = RecordCodec()
    private var ordinals = OrdinalMap(mapsGroups: false)
    private var bytes: [UInt8] = []

    /// A replay in an organization of these settings, programme, groups and segments.
    init(
        _ settings: OrganizationSettings,
        _ program: LoyaltyProgram?,
        _ groups: [GroupCreated],
        _ segments: [SegmentDefined]
    ) throws {
        try apply(RecordedEvent(beforeAll: .organizationConfigured(settings)))
        for group in groups { try apply(RecordedEvent(beforeAll: .groupCreated(group))) }
        for segment in segments { try apply(RecordedEvent(beforeAll: .segmentDefined(segment))) }
        if let program { try apply(RecordedEvent(beforeAll: .loyaltyProgramConfigured(program))) }
    }

    /// The customer's ordinal here; `nil` before it was created.
    func ordinal(of customer: CustomerOrdinal) -> CustomerOrdinal? { ordinals.customer(customer) }

    /// Applies the next event of one of the customers, as its record is.
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
        event.sequence = state.head.advanced(by: 1)
        event.idempotency = nil
        bytes.removeAll(keepingCapacity: true)
        codec.encode(event, into: &bytes)
        state.apply(try codec.view(bytes.span.bytes, sequence: event.sequence))
    }
}

extension RecordedEvent {
    /// An event of the organization before everything that is replayed.
    fileprivate init(beforeAll event: Event) {
        let time = Timestamp(microseconds: 0)
        self.init(sequence: .none, recordedAt: time, occurredAt: time, actor: "", event: event)
    }
}
