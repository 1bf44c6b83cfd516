/// What a text must be, or have in it; compared byte by byte where it lies.
struct TextTest {
    private let wanted: [[UInt8]]
    private let isPart: Bool
    private let ignoresCase: Bool

    /// One of these texts, or one with this in it.
    init(_ texts: [String], isPart: Bool = false, ignoresCase: Bool) {
        wanted = texts.map { Array((ignoresCase ? $0.lowercased() : $0).utf8) }
        self.isPart = isPart
        self.ignoresCase = ignoresCase
    }

    /// Whether the text of these bytes is such a one.
    func holds(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        if ignoresCase, bytes.contains(where: { $0 >= 0x80 }) {
            var text = String(utf8: bytes).lowercased()
            return text.withUTF8 { folded in wanted.contains { holds(folded, $0) { $0 } } }
        }
        if ignoresCase {
            return wanted.contains { holds(bytes, $0) { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 } }
        }
        return wanted.contains { holds(bytes, $0) { $0 } }
    }

    /// Whether a text is such a one.
    func holds(_ text: String) -> Bool {
        var text = text
        return text.withUTF8 { holds($0) }
    }

    @inline(__always)
    private func holds(
        _ bytes: UnsafeBufferPointer<UInt8>,
        _ wanted: [UInt8],
        _ fold: (UInt8) -> UInt8
    ) -> Bool {
        guard isPart ? bytes.count >= wanted.count : bytes.count == wanted.count else { return false }
        for start in 0...bytes.count - wanted.count {
            var index = 0
            while index < wanted.count, fold(bytes[start + index]) == wanted[index] { index += 1 }
            if index == wanted.count { return true }
        }
        return false
    }
}
