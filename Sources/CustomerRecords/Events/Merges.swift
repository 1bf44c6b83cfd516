import CustomerDomain
import EventSourcing

extension MergeTerms {
    func encode(into bytes: inout [UInt8]) {
        if !fields.isEmpty {
            bytes.appendField(1) { bytes in bytes += fields.map(\.rawValue).sorted() }
        }
        if let metadata { bytes.appendField(2, choice: metadata) }
        for address in addresses { bytes.appendField(3, identifier: address) }
    }

    fileprivate init(_ bytes: RawSpan, _ message: WireReader) throws(WireError) {
        self.init()
        var reader = message
        while let tag = try reader.tag(bytes) {
            switch tag {
            // A reader of protobuf takes repeated numbers packed and one by one.
            case Tag.bytes(1):
                var packed = try reader.message(bytes)
                while packed.count > 0 { fields.insert(try packed.choice(bytes)) }
            case Tag.varint(1): fields.insert(try reader.choice(bytes))
            case Tag.varint(2): metadata = try reader.choice(bytes)
            case Tag.bytes(3): addresses.append(try reader.identifier(bytes))
            default: try reader.skip(tag, bytes)
            }
        }
    }
}

extension WireReader {
    /// The terms in field 2; `nil` when they are not there.
    func mergeTerms(_ bytes: RawSpan) throws(WireError) -> MergeTerms? {
        var reader = self
        var terms: MergeTerms?
        while let tag = try reader.tag(bytes) {
            if tag == Tag.bytes(2) {
                terms = try MergeTerms(bytes, try reader.message(bytes))
            } else {
                try reader.skip(tag, bytes)
            }
        }
        return terms
    }
}
