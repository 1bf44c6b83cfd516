import CustomerDomain
import EventSourcing

extension PersonalDataRead {
    func encodeClear(into bytes: inout [UInt8]) {
        bytes.appendField(1, choice: kind)
        guard !customers.isEmpty else { return }
        bytes.appendField(2) { bytes in
            for customer in customers { bytes.appendVarint(UInt64(customer.value)) }
        }
    }

    init(_ bytes: RawSpan, _ clear: WireReader) throws(WireError) {
        self.init(kind: .audit, customers: [])
        var reader = clear
        while let tag = try reader.tag(bytes) {
            switch tag {
            case Tag.varint(1): kind = try reader.choice(bytes)
            // A reader of protobuf takes repeated numbers packed and one by one.
            case Tag.bytes(2):
                var packed = try reader.message(bytes)
                while packed.count > 0 { customers.append(CustomerOrdinal(try packed.uint32(bytes))) }
            case Tag.varint(2): customers.append(CustomerOrdinal(try reader.uint32(bytes)))
            default: try reader.skip(tag, bytes)
            }
        }
    }
}
