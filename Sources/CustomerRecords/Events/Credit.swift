import CustomerDomain
import EventSourcing

extension CreditIssued {
    func encodeClear(into bytes: inout [UInt8]) {
        bytes.appendField(1, identifier: lot)
        bytes.appendUnlessZero(2, sint64: amount.minorUnits)
        bytes.appendField(3, currency: amount.currency)
        bytes.appendField(4, choice: source)
        if let expiresAt { bytes.appendField(5, int64: expiresAt.microseconds) }
        bytes.appendUnlessNil(6, string: orderNumber)
    }

    init(_ bytes: RawSpan, clear: WireReader, personal: WireReader) throws(WireError) {
        self.init(
            lot: CreditLotID(high: 0, low: 0),
            amount: Money(minorUnits: 0, currency: .none),
            source: .goodwill,
            reason: try personal.onlyText(bytes)
        )
        var reader = clear
        while let tag = try reader.tag(bytes) {
            switch tag {
            case Tag.bytes(1): lot = try reader.identifier(bytes)
            case Tag.varint(2): amount.minorUnits = try reader.sint64(bytes)
            case Tag.bytes(3): amount.currency = try reader.currency(bytes)
            case Tag.varint(4): source = try reader.choice(bytes)
            case Tag.varint(5): expiresAt = Timestamp(microseconds: try reader.int64(bytes))
            case Tag.bytes(6): orderNumber = try reader.string(bytes)
            default: try reader.skip(tag, bytes)
            }
        }
    }
}

extension CreditSpent {
    func encodeClear(into bytes: inout [UInt8]) {
        bytes.appendField(1, identifier: id)
        bytes.appendField(2, currency: currency)
        for part in allocations { bytes.appendField(3) { part.encode(into: &$0) } }
        bytes.appendUnlessNil(4, string: orderNumber)
    }

    init(_ bytes: RawSpan, clear: WireReader, personal: WireReader) throws(WireError) {
        self.init(
            id: CreditSpendID(high: 0, low: 0),
            currency: .none,
            allocations: [],
            reason: try personal.onlyText(bytes)
        )
        var reader = clear
        while let tag = try reader.tag(bytes) {
            switch tag {
            case Tag.bytes(1): id = try reader.identifier(bytes)
            case Tag.bytes(2): currency = try reader.currency(bytes)
            case Tag.bytes(3): allocations.append(try CreditAllocation(bytes, try reader.message(bytes)))
            case Tag.bytes(4): orderNumber = try reader.string(bytes)
            default: try reader.skip(tag, bytes)
            }
        }
    }
}

extension CreditReverted {
    func encodeClear(into bytes: inout [UInt8]) {
        bytes.appendField(1, identifier: spend)
        bytes.appendField(2, currency: currency)
        for part in allocations { bytes.appendField(3) { part.encode(into: &$0) } }
    }

    init(_ bytes: RawSpan, clear: WireReader, personal: WireReader) throws(WireError) {
        self.init(
            spend: CreditSpendID(high: 0, low: 0),
            currency: .none,
            allocations: [],
            reason: try personal.onlyText(bytes)
        )
        var reader = clear
        while let tag = try reader.tag(bytes) {
            switch tag {
            case Tag.bytes(1): spend = try reader.identifier(bytes)
            case Tag.bytes(2): currency = try reader.currency(bytes)
            case Tag.bytes(3): allocations.append(try CreditAllocation(bytes, try reader.message(bytes)))
            default: try reader.skip(tag, bytes)
            }
        }
    }
}

extension CreditExpired {
    func encodeClear(into bytes: inout [UInt8]) {
        bytes.appendField(1, identifier: lot)
        bytes.appendUnlessZero(2, sint64: amount.minorUnits)
        bytes.appendField(3, currency: amount.currency)
    }

    init(_ bytes: RawSpan, _ clear: WireReader) throws(WireError) {
        self.init(lot: CreditLotID(high: 0, low: 0), amount: Money(minorUnits: 0, currency: .none))
        var reader = clear
        while let tag = try reader.tag(bytes) {
            switch tag {
            case Tag.bytes(1): lot = try reader.identifier(bytes)
            case Tag.varint(2): amount.minorUnits = try reader.sint64(bytes)
            case Tag.bytes(3): amount.currency = try reader.currency(bytes)
            default: try reader.skip(tag, bytes)
            }
        }
    }
}

extension CreditAllocation {
    fileprivate func encode(into bytes: inout [UInt8]) {
        bytes.appendField(1, identifier: lot)
        bytes.appendUnlessZero(2, sint64: amount)
    }

    fileprivate init(_ bytes: RawSpan, _ message: WireReader) throws(WireError) {
        self.init(lot: CreditLotID(high: 0, low: 0), amount: 0)
        var reader = message
        while let tag = try reader.tag(bytes) {
            switch tag {
            case Tag.bytes(1): lot = try reader.identifier(bytes)
            case Tag.varint(2): amount = try reader.sint64(bytes)
            default: try reader.skip(tag, bytes)
            }
        }
    }
}
