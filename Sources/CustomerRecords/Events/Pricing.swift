import CustomerDomain
import EventSourcing

extension PricingRule {
    func encodeClear(into bytes: inout [UInt8]) {
        bytes.appendField(1, identifier: id)
        bytes.appendUnlessEmpty(2, string: name)
        bytes.appendField(3, identifier: group)
        switch discount {
        case .percentage(let hundredths): bytes.appendField(4, int64: hundredths)
        case .fixed(let amount): bytes.appendField(5, int64: amount)
        }
        if let minimumOrder { bytes.appendField(6, int64: minimumOrder) }
        if let currency { bytes.appendField(7, currency: currency) }
        if let startsAt { bytes.appendField(8, int64: startsAt.microseconds) }
        if let endsAt { bytes.appendField(9, int64: endsAt.microseconds) }
    }

    init(_ bytes: RawSpan, _ clear: WireReader) throws(WireError) {
        self.init(
            id: PricingRuleID(high: 0, low: 0),
            name: "",
            group: GroupID(high: 0, low: 0),
            discount: .percentage(hundredths: 0)
        )
        var reader = clear
        while let tag = try reader.tag(bytes) {
            switch tag {
            case Tag.bytes(1): id = try reader.identifier(bytes)
            case Tag.bytes(2): name = try reader.string(bytes)
            case Tag.bytes(3): group = try reader.identifier(bytes)
            case Tag.varint(4): discount = .percentage(hundredths: try reader.int64(bytes))
            case Tag.varint(5): discount = .fixed(try reader.int64(bytes))
            case Tag.varint(6): minimumOrder = try reader.int64(bytes)
            case Tag.bytes(7): currency = try reader.currency(bytes)
            case Tag.varint(8): startsAt = Timestamp(microseconds: try reader.int64(bytes))
            case Tag.varint(9): endsAt = Timestamp(microseconds: try reader.int64(bytes))
            default: try reader.skip(tag, bytes)
            }
        }
    }
}
