/// An e-mail address, kept as it was given; ``normalized`` tells whether two name one mailbox.
public struct EmailAddress: Hashable, Sendable {
    /// The address as it was given, without surrounding blanks.
    public let text: String

    /// Checks the address: one `@`, a local part of 1 to 64 characters, a domain of at least two labels of 1 to 63, no blanks,
    /// 254 characters at most.
    ///
    /// Looser than RFC 5321 where it does not matter to a shop, and never reads comments or quoted blanks.
    public init?(_ text: String) {
        var trimmed = Substring(text)
        while trimmed.first == " " { trimmed.removeFirst() }
        while trimmed.last == " " { trimmed.removeLast() }
        let parts = trimmed.unicodeScalars.split(separator: "@", omittingEmptySubsequences: false)
        guard parts.count == 2, (1...64).contains(parts[0].count), trimmed.unicodeScalars.count <= 254 else {
            return nil
        }
        let labels = parts[1].split(separator: ".", omittingEmptySubsequences: false)
        guard labels.count >= 2, labels.allSatisfy({ !$0.isEmpty && $0.count <= 63 }) else { return nil }
        guard trimmed.utf8.allSatisfy({ $0 > 0x20 && $0 != 0x7F && !#"<>()[]\,;:""#.utf8.contains($0) }) else {
            return nil
        }
        self.text = String(trimmed)
    }

    /// The address `text`, known to be one because it was checked before it was stored.
    public init(unchecked text: String) {
        self.text = text
    }

    /// Lower-case form: two addresses of one mailbox, for every provider worth the name, have the same.
    public var normalized: String { text.lowercased() }

    /// What follows the `@`, lower-case.
    public var domain: String { String(normalized.drop { $0 != "@" }.dropFirst()) }
}
