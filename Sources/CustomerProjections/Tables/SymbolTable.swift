import CustomerDomain

/// Texts that repeat, each known by a small code: tags, sources, actors.
struct SymbolTable: Sendable {
    private(set) var texts: ContiguousArray<String> = []
    private var index = HashIndex()

    /// The code of a text that has one.
    func code(of text: String) -> UInt32? {
        index.find(Hashing.hash(text)) { texts[Int($0)] == text }
    }

    /// The code of a text, new when it has none.
    mutating func insert(_ text: String) -> UInt32 {
        let hash = Hashing.hash(text)
        if let code = index.find(hash, { texts[Int($0)] == text }) { return code }
        let code = UInt32(texts.count)
        texts.append(text)
        index.insert(hash, code)
        return code
    }

    /// The code of a text, new when it has none.
    mutating func insert(_ text: TextView) -> UInt32 {
        let hash = Hashing.hash(text.bytes)
        if let code = index.find(hash, { text.isEqual(to: texts[Int($0)]) }) { return code }
        let code = UInt32(texts.count)
        texts.append(String(text))
        index.insert(hash, code)
        return code
    }

    /// The text of a code.
    subscript(code: UInt32) -> String { texts[Int(code)] }
}
