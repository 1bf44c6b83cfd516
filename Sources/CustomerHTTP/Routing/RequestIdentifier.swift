import EventSourcing

/// What a request is known by in logs, events and answers.
enum RequestIdentifier {
    /// How long one from a client may be.
    static let maximumByteCount = 128

    /// The client's own, when it is short and harmless; otherwise a new one.
    static func choose(_ header: String?) -> String {
        guard let header, isTaken(header) else { return mint() }
        return header
    }

    private static func isTaken(_ text: String) -> Bool {
        (1...maximumByteCount).contains(text.utf8.count)
            && text.utf8.allSatisfy { byte in
                switch byte {
                case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
                default: "-_.:/+=".utf8.contains(byte)
                }
            }
    }

    /// `req_` and 16 random hexadecimal digits.
    private static func mint() -> String {
        var random = UInt64.random(in: .min ... .max)
        var bytes = Array("req_".utf8)
        for _ in 0..<16 {
            bytes.append(Hexadecimal.digits[Int(random & 15)])
            random >>= 4
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
