/// A phone number, kept as it was given, with its digits for search.
public struct PhoneNumber: Hashable, Sendable {
    /// The number as it was given, without surrounding blanks.
    public let text: String

    /// Checks the number: 7 to 15 digits, otherwise only `+`, blanks, `-`, `.`, `/` and parentheses.
    public init?(_ text: String) {
        var trimmed = Substring(text)
        while trimmed.first == " " { trimmed.removeFirst() }
        while trimmed.last == " " { trimmed.removeLast() }
        guard trimmed.utf8.count <= 40 else { return nil }
        var digitCount = 0
        for byte in trimmed.utf8 {
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"): digitCount += 1
            case _ where "+ -./()".utf8.contains(byte): break
            default: return nil
            }
        }
        guard (7...15).contains(digitCount) else { return nil }
        self.text = String(trimmed)
    }

    /// The number `text`, known to be one because it was checked before it was stored.
    public init(unchecked text: String) {
        self.text = text
    }

    /// The digits alone.
    public var digits: String {
        String(decoding: text.utf8.filter { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }, as: UTF8.self)
    }
}
