/// Base 64 (RFC 4648), with one text only for some bytes.
package enum Base64 {
    /// How it is written.
    package enum Form: Sendable {
        /// With `+`, `/` and padding (section 4).
        case padded
        /// For URLs, with `-` and `_`, without padding (section 5).
        case url
    }

    private static let digits = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
    private static let urlDigits = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)
    private static let padding = UInt8(ascii: "=")

    /// The text of these bytes.
    package static func encode(_ bytes: [UInt8], _ form: Form = .padded) -> String {
        let digits = form == .padded ? digits : urlDigits
        var text: [UInt8] = []
        text.reserveCapacity((bytes.count + 2) / 3 * 4)
        for start in stride(from: 0, to: bytes.count, by: 3) {
            let group = bytes[start..<min(start + 3, bytes.count)]
            var bits = group.reduce(0) { $0 << 8 | Int($1) }
            bits <<= 8 * (3 - group.count)
            for place in 0...group.count { text.append(digits[bits >> (18 - 6 * place) & 63]) }
            if form == .padded { text.append(contentsOf: repeatElement(padding, count: 3 - group.count)) }
        }
        return String(decoding: text, as: UTF8.self)
    }

    /// The bytes that `text` stands for; `nil` unless it is exactly what ``encode(_:_:)`` makes of them.
    package static func decode(_ text: some StringProtocol, _ form: Form = .padded) -> [UInt8]? {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.utf8.count / 4 * 3 + 2)
        var bits = 0
        var bitCount = 0
        for character in text.utf8 {
            guard let digit = value(character, form) else {
                guard character == padding else { return nil }
                break
            }
            bits = (bits << 6 | digit) & 0xFFFF
            bitCount += 6
            guard bitCount >= 8 else { continue }
            bitCount -= 8
            bytes.append(UInt8(bits >> bitCount & 255))
        }
        // Padding in the middle, bits that no byte needs, and the like: not the one text.
        return encode(bytes, form).utf8.elementsEqual(text.utf8) ? bytes : nil
    }

    private static func value(_ character: UInt8, _ form: Form) -> Int? {
        switch character {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"): Int(character - UInt8(ascii: "A"))
        case UInt8(ascii: "a")...UInt8(ascii: "z"): Int(character - UInt8(ascii: "a")) + 26
        case UInt8(ascii: "0")...UInt8(ascii: "9"): Int(character - UInt8(ascii: "0")) + 52
        case form == .padded ? UInt8(ascii: "+") : UInt8(ascii: "-"): 62
        case form == .padded ? UInt8(ascii: "/") : UInt8(ascii: "_"): 63
        default: nil
        }
    }
}
