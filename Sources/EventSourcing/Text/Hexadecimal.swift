/// Bytes as small letters and digits, two for each.
package enum Hexadecimal {
    /// The digits from 0 to 15.
    package static let digits = Array("0123456789abcdef".utf8)

    /// The text of these bytes.
    package static func text(_ bytes: some Sequence<UInt8>) -> String {
        String(decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
    }
}
