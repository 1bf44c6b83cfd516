import CustomerDomain

extension OrderMovedAway {
    func encodeClear(into bytes: inout [UInt8]) {
        bytes.appendUnlessEmpty(1, string: number)
        bytes.appendUnlessZero(2, varint: UInt64(to.value))
    }

    init(_ bytes: RawSpan, clear: WireReader, personal: WireReader) throws(WireError) {
        let (number, customer) = try movedOrder(bytes, clear)
        self.init(number: number, to: customer, reason: try personal.onlyText(bytes))
    }
}

extension OrderMoved {
    func encodeClear(into bytes: inout [UInt8]) {
        bytes.appendUnlessEmpty(1, string: number)
        bytes.appendUnlessZero(2, varint: UInt64(from.value))
    }

    init(_ bytes: RawSpan, clear: WireReader, personal: WireReader) throws(WireError) {
        let (number, customer) = try movedOrder(bytes, clear)
        self.init(number: number, from: customer, reason: try personal.onlyText(bytes))
    }
}

/// The order, and who had it or has it now.
private func movedOrder(_ bytes: RawSpan, _ clear: WireReader) throws(WireError) -> (String, CustomerOrdinal) {
    var number = ""
    var customer = CustomerOrdinal(0)
    var reader = clear
    while let tag = try reader.tag(bytes) {
        switch tag {
        case Tag.bytes(1): number = try reader.string(bytes)
        case Tag.varint(2): customer = CustomerOrdinal(try reader.uint32(bytes))
        default: try reader.skip(tag, bytes)
        }
    }
    return (number, customer)
}

extension InvoiceRequested {
    func encodeClear(into bytes: inout [UInt8]) {
        bytes.appendUnlessEmpty(1, string: orderNumber)
        bytes.appendField(2, choice: recipient)
    }

    init(_ bytes: RawSpan, clear: WireReader, personal: WireReader) throws(WireError) {
        let email = try personal.onlyText(bytes).map { EmailAddress(unchecked: $0) }
        self.init(orderNumber: "", recipient: .customer, email: email)
        var reader = clear
        while let tag = try reader.tag(bytes) {
            switch tag {
            case Tag.bytes(1): orderNumber = try reader.string(bytes)
            case Tag.varint(2): recipient = try reader.choice(bytes)
            default: try reader.skip(tag, bytes)
            }
        }
    }
}
