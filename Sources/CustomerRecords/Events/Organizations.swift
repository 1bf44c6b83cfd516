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
            default: try reader.skip(tag, bytes)
            }
        }
    }
}

extension APIKey {
    func encodeClear(into bytes: inout [UInt8]) {
        bytes.appendField(1, identifier: id)
        bytes.appendUnlessEmpty(2, string: name)
        bytes.appendField(3, bytes: secretDigest)
        bytes.appendField(4, choice: role)
        guard !permissions.isEmpty else { return }
        bytes.appendField(5) { bytes in
            for permission in permissions.map(\.rawValue).sorted() { bytes.appendVarint(UInt64(permission)) }
        }
    }

    init(_ bytes: RawSpan, _ clear: WireReader) throws(WireError) {
        // Where the role is not told, the one that may do less.
        self.init(id: APIKeyID(high: 0, low: 0), name: "", secretDigest: [], role: .staff)
        var reader = clear
        while let tag = try reader.tag(bytes) {
            switch tag {
            case Tag.bytes(1): id = try reader.identifier(bytes)
            case Tag.bytes(2): name = try reader.string(bytes)
            case Tag.bytes(3): secretDigest = try reader.message(bytes).wholeBytes(bytes)
            case Tag.varint(4): role = try reader.choice(bytes)
            // A reader of protobuf takes repeated numbers packed and one by one.
            case Tag.bytes(5):
                var packed = try reader.message(bytes)
                while packed.count > 0 { permissions.insert(try packed.choice(bytes)) }
            case Tag.varint(5): permissions.insert(try reader.choice(bytes))
            default: try reader.skip(tag, bytes)
            }
        }
    }
}
