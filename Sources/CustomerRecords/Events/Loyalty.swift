import CustomerDomain
import EventSourcing

extension LoyaltyProgram {
    func encodeClear(into bytes: inout [UInt8]) {
        bytes.appendUnlessEmpty(1, string: name)
        bytes.appendUnlessZero(2, sint64: pointsPerRedeemedUnit)
        for tier in tiers { bytes.appendField(3) { tier.encode(into: &$0) } }
        bytes.appendIfTrue(4, earnsOnOrders)
    }

    init(_ bytes: RawSpan, _ clear: WireReader) throws(WireError) {
        self.init(name: "", pointsPerRedeemedUnit: 0, tiers: [], earnsOnOrders: false)
        var reader = clear
        while let tag = try reader.tag(bytes) {
            switch tag {
            case Tag.bytes(1): name = try reader.string(bytes)
            case Tag.varint(2): pointsPerRedeemedUnit = try reader.sint64(bytes)
            case Tag.bytes(3): tiers.append(try LoyaltyTier(bytes, try reader.message(bytes)))
            case Tag.varint(4): earnsOnOrders = try reader.bool(bytes)
            default: try reader.skip(tag, bytes)
            }
        }
    }
}

extension LoyaltyTier {
    func encode(into bytes: inout [UInt8]) {
        bytes.appendUnlessEmpty(1, string: name)
        bytes.appendUnlessZero(2, sint64: threshold)
        bytes.appendUnlessZero(3, sint64: pointsPerUnit)
    }

    init(_ bytes: RawSpan, _ message: WireReader) throws(WireError) {
        self.init(name: "", threshold: 0, pointsPerUnit: 0)
        var reader = message
        while let tag = try reader.tag(bytes) {
            switch tag {
            case Tag.bytes(1): name = try reader.string(bytes)
            case Tag.varint(2): threshold = try reader.sint64(bytes)
            case Tag.varint(3): pointsPerUnit = try reader.sint64(bytes)
            default: try reader.skip(tag, bytes)
            }
        }
    }
}

extension PointsAdjusted {
    func encodeClear(into bytes: inout [UInt8]) {
        bytes.appendUnlessZero(1, sint64: points)
        bytes.appendField(2, choice: adjustment)
    }

    init(_ bytes: RawSpan, clear: WireReader, personal: WireReader) throws(WireError) {
        self.init(adjustment: .add, points: 0, reason: try personal.onlyText(bytes) ?? "")
        var reader = clear
        while let tag = try reader.tag(bytes) {
            switch tag {
            case Tag.varint(1): points = try reader.sint64(bytes)
            case Tag.varint(2): adjustment = try reader.choice(bytes)
            default: try reader.skip(tag, bytes)
            }
        }
    }
}

extension PointsEarned {
    func encodeClear(into bytes: inout [UInt8]) {
        encodePoints(points, orderNumber: orderNumber, into: &bytes)
    }
}

extension EarnedPointsView {
    init(_ bytes: RawSpan, clear: WireReader, personal: WireReader) throws(WireError) {
        self.init()
        (points, orderNumber) = try clear.pointsOfOrder(bytes)
        reason = try personal.onlyTextView(bytes)
    }
}

extension PointsRedeemed {
    func encodeClear(into bytes: inout [UInt8]) {
        encodePoints(points, orderNumber: orderNumber, into: &bytes)
    }

    init(_ bytes: RawSpan, clear: WireReader, personal: WireReader) throws(WireError) {
        let (points, orderNumber) = try clear.pointsOfOrder(bytes)
        self.init(
            points: points,
            orderNumber: orderNumber.map { String($0) },
            reason: try personal.onlyText(bytes)
        )
    }
}

extension PointsReversed {
    func encodeClear(into bytes: inout [UInt8]) {
        encodePoints(points, orderNumber: orderNumber, into: &bytes)
    }

    init(_ bytes: RawSpan, _ clear: WireReader) throws(WireError) {
        let (points, orderNumber) = try clear.pointsOfOrder(bytes)
        self.init(points: points, orderNumber: orderNumber.map { String($0) } ?? "")
    }
}

private func encodePoints(_ points: Int64, orderNumber: String?, into bytes: inout [UInt8]) {
    bytes.appendUnlessZero(1, sint64: points)
    bytes.appendUnlessNil(2, string: orderNumber)
}

extension WireReader {
    fileprivate func pointsOfOrder(_ bytes: RawSpan) throws(WireError) -> (Int64, TextView?) {
        var reader = self
        var points: Int64 = 0
        var orderNumber: TextView?
        while let tag = try reader.tag(bytes) {
            switch tag {
            case Tag.varint(1): points = try reader.sint64(bytes)
            case Tag.bytes(2): orderNumber = try reader.text(bytes)
            default: try reader.skip(tag, bytes)
            }
        }
        return (points, orderNumber)
    }
}
