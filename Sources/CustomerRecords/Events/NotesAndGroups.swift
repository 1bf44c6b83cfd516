import CustomerDomain
import EventSourcing

extension NoteAdded {
    func encodeClear(into bytes: inout [UInt8]) {
        bytes.appendField(1, identifier: id)
        bytes.appendField(2, choice: type)
    }

    init(_ bytes: RawSpan, clear: WireReader, personal: WireReader) throws(WireError) {
        self.init(id: NoteID(high: 0, low: 0), type: .general, text: try personal.onlyText(bytes) ?? "")
        var reader = clear
        while let tag = try reader.tag(bytes) {
            switch tag {
            case Tag.bytes(1): id = try reader.identifier(bytes)
            case Tag.varint(2): type = try reader.choice(bytes)
            default: try reader.skip(tag, bytes)
            }
        }
    }
}

extension GroupCreated {
    func encodeClear(into bytes: inout [UInt8]) {
        bytes.appendField(1, identifier: id)
        bytes.appendUnlessEmpty(2, string: name)
        bytes.appendUnlessNil(3, string: description)
    }

    init(_ bytes: RawSpan, _ clear: WireReader) throws(WireError) {
        self.init(id: GroupID(high: 0, low: 0), name: "")
        var reader = clear
        while let tag = try reader.tag(bytes) {
            switch tag {
            case Tag.bytes(1): id = try reader.identifier(bytes)
            case Tag.bytes(2): name = try reader.string(bytes)
            case Tag.bytes(3): description = try reader.string(bytes)
            default: try reader.skip(tag, bytes)
            }
        }
    }
}
