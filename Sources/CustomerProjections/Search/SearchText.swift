/// What a customer is found and sorted by, as it lies in the arena: folded name, folded e-mail address and the digits of the
/// phone number, each ended by ``separator``.
enum SearchText {
    /// No folded text and no word of a search contains it.
    static let separator: UInt8 = 1

    /// Appends the text of a ``ProfileRecord``; nothing when there is nothing to find.
    static func write(_ profile: UnsafeBufferPointer<UInt8>, into bytes: inout ContiguousArray<UInt8>) {
        var position = 0
        let email = readText(profile, &position)
        var first = readText(profile, &position)
        var last = readText(profile, &position)
        let phone = readText(profile, &position)
        if first == nil, last == nil {
            first = readText(profile, &position)
            last = readText(profile, &position)
        }
        if let first { Folding.fold(first, into: &bytes) }
        if first != nil, last != nil { bytes.append(UInt8(ascii: " ")) }
        if let last { Folding.fold(last, into: &bytes) }
        bytes.append(separator)
        if let email { Folding.fold(email, into: &bytes) }
        bytes.append(separator)
        if let phone {
            for byte in phone where (0x30...0x39).contains(byte) { bytes.append(byte) }
        }
        bytes.append(separator)
    }

    /// The folded name.
    @inline(__always)
    static func name(in bytes: UnsafeBufferPointer<UInt8>) -> UnsafeBufferPointer<UInt8> {
        UnsafeBufferPointer(rebasing: bytes[..<end(of: bytes, from: 0)])
    }

    /// The folded e-mail address.
    @inline(__always)
    static func email(in bytes: UnsafeBufferPointer<UInt8>) -> UnsafeBufferPointer<UInt8> {
        let start = min(bytes.count, end(of: bytes, from: 0) + 1)
        return UnsafeBufferPointer(rebasing: bytes[start..<end(of: bytes, from: start)])
    }

    /// What comes after the last @ of the folded e-mail address; empty without one.
    @inline(__always)
    static func domain(in bytes: UnsafeBufferPointer<UInt8>) -> UnsafeBufferPointer<UInt8> {
        let email = email(in: bytes)
        guard let at = email.lastIndex(of: UInt8(ascii: "@")) else { return UnsafeBufferPointer(rebasing: email[..<0]) }
        return UnsafeBufferPointer(rebasing: email[(at + 1)...])
    }

    /// The digits of the phone number, with the separators around them.
    @inline(__always)
    static func digits(in bytes: UnsafeBufferPointer<UInt8>) -> UnsafeBufferPointer<UInt8> {
        let first = min(bytes.count, end(of: bytes, from: 0) + 1)
        return UnsafeBufferPointer(rebasing: bytes[end(of: bytes, from: first)...])
    }

    /// The first eight bytes as a number that sorts like them; the largest number for no bytes.
    static func code(_ bytes: UnsafeBufferPointer<UInt8>) -> UInt64 {
        if bytes.isEmpty { return .max }
        var code: UInt64 = 0
        for index in 0..<8 { code = code << 8 | (index < bytes.count ? UInt64(bytes[index]) : 0) }
        return code
    }

    @inline(__always)
    private static func end(of bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
        var index = start
        while index < bytes.count, bytes[index] != separator { index += 1 }
        return index
    }
}
