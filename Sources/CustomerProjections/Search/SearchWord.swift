/// One word of a search, ready to be looked for in ``SearchText``.
struct SearchWord: Hashable {
    /// The folded word.
    var bytes: ContiguousArray<UInt8>
    /// Its digits, when it may be part of a phone number written in another way; looked for among digits only.
    var phoneDigits: ContiguousArray<UInt8>?

    /// The words of a search, without blanks and commas between them.
    static func words(of text: String) -> [SearchWord] {
        var folded: ContiguousArray<UInt8> = []
        Folding.fold(text, into: &folded)
        return folded.split { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: ",") }
            .map { word in
                let digits = ContiguousArray(word.filter { (0x30...0x39).contains($0) })
                let isPhone = word.allSatisfy { (0x30...0x39).contains($0) || "+-./()".utf8.contains($0) }
                let isOther = isPhone && !digits.isEmpty && digits.count != word.count
                return SearchWord(bytes: ContiguousArray(word), phoneDigits: isOther ? digits : nil)
            }
    }

    /// Whether the word occurs in a search text.
    func matches(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        if contains(text, bytes) { return true }
        guard let phoneDigits else { return false }
        return contains(SearchText.digits(in: text), phoneDigits)
    }
}

/// Whether `needle`, which is not empty, occurs in `text`.
@inline(__always)
func contains(_ text: UnsafeBufferPointer<UInt8>, _ needle: ContiguousArray<UInt8>) -> Bool {
    needle.withUnsafeBufferPointer { needle in
        let last = text.count - needle.count
        guard last >= 0 else { return false }
        let raw = UnsafeRawBufferPointer(text)
        let first = UInt64(needle[0]) &* 0x0101_0101_0101_0101
        var start = 0
        // Eight bytes at a time: zero bytes of the difference are where the first byte of the needle is. A borrow may mark
        // one too many, never one too few.
        while start <= last, start + 8 <= text.count {
            let difference = raw.loadUnaligned(fromByteOffset: start, as: UInt64.self).littleEndian ^ first
            var places = (difference &- 0x0101_0101_0101_0101) & ~difference & 0x8080_8080_8080_8080
            while places != 0 {
                let place = start + (places.trailingZeroBitCount >> 3)
                if place <= last, occurs(needle, in: text, at: place) { return true }
                places &= places - 1
            }
            start += 8
        }
        while start <= last {
            if occurs(needle, in: text, at: start) { return true }
            start += 1
        }
        return false
    }
}

@inline(__always)
private func occurs(
    _ needle: UnsafeBufferPointer<UInt8>,
    in text: UnsafeBufferPointer<UInt8>,
    at start: Int
) -> Bool {
    var index = 0
    while index < needle.count, text[start + index] == needle[index] { index += 1 }
    return index == needle.count
}
