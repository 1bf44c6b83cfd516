import CustomerDomain
import EventSourcing

extension EventDescription {
    func describeSegment(_ event: Event, to fields: inout JSONFields) {
        switch event {
        case .segmentDefined(let segment):
            fields.field("id", segment.id)
            fields.field("key", segment.key)
            describe(segment.terms, to: &fields)
        case .segmentChanged(let segment, let terms):
            describe(segment, to: &fields)
            describe(terms, to: &fields)
        case .segmentRemoved(let segment), .segmentEntered(let segment), .segmentLeft(let segment):
            describe(segment, to: &fields)
        default: break
        }
    }

    private func describe(_ segment: SegmentOrdinal, to fields: inout JSONFields) {
        if let id = segmentID(segment) {
            fields.field("segment", id)
        } else {
            fields.field("segmentOrdinal", Int64(segment.value))
        }
    }

    private func describe(_ terms: SegmentTerms, to fields: inout JSONFields) {
        fields.field("name", terms.name)
        fields.field("description", terms.description)
        fields.field("query", terms.query)
        fields.field("tracksMembership", terms.tracksMembership)
    }
}
