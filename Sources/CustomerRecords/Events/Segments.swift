import CustomerDomain
import EventSourcing

extension SegmentDefined {
    func encodeClear(into bytes: inout [UInt8]) {
        bytes.appendField(1, identifier: id)
        bytes.appendField(2, likelyLong: true) { terms.encode(into: &$0) }
        bytes.appendUnlessNil(3, string: key)
    }

    init(_ bytes: RawSpan, _ clear: WireReader) throws(WireError) {
        self.init(id: SegmentID(high: 0, low: 0), terms: SegmentTerms(name: "", query: ""))
        var reader = clear
        while let tag = try reader.tag(bytes) {
            switch tag {
            case Tag.bytes(1): id = try reader.identifier(bytes)
            case Tag.bytes(2): terms = try SegmentTerms(bytes, try reader.message(bytes))
            case Tag.bytes(3): key = try reader.string(bytes)
            default: try reader.skip(tag, bytes)
            }
        }
    }
}

extension SegmentTerms {
    func encode(into bytes: inout [UInt8]) {
        bytes.appendUnlessEmpty(1, string: name)
        bytes.appendUnlessNil(2, string: description)
        bytes.appendUnlessEmpty(3, string: query)
        if tracksMembership { bytes.appendField(4, varint: 1) }
    }

    init(_ bytes: RawSpan, _ message: WireReader) throws(WireError) {
        self.init(name: "", query: "")
        var reader = message
        while let tag = try reader.tag(bytes) {
            switch tag {
            case Tag.bytes(1): name = try reader.string(bytes)
            case Tag.bytes(2): description = try reader.string(bytes)
            case Tag.bytes(3): query = try reader.string(bytes)
            case Tag.varint(4): tracksMembership = try reader.varint(bytes) != 0
            default: try reader.skip(tag, bytes)
            }
        }
    }

    /// Which segment changed, and what it is from then on.
    static func change(_ bytes: RawSpan, _ clear: WireReader) throws(WireError) -> (SegmentOrdinal, SegmentTerms) {
        var segment = SegmentOrdinal(0)
        var terms = SegmentTerms(name: "", query: "")
        var reader = clear
        while let tag = try reader.tag(bytes) {
            switch tag {
            case Tag.varint(1): segment = SegmentOrdinal(try reader.uint32(bytes))
            case Tag.bytes(2): terms = try SegmentTerms(bytes, try reader.message(bytes))
            default: try reader.skip(tag, bytes)
            }
        }
        return (segment, terms)
    }
}
