import CustomerDomain
import EventSourcing

// Fields from 5 on are not in records of the first form; what they say is then as it was before there were such rules.
extension LoyaltyProgram {
    func encodeClear(into bytes: inout [UInt8]) {
        bytes.appendUnlessEmpty(1, string: name)
        bytes.appendUnlessZero(2, sint64: pointsPerRedeemedUnit)
        for tier in tiers { bytes.appendField(3, likelyLong: !tier.perks.isEmpty) { tier.encode(into: &$0) } }
        bytes.appendIfTrue(4, earnsOnOrders)
        bytes.appendIfTrue(5, !isActive)
        if minimumRedemption != 1 { bytes.appendField(6, sint64: minimumRedemption) }
        if let validity { bytes.appendField(7) { validity.encode(into: &$0) } }
        switch pending {
        case .none: break
        case .days(let count): bytes.appendField(8, int64: Int64(count))
        case .orderCompletion: bytes.appendField(9, varint: 1)
        }
        bytes.appendIfTrue(10, !allowsNegativeBalance)
        switch qualification {
        case .lifetime: break
        case .months(let count): bytes.appendField(11, int64: Int64(count))
        case .calendarYear: bytes.appendField(12, varint: 1)
        }
        if downgrade != .balanceBased { bytes.appendField(13, choice: downgrade) }
        bytes.appendUnlessZero(14, sint64: birthdayPoints)
    }

    init(_ bytes: RawSpan, _ clear: WireReader) throws(WireError) {
        self.init(name: "", pointsPerRedeemedUnit: 0, tiers: [], earnsOnOrders: false, validity: nil)
        var reader = clear
        while let tag = try reader.tag(bytes) {
            switch tag {
            case Tag.bytes(1): name = try reader.string(bytes)
            case Tag.varint(2): pointsPerRedeemedUnit = try reader.sint64(bytes)
            case Tag.bytes(3): tiers.append(try LoyaltyTier(bytes, try reader.message(bytes)))
            case Tag.varint(4): earnsOnOrders = try reader.bool(bytes)
            case Tag.varint(5): isActive = try !reader.bool(bytes)
            case Tag.varint(6): minimumRedemption = try reader.sint64(bytes)
            case Tag.bytes(7): validity = try PointsValidity(bytes, try reader.message(bytes))
            case Tag.varint(8): pending = .days(Int(try reader.int64(bytes)))
            case Tag.varint(9): if try reader.bool(bytes) { pending = .orderCompletion }
            case Tag.varint(10): allowsNegativeBalance = try !reader.bool(bytes)
            case Tag.varint(11): qualification = .months(Int(try reader.int64(bytes)))
            case Tag.varint(12): if try reader.bool(bytes) { qualification = .calendarYear }
            case Tag.varint(13): downgrade = try reader.choice(bytes)
            case Tag.varint(14): birthdayPoints = try reader.sint64(bytes)
            default: try reader.skip(tag, bytes)
            }
        }
    }
}

extension LoyaltyTier {
    fileprivate func encode(into bytes: inout [UInt8]) {
        bytes.appendUnlessEmpty(1, string: name)
        bytes.appendUnlessZero(2, sint64: threshold)
        bytes.appendUnlessZero(3, sint64: pointsPerUnit)
        if !benefits.isEmpty {
            bytes.appendField(4) { bytes in
                for benefit in benefits.map(\.rawValue).sorted() { bytes.appendVarint(UInt64(benefit)) }
            }
        }
        for perk in perks { bytes.appendField(5, string: perk) }
    }

    fileprivate init(_ bytes: RawSpan, _ message: WireReader) throws(WireError) {
        self.init(name: "", threshold: 0, pointsPerUnit: 0)
        var reader = message
        while let tag = try reader.tag(bytes) {
            switch tag {
            case Tag.bytes(1): name = try reader.string(bytes)
            case Tag.varint(2): threshold = try reader.sint64(bytes)
            case Tag.varint(3): pointsPerUnit = try reader.sint64(bytes)
            case Tag.bytes(4):
                var packed = try reader.message(bytes)
                while packed.count > 0 { benefits.insert(try packed.choice(bytes)) }
            case Tag.varint(4): benefits.insert(try reader.choice(bytes))
            case Tag.bytes(5): perks.append(try reader.string(bytes))
            default: try reader.skip(tag, bytes)
            }
        }
    }
}

extension PointsValidity {
    fileprivate func encode(into bytes: inout [UInt8]) {
        bytes.appendUnlessZero(1, varint: UInt64(bitPattern: Int64(count)))
        bytes.appendField(2, choice: unit)
        if let end { bytes.appendField(3, choice: end) }
    }

    fileprivate init(_ bytes: RawSpan, _ message: WireReader) throws(WireError) {
        self.init(count: 0, unit: .day)
        var reader = message
        while let tag = try reader.tag(bytes) {
            switch tag {
            case Tag.varint(1): count = Int(try reader.int64(bytes))
            case Tag.varint(2): unit = try reader.choice(bytes)
            case Tag.varint(3): end = try reader.choice(bytes) as CalendarUnit
            default: try reader.skip(tag, bytes)
            }
        }
    }
}
