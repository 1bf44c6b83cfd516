extension OrganizationModel {
    mutating func applyToSegments(_ recorded: RecordedEvent) {
        switch recorded.event {
        case .segmentDefined(let defined):
            segments.append(
                Segment(
                    id: defined.id,
                    key: defined.key,
                    terms: defined.terms,
                    createdAt: recorded.occurredAt,
                    updatedAt: recorded.occurredAt
                )
            )
        case .segmentChanged(let segment, let terms):
            edit(segment) { segment in
                segment.terms = terms
                segment.updatedAt = max(segment.updatedAt, recorded.occurredAt)
                if !terms.tracksMembership { segment.recorded = [] }
            }
        case .segmentRemoved(let segment):
            edit(segment) { segment in
                segment.isRemoved = true
                segment.recorded = []
            }
        case .segmentEntered(let segment):
            if let customer = known(recorded.customer) { edit(segment) { $0.recorded.insert(customer) } }
        case .segmentLeft(let segment):
            if let customer = known(recorded.customer) { edit(segment) { $0.recorded.remove(customer) } }
        default: break
        }
    }

    private func known(_ customer: CustomerOrdinal?) -> CustomerOrdinal? {
        customer.flatMap { customers.indices.contains($0.index) ? $0 : nil }
    }

    /// Changes a segment that stands.
    private mutating func edit(_ segment: SegmentOrdinal, _ edit: (inout Segment) -> Void) {
        guard segments.indices.contains(segment.index), !segments[segment.index].isRemoved else { return }
        edit(&segments[segment.index])
    }
}
