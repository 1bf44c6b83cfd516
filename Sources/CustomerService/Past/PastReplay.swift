import CustomerDomain
import CustomerProjections
import CustomerRecords
import EventSourcing

/// A replay for somebody who asks today how it was: without the personal data of those who were erased since, and, if asked
/// for, without what had not happened in the business by then.
struct PastReplay {
    private(set) var state: OrganizationState
    private let codec: RecordCodec
    private let erased: ErasedCustomers
    private let happened: Timestamp?
    /// Only when events are left out, customers and groups among them.
    private var ordinals: OrdinalMap
    private var groupCount: UInt32 = 0
    private var segmentCount: UInt32 = 0
    private var room: [UInt8] = []

    /// A replay that goes on with a state.
    ///
    /// - Parameters:
    ///   - state: The state; an empty one when `happened` is given.
    ///   - codec: Reads the records.
    ///   - erased: Who was erased until now.
    ///   - happened: Until when events count by their business time; `nil` for whenever they happened.
    init(_ state: OrganizationState, _ codec: RecordCodec, erased: ErasedCustomers, happened: Timestamp?) {
        self.state = state
        self.codec = codec
        self.erased = erased
        self.happened = happened
        ordinals = OrdinalMap(mapsGroups: true)
        self.state.beginReplay()
    }

    /// Takes in the next record.
    mutating func apply(_ body: RawSpan, sequence: SequenceNumber) throws(RecordError) {
        var isOfErased = false
        var room: [UInt8] = []
        swap(&room, &self.room)
        try codec.withView(body, sequence: sequence, room: &room) { record in
            if record.customer.map({ erased.contains($0) }) ?? false {
                isOfErased = true
            } else {
                apply(record)
            }
        }
        swap(&room, &self.room)
        guard isOfErased else { return }
        var event = try codec.decode(body, sequence: sequence)
        event.event = event.event.withoutPersonalData
        var bytes: [UInt8] = []
        codec.encode(event, into: &bytes)
        apply(try codec.view(bytes.span.bytes, sequence: sequence))
    }

    /// The state, once all records were taken in.
    consuming func finish() -> OrganizationState {
        state.finishReplay()
        return state
    }

    private mutating func apply(_ record: RecordView) {
        guard let happened else { return state.apply(record) }
        var newGroup: GroupOrdinal?
        if case .other(.groupCreated) = record.event {
            newGroup = GroupOrdinal(groupCount)
            groupCount += 1
        }
        var newSegment: SegmentOrdinal?
        if case .other(.segmentDefined) = record.event {
            newSegment = SegmentOrdinal(segmentCount)
            segmentCount += 1
        }
        guard record.occurredAt <= happened else { return }
        if let newSegment { ordinals.add(newSegment) }
        if let newGroup { ordinals.add(newGroup) }
        if case .customerCreated = record.event, let customer = record.customer { ordinals.add(customer) }
        var record = record
        if let customer = record.customer {
            // Who had not come to be had nothing happen to them.
            guard let own = ordinals.customer(customer) else { return }
            record.customer = own
        }
        switch record.event {
        case .groupJoined(let group):
            guard let own = ordinals.group(group) else { return }
            record.event = .groupJoined(own)
        case .other(let event):
            guard let own = ordinals.event(event) else { return }
            record.event = .other(own)
        default: break
        }
        state.apply(record)
    }
}
