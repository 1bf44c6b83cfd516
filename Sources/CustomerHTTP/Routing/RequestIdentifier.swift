import EventSourcing
import Synchronization

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

    /// `req_` and 16 hexadecimal digits, which no other request of this process has, and of another hardly one.
    private static func mint() -> String {
        // SplitMix64 (Steele, Lea and Flood, "Fast splittable pseudorandom number generators", 2014).
        var number = seed &+ mintedCount.wrappingAdd(1, ordering: .relaxed).newValue &* 0x9E37_79B9_7F4A_7C15
        number = (number ^ number >> 30) &* 0xBF58_476D_1CE4_E5B9
        number = (number ^ number >> 27) &* 0x94D0_49BB_1331_11EB
        number ^= number >> 31
        return String(unsafeUninitializedCapacity: 20) { text in
            _ = text.update(fromContentsOf: "req_".utf8)
            for index in 4..<20 {
                text[index] = Hexadecimal.digits[Int(number & 15)]
                number >>= 4
            }
            return 20
        }
    }

    private static let seed = UInt64.random(in: .min ... .max)
    private static let mintedCount = Atomic<UInt64>(0)
}
