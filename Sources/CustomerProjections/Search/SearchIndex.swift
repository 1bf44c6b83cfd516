/// Finds customers by words.
struct SearchIndex: Sendable {
    mutating func textChanged(of row: Int, texts: ContiguousArray<Arena.Handle>, arena: Arena) {}

    /// Keeps the rows in which all words occur.
    func filter(_ matches: inout Bitmap, words: [SearchWord], texts: ContiguousArray<Arena.Handle>, arena: Arena) {
        matches.filterEach { row in
            arena.withBytes(texts[row]) { text in words.allSatisfy { $0.matches(text) } }
        }
    }
}
