import CustomerDomain
import EventSourcing

extension JobCreated {
    func encodeClear(into bytes: inout [UInt8]) {
        bytes.appendField(1, identifier: id)
        bytes.appendField(2, choice: kind)
        bytes.appendField(3, choice: permission)
        bytes.appendUnlessEmpty(4, string: work)
        bytes.appendUnlessZero(5, varint: total)
    }

    init(_ bytes: RawSpan, _ clear: WireReader) throws(WireError) {
        self.init(
            id: JobID(high: 0, low: 0),
            kind: .export,
            permission: .exportCustomers,
            work: "",
            total: 0
        )
        var reader = clear
        while let tag = try reader.tag(bytes) {
            switch tag {
            case Tag.bytes(1): id = try reader.identifier(bytes)
            case Tag.varint(2): kind = try reader.choice(bytes)
            case Tag.varint(3): permission = try reader.choice(bytes)
            case Tag.bytes(4): work = try reader.string(bytes)
            case Tag.varint(5): total = try reader.varint(bytes)
            default: try reader.skip(tag, bytes)
            }
        }
    }
}

extension JobProgressed {
    func encodeClear(into bytes: inout [UInt8]) {
        bytes.appendField(1, identifier: id)
        bytes.appendUnlessZero(2, varint: done)
        bytes.appendUnlessZero(3, varint: failed)
    }

    init(_ bytes: RawSpan, _ clear: WireReader) throws(WireError) {
        self.init(id: JobID(high: 0, low: 0))
        var reader = clear
        while let tag = try reader.tag(bytes) {
            switch tag {
            case Tag.bytes(1): id = try reader.identifier(bytes)
            case Tag.varint(2): done = try reader.varint(bytes)
            case Tag.varint(3): failed = try reader.varint(bytes)
            default: try reader.skip(tag, bytes)
            }
        }
    }
}

extension JobFinished {
    func encodeClear(into bytes: inout [UInt8]) {
        bytes.appendField(1, identifier: id)
        bytes.appendField(2, choice: outcome)
        bytes.appendUnlessZero(3, varint: done)
        bytes.appendUnlessZero(4, varint: failed)
        if let failure { bytes.appendField(5, choice: failure) }
        bytes.appendField(6, int64: expiresAt.microseconds)
    }

    init(_ bytes: RawSpan, _ clear: WireReader) throws(WireError) {
        self.init(id: JobID(high: 0, low: 0), outcome: .failed, expiresAt: Timestamp(microseconds: 0))
        var reader = clear
        while let tag = try reader.tag(bytes) {
            switch tag {
            case Tag.bytes(1): id = try reader.identifier(bytes)
            case Tag.varint(2): outcome = try reader.choice(bytes)
            case Tag.varint(3): done = try reader.varint(bytes)
            case Tag.varint(4): failed = try reader.varint(bytes)
            case Tag.varint(5): failure = try reader.choice(bytes) as JobFailure
            case Tag.varint(6): expiresAt = Timestamp(microseconds: try reader.int64(bytes))
            default: try reader.skip(tag, bytes)
            }
        }
    }
}
