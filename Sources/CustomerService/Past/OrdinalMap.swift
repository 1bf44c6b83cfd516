import CustomerDomain

/// Ordinals for some of an organization's customers, groups and segments, dense in the order in which they come.
struct OrdinalMap {
    private var customers: [UInt32: UInt32] = [:]
    private var groups: [UInt32: UInt32] = [:]
    private var segments: [UInt32: UInt32] = [:]
    private let mapsGroups: Bool

    /// A map of nobody yet.
    ///
    /// - Parameter mapsGroups: Whether groups and segments get ordinals of their own, too; otherwise theirs stay.
    init(mapsGroups: Bool) {
        self.mapsGroups = mapsGroups
    }

    /// The own ordinal of a customer; `nil` for one who did not come.
    func customer(_ ordinal: CustomerOrdinal) -> CustomerOrdinal? {
        customers[ordinal.value].map { CustomerOrdinal($0) }
    }

    /// The own ordinal of a group; `nil` for one that did not come.
    func group(_ ordinal: GroupOrdinal) -> GroupOrdinal? {
        mapsGroups ? groups[ordinal.value].map { GroupOrdinal($0) } : ordinal
    }

    /// The own ordinal of a segment; `nil` for one that did not come.
    func segment(_ ordinal: SegmentOrdinal) -> SegmentOrdinal? {
        mapsGroups ? segments[ordinal.value].map { SegmentOrdinal($0) } : ordinal
    }

    /// Gives the next ordinal to a segment.
    mutating func add(_ segment: SegmentOrdinal) { segments[segment.value] = UInt32(segments.count) }

    /// Gives the next ordinal to a customer.
    mutating func add(_ customer: CustomerOrdinal) { customers[customer.value] = UInt32(customers.count) }

    /// Gives the next ordinal to a group.
    mutating func add(_ group: GroupOrdinal) { groups[group.value] = UInt32(groups.count) }

    /// The event in these ordinals; `nil` when it names somebody who did not come.
    func event(_ event: Event) -> Event? {
        switch event {
        case .customersMerged(let merged, let terms):
            customer(merged).map { .customersMerged(merged: $0, terms: terms) }
        case .customersUnmerged(let merged): customer(merged).map { .customersUnmerged(merged: $0) }
        case .orderMovedAway(let moved):
            customer(moved.to)
                .map { .orderMovedAway(OrderMovedAway(number: moved.number, to: $0, reason: moved.reason)) }
        case .orderMoved(let moved):
            customer(moved.from).map { .orderMoved(OrderMoved(number: moved.number, from: $0, reason: moved.reason)) }
        case .groupJoined(let group): self.group(group).map { .groupJoined($0) }
        case .groupLeft(let group): self.group(group).map { .groupLeft($0) }
        case .segmentChanged(let segment, let terms): self.segment(segment).map { .segmentChanged($0, terms) }
        case .segmentRemoved(let segment): self.segment(segment).map { .segmentRemoved($0) }
        case .segmentEntered(let segment): self.segment(segment).map { .segmentEntered($0) }
        case .segmentLeft(let segment): self.segment(segment).map { .segmentLeft($0) }
        case .membershipChanged(let change):
            group(change.group)
                .map { .membershipChanged(MembershipChanged(group: $0, joins: change.joins, reason: change.reason)) }
        case .personalDataRead(let read):
            .personalDataRead(PersonalDataRead(kind: read.kind, customers: read.customers.compactMap { customer($0) }))
        default: event
        }
    }
}
