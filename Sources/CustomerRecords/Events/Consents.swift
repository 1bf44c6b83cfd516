import CustomerDomain
import EventSourcing

extension ConsentChanged {
    func encodeClear(into bytes: inout [UInt8]) {
        bytes.appendField(1, choice: kind)
        bytes.appendField(2, choice: state)
        bytes.appendField(3, choice: optInLevel)
        bytes.appendUnlessNil(4, string: source)
        bytes.appendUnlessNil(5, string: wording)
    }

    func encodePersonal(into bytes: inout [UInt8]) {
        bytes.appendUnlessNil(1, string: evidence)
        bytes.appendUnlessNil(2, string: reason)
    }

    init(_ bytes: RawSpan, clear: WireReader, personal: WireReader) throws(WireError) {
        // Where the state is not told, the one that allows nothing.
        self.init(kind: .marketingEmail, state: .withdrawn)
        var reader = clear
        while let tag = try reader.tag(bytes) {
            switch tag {
            case Tag.varint(1): kind = try reader.choice(bytes)
            case Tag.varint(2): state = try reader.choice(bytes)
            case Tag.varint(3): optInLevel = try reader.choice(bytes)
            case Tag.bytes(4): source = try reader.string(bytes)
            case Tag.bytes(5): wording = try reader.string(bytes)
            default: try reader.skip(tag, bytes)
            }
        }
        reader = personal
        while let tag = try reader.tag(bytes) {
            switch tag {
            case Tag.bytes(1): evidence = try reader.string(bytes)
            case Tag.bytes(2): reason = try reader.string(bytes)
            default: try reader.skip(tag, bytes)
            }
        }
    }
}
