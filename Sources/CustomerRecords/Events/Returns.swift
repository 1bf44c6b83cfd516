import CustomerDomain

extension ReturnRequested {
    func encodeClear(into bytes: inout [UInt8]) {
        bytes.appendField(1, identifier: id)
        bytes.appendUnlessEmpty(2, string: orderNumber)
        for item in items { bytes.appendField(3) { item.encode(into: &$0) } }
    }

    init(_ bytes: RawSpan, clear: WireReader, personal: WireReader) throws(WireError) {
        self.init(
            id: ReturnID(high: 0, low: 0),
            orderNumber: "",
            items: [],
            reason: try personal.onlyText(bytes)
        )
        var reader = clear
        while let tag = try reader.tag(bytes) {
            switch tag {
            case Tag.bytes(1): id = try reader.identifier(bytes)
            case Tag.bytes(2): orderNumber = try reader.string(bytes)
            case Tag.bytes(3): items.append(try ReturnItem(bytes, try reader.message(bytes)))
            default: try reader.skip(tag, bytes)
            }
        }
    }
}

extension ReturnItem {
    fileprivate func encode(into bytes: inout [UInt8]) {
        bytes.appendUnlessEmpty(1, string: sku)
        bytes.appendUnlessZero(2, sint64: quantity)
        bytes.appendUnlessZero(3, varint: UInt64(line))
        bytes.appendField(4, choice: cause)
    }

    fileprivate init(_ bytes: RawSpan, _ message: WireReader) throws(WireError) {
        self.init(line: 0, sku: "", quantity: 0)
        var reader = message
        while let tag = try reader.tag(bytes) {
            switch tag {
            case Tag.bytes(1): sku = try reader.string(bytes)
            case Tag.varint(2): quantity = try reader.sint64(bytes)
            case Tag.varint(3): line = Int(clamping: try reader.varint(bytes))
            case Tag.varint(4): cause = try reader.choice(bytes)
            default: try reader.skip(tag, bytes)
            }
        }
    }
}

extension ReturnMoved {
    func encodeClear(into bytes: inout [UInt8]) {
        bytes.appendField(1, identifier: id)
        bytes.appendField(2, choice: status)
        bytes.appendUnlessNil(3, string: refundReference)
        bytes.appendUnlessEmpty(4, string: orderNumber)
        for item in items { bytes.appendField(5) { item.encode(into: &$0) } }
    }

    init(_ bytes: RawSpan, clear: WireReader, personal: WireReader) throws(WireError) {
        self.init(
            id: ReturnID(high: 0, low: 0),
            orderNumber: "",
            status: .requested,
            reason: try personal.onlyText(bytes)
        )
        var reader = clear
        while let tag = try reader.tag(bytes) {
            switch tag {
            case Tag.bytes(1): id = try reader.identifier(bytes)
            case Tag.varint(2): status = try reader.choice(bytes)
            case Tag.bytes(3): refundReference = try reader.string(bytes)
            case Tag.bytes(4): orderNumber = try reader.string(bytes)
            case Tag.bytes(5): items.append(try ReturnItem(bytes, try reader.message(bytes)))
            default: try reader.skip(tag, bytes)
            }
        }
    }
}
