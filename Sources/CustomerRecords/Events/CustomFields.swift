import CustomerDomain
import EventSourcing

extension CustomField {
    func encodeClear(into bytes: inout [UInt8]) {
        bytes.appendField(1, identifier: id)
        bytes.appendUnlessEmpty(2, string: key)
        bytes.appendUnlessEmpty(3, string: label)
        bytes.appendField(4, choice: type)
        for choice in choices { bytes.appendField(5, string: choice) }
        bytes.appendIfTrue(6, isRequired)
    }

    init(_ bytes: RawSpan, _ clear: WireReader) throws(WireError) {
        self.init(id: CustomFieldID(high: 0, low: 0), key: "", label: "", type: .text)
        var reader = clear
        while let tag = try reader.tag(bytes) {
            switch tag {
            case Tag.bytes(1): id = try reader.identifier(bytes)
            case Tag.bytes(2): key = try reader.string(bytes)
            case Tag.bytes(3): label = try reader.string(bytes)
            case Tag.varint(4): type = try reader.choice(bytes)
            case Tag.bytes(5): choices.append(try reader.string(bytes))
            case Tag.varint(6): isRequired = try reader.bool(bytes)
            default: try reader.skip(tag, bytes)
            }
        }
    }
}
