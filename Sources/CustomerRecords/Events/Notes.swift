import CustomerDomain

extension NoteAdded {
    func encodeClear(into bytes: inout [UInt8]) {
        bytes.appendField(1, identifier: id)
        bytes.appendField(2, choice: type)
        if visibility != .team { bytes.appendField(3, choice: visibility) }
        bytes.appendUnlessZero(4, varint: isPinned ? 1 : 0)
        bytes.appendUnlessNil(5, string: author)
    }

    init(_ bytes: RawSpan, clear: WireReader, personal: WireReader) throws(WireError) {
        self.init(id: NoteID(high: 0, low: 0), type: .general, text: try personal.onlyText(bytes) ?? "")
        var reader = clear
        while let tag = try reader.tag(bytes) {
            switch tag {
            case Tag.bytes(1): id = try reader.identifier(bytes)
            case Tag.varint(2): type = try reader.choice(bytes)
            case Tag.varint(3): visibility = try reader.choice(bytes)
            case Tag.varint(4): isPinned = try reader.varint(bytes) != 0
            case Tag.bytes(5): author = try reader.string(bytes)
            default: try reader.skip(tag, bytes)
            }
        }
    }
}

extension NoteChanged {
    func encodeClear(into bytes: inout [UInt8]) {
        bytes.appendField(1, identifier: id)
        if let type { bytes.appendField(2, choice: type) }
        if let visibility { bytes.appendField(3, choice: visibility) }
        if let isPinned { bytes.appendField(4, varint: isPinned ? 1 : 0) }
        // Whether it says anything new is known when that is gone.
        bytes.appendUnlessZero(5, varint: text == nil ? 0 : 1)
    }

    init(_ bytes: RawSpan, clear: WireReader, personal: WireReader) throws(WireError) {
        self.init(id: NoteID(high: 0, low: 0), text: try personal.onlyText(bytes))
        var reader = clear
        while let tag = try reader.tag(bytes) {
            switch tag {
            case Tag.bytes(1): id = try reader.identifier(bytes)
            case Tag.varint(2): type = try reader.choice(bytes)
            case Tag.varint(3): visibility = try reader.choice(bytes)
            case Tag.varint(4): isPinned = try reader.varint(bytes) != 0
            case Tag.varint(5): if try reader.varint(bytes) != 0, text == nil { text = "" }
            default: try reader.skip(tag, bytes)
            }
        }
    }
}

extension NoteRemoved {
    func encodeClear(into bytes: inout [UInt8]) { bytes.appendField(1, identifier: id) }

    init(_ bytes: RawSpan, clear: WireReader) throws(WireError) {
        self.init(id: NoteID(high: 0, low: 0))
        var reader = clear
        while let tag = try reader.tag(bytes) {
            switch tag {
            case Tag.bytes(1): id = try reader.identifier(bytes)
            default: try reader.skip(tag, bytes)
            }
        }
    }
}
