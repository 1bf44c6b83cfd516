extension SearchText {
    /// Appends the text of a profile as it lies in the arena: as ``write(_:into:)``, without making strings of ASCII.
    static func write(profile bytes: UnsafeBufferPointer<UInt8>, into text: inout ContiguousArray<UInt8>) {
        var position = 0
        let email = readText(bytes, &position)
        var first = readText(bytes, &position)
        var last = readText(bytes, &position)
        let phone = readText(bytes, &position)
        if first == nil, last == nil {
            first = readText(bytes, &position)
            last = readText(bytes, &position)
        }
        if let first { fold(first, into: &text) }
        if first != nil, last != nil { text.append(UInt8(ascii: " ")) }
        if let last { fold(last, into: &text) }
        text.append(separator)
        if let email { fold(email, into: &text) }
        text.append(separator)
        if let phone {
            for byte in phone where (0x30...0x39).contains(byte) { text.append(byte) }
        }
        text.append(separator)
    }

    private static func fold(_ bytes: UnsafeBufferPointer<UInt8>, into text: inout ContiguousArray<UInt8>) {
        guard bytes.allSatisfy({ $0 < 0x80 }) else { return Folding.fold(String(utf8: bytes), into: &text) }
        for byte in bytes { text.append(Folding.foldASCII(byte)) }
    }
}
