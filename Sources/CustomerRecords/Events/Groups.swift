import CustomerDomain

extension GroupUpdated {
    func encodeClear(into bytes: inout [UInt8]) {
        bytes.appendField(1, identifier: id)
        bytes.appendUnlessEmpty(2, string: name)
        bytes.appendUnlessNil(3, string: description)
        bytes.appendUnlessNil(4, string: terms.key)
        bytes.appendField(5, choice: terms.type)
        let benefits = terms.benefits
        if let discount = benefits.discount { bytes.appendField(6, int64: discount) }
        if let amount = benefits.freeShippingOver { bytes.appendField(7, int64: amount) }
        if let amount = benefits.minimumOrder { bytes.appendField(8, int64: amount) }
        if let currency = benefits.currency { bytes.appendField(9, currency: currency) }
        if let days = benefits.paymentTermsDays { bytes.appendField(10, int64: days) }
        bytes.appendUnlessNil(11, string: benefits.priceList)
        for perk in GroupPerk.allCases where benefits.perks.contains(perk) { bytes.appendField(12, choice: perk) }
    }

    init(_ bytes: RawSpan, _ clear: WireReader) throws(WireError) {
        self.init(id: GroupID(high: 0, low: 0), name: "")
        var reader = clear
        while let tag = try reader.tag(bytes) {
            switch tag {
            case Tag.bytes(1): id = try reader.identifier(bytes)
            case Tag.bytes(2): name = try reader.string(bytes)
            case Tag.bytes(3): description = try reader.string(bytes)
            case Tag.bytes(4): terms.key = try reader.string(bytes)
            case Tag.varint(5): terms.type = try reader.choice(bytes)
            case Tag.varint(6): terms.benefits.discount = try reader.int64(bytes)
            case Tag.varint(7): terms.benefits.freeShippingOver = try reader.int64(bytes)
            case Tag.varint(8): terms.benefits.minimumOrder = try reader.int64(bytes)
            case Tag.bytes(9): terms.benefits.currency = try reader.currency(bytes)
            case Tag.varint(10): terms.benefits.paymentTermsDays = try reader.int64(bytes)
            case Tag.bytes(11): terms.benefits.priceList = try reader.string(bytes)
            case Tag.varint(12): terms.benefits.perks.insert(try reader.choice(bytes))
            default: try reader.skip(tag, bytes)
            }
        }
    }
}

extension MembershipChanged {
    func encodeClear(into bytes: inout [UInt8]) {
        bytes.appendUnlessZero(1, varint: UInt64(group.value))
        bytes.appendIfTrue(2, joins)
    }

    init(_ bytes: RawSpan, clear: WireReader, personal: WireReader) throws(WireError) {
        self.init(group: GroupOrdinal(0), joins: false, reason: try personal.onlyText(bytes))
        var reader = clear
        while let tag = try reader.tag(bytes) {
            switch tag {
            case Tag.varint(1): group = GroupOrdinal(try reader.uint32(bytes))
            case Tag.varint(2): joins = try reader.bool(bytes)
            default: try reader.skip(tag, bytes)
            }
        }
    }
}
