/// Texts by their bytes, so that a text that comes again costs no allocation.
///
/// Holds at most `capacity` texts, then forgets them all and begins again.
struct StringTable {
    private struct Entry {
        var hash: UInt64
        var text: String
    }

    private var slots: [Entry?]
    private var count = 0

    /// - Parameter capacity: How many texts are kept; a power of two.
    init(capacity: Int = 1 << 15) {
        slots = Array(repeating: nil, count: capacity * 2)
    }

    /// The text of these bytes, which are valid UTF-8.
    mutating func text(_ bytes: UnsafeBufferPointer<UInt8>) -> String {
        // A small string holds its bytes itself.
        if bytes.count <= 15 { return String(decoding: bytes, as: UTF8.self) }
        let hash = Self.hash(bytes)
        var index = Int(truncatingIfNeeded: hash) & (slots.count - 1)
        while let entry = slots[index] {
            if entry.hash == hash, Self.equal(entry.text, bytes) { return entry.text }
            index = (index + 1) & (slots.count - 1)
        }
        let text = String(decoding: bytes, as: UTF8.self)
        if count * 2 == slots.count {
            slots = Array(repeating: nil, count: slots.count)
            count = 0
        }
        slots[index] = Entry(hash: hash, text: text)
        count += 1
        return text
    }

    private static func equal(_ text: String, _ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        var text = text
        return text.withUTF8 { utf8 in utf8.count == bytes.count && utf8.elementsEqual(bytes) }
    }

    /// FNV-1a over words of eight bytes, mixed at the end; only this table sees it.
    private static func hash(_ bytes: UnsafeBufferPointer<UInt8>) -> UInt64 {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325 ^ UInt64(bytes.count)
        let raw = UnsafeRawBufferPointer(bytes)
        var position = 0
        while position + 8 <= raw.count {
            hash = (hash ^ raw.loadUnaligned(fromByteOffset: position, as: UInt64.self)) &* 0x100_0000_01B3
            hash ^= hash >> 29
            position += 8
        }
        while position < raw.count {
            hash = (hash ^ UInt64(raw[position])) &* 0x100_0000_01B3
            position += 1
        }
        return hash ^ hash >> 32
    }
}
