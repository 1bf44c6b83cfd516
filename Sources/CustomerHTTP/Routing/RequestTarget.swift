/// What a request asks for: a path and a query, as they came, still encoded (RFC 9112, 3.2.1).
struct RequestTarget: Sendable {
    let text: String
    let path: Substring
    /// What follows the `?`; `nil` without one.
    let query: Substring?

    init(_ text: String) {
        self.text = text
        guard let mark = text.utf8.firstIndex(of: UInt8(ascii: "?")) else {
            (path, query) = (text[...], nil)
            return
        }
        (path, query) = (text[..<mark], text[text.utf8.index(after: mark)...])
    }
}
