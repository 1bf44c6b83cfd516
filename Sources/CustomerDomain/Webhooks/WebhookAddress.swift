/// The parts of an endpoint's address, where it is one that messages can be sent to.
///
/// It is `http` or `https`, a host, perhaps a port, a path and a query: no user, no password, no fragment, nothing but visible ASCII.
public struct WebhookAddress: Hashable, Sendable {
    /// Whether messages are encrypted on their way.
    public let isSecure: Bool
    /// The host in lower case: a name, an IPv4 address, or an IPv6 address without its brackets.
    public let host: String
    /// The port.
    public let port: Int
    /// The path with the query; begins with a slash.
    public let target: String

    /// Why a text is no such address, as the rest of a sentence.
    public struct Refusal: Error, Hashable, Sendable {
        /// What is wrong.
        public let reason: String
    }

    /// The address that a text names.
    ///
    /// - Throws: ``Refusal``.
    public init(_ text: String) throws(Refusal) {
        guard text.utf8.allSatisfy({ (0x21...0x7E).contains($0) && $0 != UInt8(ascii: "\\") }) else {
            throw Refusal(reason: "must be visible ASCII without blanks")
        }
        let rest: Substring
        if text.lowercased().hasPrefix("https://") {
            (isSecure, rest) = (true, text.dropFirst(8))
        } else if text.lowercased().hasPrefix("http://") {
            (isSecure, rest) = (false, text.dropFirst(7))
        } else {
            throw Refusal(reason: "must begin with https://")
        }
        guard !text.contains("#") else { throw Refusal(reason: "must not have a fragment") }
        let end = rest.firstIndex { $0 == "/" || $0 == "?" } ?? rest.endIndex
        let authority = rest[..<end]
        guard !authority.contains("@") else { throw Refusal(reason: "must not have a user or password") }
        let path = rest[end...]
        target = path.hasPrefix("/") ? String(path) : "/" + path
        (host, port) = try Self.place(authority, isSecure: isSecure)
    }

    private static func place(_ authority: Substring, isSecure: Bool) throws(Refusal) -> (host: String, port: Int) {
        var host = authority
        var digits: Substring?
        if authority.hasPrefix("[") {
            guard let close = authority.firstIndex(of: "]") else { throw Refusal(reason: "must name a host") }
            host = authority[authority.index(after: authority.startIndex)..<close]
            let behind = authority[authority.index(after: close)...]
            guard behind.isEmpty || behind.hasPrefix(":"), host.contains(":"),
                host.utf8.allSatisfy({ isHexadecimal($0) || $0 == UInt8(ascii: ":") || $0 == UInt8(ascii: ".") })
            else { throw Refusal(reason: "must name a host") }
            if !behind.isEmpty { digits = behind.dropFirst() }
        } else {
            if let colon = authority.firstIndex(of: ":") {
                host = authority[..<colon]
                digits = authority[authority.index(after: colon)...]
            }
            guard !host.isEmpty, host.utf8.count <= 253, host.utf8.allSatisfy(isHostCharacter) else {
                throw Refusal(reason: "must name a host")
            }
        }
        guard let digits else { return (host.lowercased(), isSecure ? 443 : 80) }
        guard digits.utf8.count <= 5, digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let port = Int(digits),
            (1...65_535).contains(port)
        else { throw Refusal(reason: "must have a port from 1 to 65535, or none") }
        return (host.lowercased(), port)
    }

    private static func isHexadecimal(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x61...0x66).contains(byte | 0x20)
    }

    private static func isHostCharacter(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte | 0x20) || byte == UInt8(ascii: "-")
            || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "_")
    }
}
