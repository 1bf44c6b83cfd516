/// The value of an `Idempotency-Key` header: an RFC 8941 string, or the bare text that many clients send.
struct IdempotencyKey: Hashable, Sendable {
    let text: String

    init?(_ header: String) {
        let bytes = Array(header.utf8)
        guard (1...255).contains(bytes.count) else { return nil }
        guard bytes[0] == UInt8(ascii: "\"") else {
            guard bytes.allSatisfy({ (0x21...0x7E).contains($0) }) else { return nil }
            text = header
            return
        }
        guard bytes.count > 2, bytes[bytes.count - 1] == UInt8(ascii: "\"") else { return nil }
        var content: [UInt8] = []
        var rest = bytes[1..<bytes.count - 1]
        while let byte = rest.popFirst() {
            switch byte {
            case UInt8(ascii: "\\"):
                guard let escaped = rest.popFirst(), escaped == UInt8(ascii: "\\") || escaped == UInt8(ascii: "\"")
                else { return nil }
                content.append(escaped)
            case UInt8(ascii: "\""): return nil
            case 0x20...0x7E: content.append(byte)
            default: return nil
            }
        }
        text = String(decoding: content, as: UTF8.self)
    }
}
