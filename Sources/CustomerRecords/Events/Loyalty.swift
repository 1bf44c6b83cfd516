import CustomerDomain
import EventSourcing

extension PointsAdjusted {
    func encodeClear(into bytes: inout [UInt8]) {
        bytes.appendUnlessZero(1, sint64: points)
        bytes.appendField(2, choice: adjustment)
        if let expiresAt { bytes.appendField(3, int64: expiresAt.microseconds) }
        allocations.encode(4, into: &bytes)
        bytes.appendIfTrue(5, notifies)
    }

    init(_ bytes: RawSpan, clear: WireReader, personal: WireReader) throws(WireError) {
        self.init(adjustment: .add, points: 0, reason: try personal.onlyText(bytes) ?? "")
        var reader = clear
        while let tag = try reader.tag(bytes) {
            switch tag {
            case Tag.varint(1): points = try reader.sint64(bytes)
            case Tag.varint(2): adjustment = try reader.choice(bytes)
            case Tag.varint(3): expiresAt = Timestamp(microseconds: try reader.int64(bytes))
            case Tag.bytes(4): allocations.append(try PointsAllocation(bytes, try reader.message(bytes)))
            case Tag.varint(5): notifies = try reader.bool(bytes)
            default: try reader.skip(tag, bytes)
            }
        }
    }
}

extension PointsEarned {
    func encodeClear(into bytes: inout [UInt8]) {
        bytes.appendUnlessZero(1, sint64: points)
        bytes.appendUnlessNil(2, string: orderNumber)
        if let expiresAt { bytes.appendField(3, int64: expiresAt.microseconds) }
        switch pending {
        case .until(let time): bytes.appendField(4, int64: time.microseconds)
        case .orderCompletion: bytes.appendField(5, varint: 1)
        case nil: break
        }
        if source != .unnamed { bytes.appendField(6, choice: source) }
    }
}

extension EarnedPointsView {
    init(_ bytes: RawSpan, clear: WireReader, personal: WireReader) throws(WireError) {
        self.init()
        var reader = clear
        while let tag = try reader.tag(bytes) {
            switch tag {
            case Tag.varint(1): points = try reader.sint64(bytes)
            case Tag.bytes(2): orderNumber = try reader.text(bytes)
            case Tag.varint(3): expiresAt = Timestamp(microseconds: try reader.int64(bytes))
            case Tag.varint(4): pending = .until(Timestamp(microseconds: try reader.int64(bytes)))
            case Tag.varint(5): if try reader.bool(bytes) { pending = .orderCompletion }
            case Tag.varint(6): source = try reader.choice(bytes)
            default: try reader.skip(tag, bytes)
            }
        }
        reason = try personal.onlyTextView(bytes)
    }
}

extension PointsRedeemed {
    func encodeClear(into bytes: inout [UInt8]) {
        bytes.appendUnlessZero(1, sint64: points)
        bytes.appendUnlessNil(2, string: orderNumber)
        allocations.encode(3, into: &bytes)
    }

    init(_ bytes: RawSpan, clear: WireReader, personal: WireReader) throws(WireError) {
        self.init(points: 0, reason: try personal.onlyText(bytes))
        var reader = clear
        while let tag = try reader.tag(bytes) {
            switch tag {
            case Tag.varint(1): points = try reader.sint64(bytes)
            case Tag.bytes(2): orderNumber = try reader.string(bytes)
            case Tag.bytes(3): allocations.append(try PointsAllocation(bytes, try reader.message(bytes)))
            default: try reader.skip(tag, bytes)
            }
        }
    }
}

extension PointsReversed {
    func encodeClear(into bytes: inout [UInt8]) {
        bytes.appendUnlessZero(1, sint64: points)
        bytes.appendField(2, string: orderNumber)
        allocations.encode(3, into: &bytes)
        bytes.appendUnlessZero(4, sint64: forgiven)
    }

    init(_ bytes: RawSpan, _ clear: WireReader) throws(WireError) {
        self.init(points: 0, orderNumber: "")
        var reader = clear
        while let tag = try reader.tag(bytes) {
            switch tag {
            case Tag.varint(1): points = try reader.sint64(bytes)
            case Tag.bytes(2): orderNumber = try reader.string(bytes)
            case Tag.bytes(3): allocations.append(try PointsAllocation(bytes, try reader.message(bytes)))
            case Tag.varint(4): forgiven = try reader.sint64(bytes)
            default: try reader.skip(tag, bytes)
            }
        }
    }
}

extension PointsRestored {
    func encodeClear(into bytes: inout [UInt8]) {
        bytes.appendUnlessZero(1, varint: redemption.value)
        allocations.encode(2, into: &bytes)
    }

    init(_ bytes: RawSpan, clear: WireReader, personal: WireReader) throws(WireError) {
        self.init(redemption: .none, allocations: [], reason: try personal.onlyText(bytes))
        var reader = clear
        while let tag = try reader.tag(bytes) {
            switch tag {
            case Tag.varint(1): redemption = SequenceNumber(try reader.varint(bytes))
            case Tag.bytes(2): allocations.append(try PointsAllocation(bytes, try reader.message(bytes)))
            default: try reader.skip(tag, bytes)
            }
        }
    }
}

extension TierChanged {
    func encodeClear(into bytes: inout [UInt8]) {
        bytes.appendUnlessEmpty(1, string: from)
        bytes.appendUnlessEmpty(2, string: to)
        bytes.appendUnlessZero(3, sint64: points)
    }

    init(_ bytes: RawSpan, _ clear: WireReader) throws(WireError) {
        self.init(from: "", to: "", points: 0)
        var reader = clear
        while let tag = try reader.tag(bytes) {
            switch tag {
            case Tag.bytes(1): from = try reader.string(bytes)
            case Tag.bytes(2): to = try reader.string(bytes)
            case Tag.varint(3): points = try reader.sint64(bytes)
            default: try reader.skip(tag, bytes)
            }
        }
    }
}

extension BirthdayRewarded {
    func encodeClear(into bytes: inout [UInt8]) {
        bytes.appendUnlessZero(1, sint64: points)
        bytes.appendUnlessZero(2, varint: UInt64(bitPattern: Int64(year)))
        if let expiresAt { bytes.appendField(3, int64: expiresAt.microseconds) }
    }

    init(_ bytes: RawSpan, _ clear: WireReader) throws(WireError) {
        self.init(points: 0, year: 0)
        var reader = clear
        while let tag = try reader.tag(bytes) {
            switch tag {
            case Tag.varint(1): points = try reader.sint64(bytes)
            case Tag.varint(2): year = Int(try reader.int64(bytes))
            case Tag.varint(3): expiresAt = Timestamp(microseconds: try reader.int64(bytes))
            default: try reader.skip(tag, bytes)
            }
        }
    }
}

extension PointsAllocation {
    fileprivate func encode(into bytes: inout [UInt8]) {
        bytes.appendUnlessZero(1, varint: lot.value)
        bytes.appendUnlessZero(2, sint64: points)
        if stage != .active { bytes.appendField(3, choice: stage) }
    }

    fileprivate init(_ bytes: RawSpan, _ message: WireReader) throws(WireError) {
        self.init(lot: .none, points: 0)
        var reader = message
        while let tag = try reader.tag(bytes) {
            switch tag {
            case Tag.varint(1): lot = SequenceNumber(try reader.varint(bytes))
            case Tag.varint(2): points = try reader.sint64(bytes)
            case Tag.varint(3): stage = try reader.choice(bytes)
            default: try reader.skip(tag, bytes)
            }
        }
    }
}

extension [PointsAllocation] {
    func encode(_ number: UInt64, into bytes: inout [UInt8]) {
        for part in self { bytes.appendField(number) { part.encode(into: &$0) } }
    }
}

extension WireReader {
    /// All allocations in field 1.
    func pointsAllocations(_ bytes: RawSpan) throws(WireError) -> [PointsAllocation] {
        var reader = self
        var parts: [PointsAllocation] = []
        while let tag = try reader.tag(bytes) {
            if tag == Tag.bytes(1) {
                parts.append(try PointsAllocation(bytes, try reader.message(bytes)))
            } else {
                try reader.skip(tag, bytes)
            }
        }
        return parts
    }
}
