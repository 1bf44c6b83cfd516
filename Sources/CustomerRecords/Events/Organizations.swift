import CustomerDomain
import EventSourcing

extension OrganizationSettings {
    func encodeClear(into bytes: inout [UInt8]) {
        if let currency { bytes.appendField(1, currency: currency) }
        bytes.appendField(2, string: timeZone)
        bytes.appendField(3, int64: Int64(activityWindowDays))
        if !recordedReads.isEmpty {
            bytes.appendField(4) { bytes in
                for kind in recordedReads.map(\.rawValue).sorted() { bytes.appendVarint(UInt64(kind)) }
            }
        }
        if recordsOrigin { bytes.appendField(5, varint: 1) }
        bytes.appendUnlessNil(6, string: displayName)
        if joinsVerifiedGuests { bytes.appendField(20, varint: 1) }
    }

    init(_ bytes: RawSpan, _ clear: WireReader) throws(WireError) {
        self.init()
        var reader = clear
        while let tag = try reader.tag(bytes) {
            switch tag {
            case Tag.bytes(1): currency = try reader.currency(bytes)
            case Tag.bytes(2): timeZone = try reader.string(bytes)
            case Tag.varint(3): activityWindowDays = Int(try reader.int64(bytes))
            case Tag.bytes(4):
                var packed = try reader.message(bytes)
                while packed.count > 0 { recordedReads.insert(try packed.choice(bytes)) }
            case Tag.varint(4): recordedReads.insert(try reader.choice(bytes))
            case Tag.varint(5): recordsOrigin = try reader.varint(bytes) != 0
            case Tag.bytes(6): displayName = try reader.string(bytes)
            case Tag.varint(20): joinsVerifiedGuests = try reader.varint(bytes) != 0
            default: try reader.skip(tag, bytes)
            }
        }
    }
}
