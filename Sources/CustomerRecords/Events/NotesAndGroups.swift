import CustomerDomain
import EventSourcing

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
