import CustomerDomain

extension RuleGift {
    /// Fields 2 and 3, of which one is there.
    fileprivate func encode(into bytes: inout [UInt8]) {
        switch self {
        case .group(let id): bytes.appendField(2, identifier: id)
        case .tag(let tag): bytes.appendUnlessEmpty(3, string: tag)
        }
    }

    /// Takes a field in; `false` when it is none of these.
    fileprivate mutating func take(
        _ tag: UInt64,
        _ bytes: RawSpan,
        _ reader: inout WireReader
    ) throws(WireError) -> Bool {
        switch tag {
        case Tag.bytes(2): self = .group(try reader.identifier(bytes))
        case Tag.bytes(3): self = .tag(try reader.string(bytes))
        default: return false
        }
        return true
    }
}

extension RuleDefined {
    func encodeClear(into bytes: inout [UInt8]) {
        bytes.appendField(1, identifier: id)
        gift.encode(into: &bytes)
        bytes.appendField(4, likelyLong: true) { terms.encode(into: &$0) }
    }

    init(_ bytes: RawSpan, _ clear: WireReader) throws(WireError) {
        self.init(id: RuleID(high: 0, low: 0), gift: .tag(""), terms: RuleTerms(name: "", condition: .query("")))
        var reader = clear
        while let tag = try reader.tag(bytes) {
            switch tag {
            case Tag.bytes(1): id = try reader.identifier(bytes)
            case Tag.bytes(4): terms = try RuleTerms(bytes, try reader.message(bytes))
            default: if !(try gift.take(tag, bytes, &reader)) { try reader.skip(tag, bytes) }
            }
        }
    }
}

extension RuleTerms {
    func encode(into bytes: inout [UInt8]) {
        bytes.appendUnlessEmpty(1, string: name)
        bytes.appendUnlessNil(2, string: description)
        switch condition {
        case .query(let text): bytes.appendUnlessEmpty(3, string: text)
        case .segment(let id): bytes.appendField(4, identifier: id)
        }
        bytes.appendIfTrue(5, takesAway)
        bytes.appendIfTrue(6, !isActive)
    }

    init(_ bytes: RawSpan, _ message: WireReader) throws(WireError) {
        self.init(name: "", condition: .query(""))
        var reader = message
        while let tag = try reader.tag(bytes) {
            switch tag {
            case Tag.bytes(1): name = try reader.string(bytes)
            case Tag.bytes(2): description = try reader.string(bytes)
            case Tag.bytes(3): condition = .query(try reader.string(bytes))
            case Tag.bytes(4): condition = .segment(try reader.identifier(bytes))
            case Tag.varint(5): takesAway = try reader.bool(bytes)
            case Tag.varint(6): isActive = !(try reader.bool(bytes))
            default: try reader.skip(tag, bytes)
            }
        }
    }

    /// Which rule changed, and what it is from then on.
    static func change(_ bytes: RawSpan, _ clear: WireReader) throws(WireError) -> (RuleID, RuleTerms) {
        var id = RuleID(high: 0, low: 0)
        var terms = RuleTerms(name: "", condition: .query(""))
        var reader = clear
        while let tag = try reader.tag(bytes) {
            switch tag {
            case Tag.bytes(1): id = try reader.identifier(bytes)
            case Tag.bytes(2): terms = try RuleTerms(bytes, try reader.message(bytes))
            default: try reader.skip(tag, bytes)
            }
        }
        return (id, terms)
    }
}

extension RuleMove {
    func encodeClear(into bytes: inout [UInt8]) {
        bytes.appendField(1, identifier: rule)
        gift.encode(into: &bytes)
        bytes.appendIfTrue(4, isChange)
    }

    init(_ bytes: RawSpan, _ clear: WireReader) throws(WireError) {
        self.init(rule: RuleID(high: 0, low: 0), gift: .tag(""), isChange: false)
        var reader = clear
        while let tag = try reader.tag(bytes) {
            switch tag {
            case Tag.bytes(1): rule = try reader.identifier(bytes)
            case Tag.varint(4): isChange = try reader.bool(bytes)
            default: if !(try gift.take(tag, bytes, &reader)) { try reader.skip(tag, bytes) }
            }
        }
    }
}
