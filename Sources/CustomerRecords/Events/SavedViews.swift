import CustomerDomain

extension ViewSaved {
    func encodeClear(into bytes: inout [UInt8]) {
        bytes.appendField(1, identifier: id)
        bytes.appendUnlessEmpty(2, string: terms.name)
        bytes.appendUnlessNil(3, string: terms.condition)
        for filter in terms.filters {
            bytes.appendField(4) { message in
                message.appendUnlessEmpty(1, string: filter.name)
                message.appendUnlessEmpty(2, string: filter.value)
            }
        }
        bytes.appendUnlessNil(5, string: terms.sort)
        for column in terms.columns { bytes.appendField(6, string: column) }
        bytes.appendIfTrue(7, terms.isShared)
    }

    init(_ bytes: RawSpan, _ clear: WireReader) throws(WireError) {
        self.init(id: ViewID(high: 0, low: 0), terms: ViewTerms(name: ""))
        var reader = clear
        while let tag = try reader.tag(bytes) {
            switch tag {
            case Tag.bytes(1): id = try reader.identifier(bytes)
            case Tag.bytes(2): terms.name = try reader.string(bytes)
            case Tag.bytes(3): terms.condition = try reader.string(bytes)
            case Tag.bytes(4): terms.filters.append(try ViewFilter(bytes, try reader.message(bytes)))
            case Tag.bytes(5): terms.sort = try reader.string(bytes)
            case Tag.bytes(6): terms.columns.append(try reader.string(bytes))
            case Tag.varint(7): terms.isShared = try reader.bool(bytes)
            default: try reader.skip(tag, bytes)
            }
        }
    }
}

extension ViewFilter {
    fileprivate init(_ bytes: RawSpan, _ message: WireReader) throws(WireError) {
        self.init(name: "", value: "")
        var reader = message
        while let tag = try reader.tag(bytes) {
            switch tag {
            case Tag.bytes(1): name = try reader.string(bytes)
            case Tag.bytes(2): value = try reader.string(bytes)
            default: try reader.skip(tag, bytes)
            }
        }
    }
}
