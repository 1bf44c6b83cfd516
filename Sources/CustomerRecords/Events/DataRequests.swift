import CustomerDomain
import EventSourcing

extension DataRequestOpened {
    func encodeClear(into bytes: inout [UInt8]) {
        bytes.appendField(1, identifier: id)
        bytes.appendField(2, choice: right)
        bytes.appendField(3, choice: channel)
        bytes.appendUnlessZero(4, varint: UInt64(days))
    }

    init(_ bytes: RawSpan, clear: WireReader, personal: WireReader) throws(WireError) {
        self.init(
            id: DataRequestID(high: 0, low: 0),
            right: .access,
            days: 0,
            details: try personal.onlyText(bytes)
        )
        var reader = clear
        while let tag = try reader.tag(bytes) {
            switch tag {
            case Tag.bytes(1): id = try reader.identifier(bytes)
            case Tag.varint(2): right = try reader.choice(bytes)
            case Tag.varint(3): channel = try reader.choice(bytes)
            case Tag.varint(4): days = try reader.uint32(bytes)
            default: try reader.skip(tag, bytes)
            }
        }
    }
}

extension DataRequestIdentityChecked {
    func encodeClear(into bytes: inout [UInt8]) {
        bytes.appendField(1, identifier: id)
        bytes.appendField(2, choice: method)
    }

    init(_ bytes: RawSpan, clear: WireReader, personal: WireReader) throws(WireError) {
        self.init(id: DataRequestID(high: 0, low: 0), method: .other, note: try personal.onlyText(bytes))
        var reader = clear
        while let tag = try reader.tag(bytes) {
            switch tag {
            case Tag.bytes(1): id = try reader.identifier(bytes)
            case Tag.varint(2): method = try reader.choice(bytes)
            default: try reader.skip(tag, bytes)
            }
        }
    }
}

extension DataRequestDecided {
    func encodeClear(into bytes: inout [UInt8]) {
        bytes.appendField(1, identifier: id)
        if let refusal { bytes.appendField(2, choice: refusal) }
    }

    init(_ bytes: RawSpan, clear: WireReader, personal: WireReader) throws(WireError) {
        self.init(id: DataRequestID(high: 0, low: 0), refusal: nil, reason: try personal.onlyText(bytes))
        var reader = clear
        while let tag = try reader.tag(bytes) {
            switch tag {
            case Tag.bytes(1): id = try reader.identifier(bytes)
            case Tag.varint(2): refusal = try reader.choice(bytes) as RefusalCategory
            default: try reader.skip(tag, bytes)
            }
        }
    }
}

extension DataRequestExecuted {
    func encodeClear(into bytes: inout [UInt8]) {
        bytes.appendField(1, identifier: id)
        if let rectifiedVersion { bytes.appendField(2, varint: UInt64(rectifiedVersion)) }
    }

    init(_ bytes: RawSpan, _ clear: WireReader) throws(WireError) {
        self.init(id: DataRequestID(high: 0, low: 0))
        var reader = clear
        while let tag = try reader.tag(bytes) {
            switch tag {
            case Tag.bytes(1): id = try reader.identifier(bytes)
            case Tag.varint(2): rectifiedVersion = try reader.uint32(bytes)
            default: try reader.skip(tag, bytes)
            }
        }
    }
}
