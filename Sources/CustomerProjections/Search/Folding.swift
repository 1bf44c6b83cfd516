/// Folds texts for search and sorting: lower case, Latin letters and Greek without their marks, controls as blanks.
enum Folding {
    /// Appends the folded text.
    static func fold(_ text: String, into bytes: inout ContiguousArray<UInt8>) {
        var text = text
        text.withUTF8 { fold($0, into: &bytes) }
    }

    /// Appends the folded text of this UTF-8.
    static func fold(_ text: UnsafeBufferPointer<UInt8>, into bytes: inout ContiguousArray<UInt8>) {
        // Nearly all texts are ASCII: folded at once, and taken back where they are not.
        let start = bytes.count
        bytes.append(contentsOf: text)
        let isASCII = bytes.withUnsafeMutableBufferPointer { bytes in
            var bits: UInt8 = 0
            for index in start..<bytes.count {
                bits |= bytes[index]
                bytes[index] = foldASCII(bytes[index])
            }
            return bits < 0x80
        }
        if isASCII { return }
        bytes.removeSubrange(start...)
        for scalar in String(utf8: text).unicodeScalars { fold(scalar, into: &bytes) }
    }

    @inline(__always)
    private static func foldASCII(_ byte: UInt8) -> UInt8 {
        switch byte {
        case 0x41...0x5A: byte | 0x20
        case 0..<0x20, 0x7F: 0x20
        default: byte
        }
    }

    private static func fold(_ scalar: Unicode.Scalar, into bytes: inout ContiguousArray<UInt8>) {
        let value = Int(scalar.value)
        switch value {
        case 0..<0x80: bytes.append(foldASCII(UInt8(value)))
        case 0x300...0x36F: break
        case 0xC0...0x17F: append(extendedA[value - 0xC0], else: scalar, into: &bytes)
        case 0x1CD...0x233: append(extendedB[value] ?? "-", else: scalar, into: &bytes)
        case 0x1E00...0x1EFF: append(additional[value - 0x1E00], else: scalar, into: &bytes)
        case 0x386...0x3CE: append(greek[value] ?? "-", else: scalar, into: &bytes)
        case 0x1A0, 0x1A1: bytes.append(UInt8(ascii: "o"))
        case 0x1AF, 0x1B0: bytes.append(UInt8(ascii: "u"))
        default: append("-", else: scalar, into: &bytes)
        }
    }

    private static func append(_ base: String, else scalar: Unicode.Scalar, into bytes: inout ContiguousArray<UInt8>) {
        if base != "-" {
            bytes.append(contentsOf: base.utf8)
            return
        }
        for lower in scalar.properties.lowercaseMapping.unicodeScalars {
            if lower != scalar {
                fold(lower, into: &bytes)
            } else {
                bytes.append(contentsOf: String(lower).utf8)
            }
        }
    }

    /// Base letters of U+00C0 to U+017F by the canonical decompositions of the Unicode Character Database, and the usual
    /// spelling of letters that have none; a dash where there is nothing to fold.
    private static let extendedA = table(
        """
        a a a a a a ae c e e e e i i i i d n o o o o o - o u u u u y th ss a a a a a a ae c e e e e i i i i d n o o o o o \
        - o u u u u y th y a a a a a a c c c c c c c c d d d d e e e e e e e e e e g g g g g g g g h h h h i i i i i i i \
        i i i ij ij j j k k k l l l l l l l l l l n n n n n n n n n o o o o o o oe oe r r r r r r s s s s s s s s t t t t \
        t t u u u u u u u u u u u u w w y y y z z z z z z s
        """
    )

    /// Base letters of U+1E00 to U+1EFF.
    private static let additional = table(
        """
        a a b b b b b b c c d d d d d d d d d d e e e e e e e e e e f f g g h h h h h h h h h h i i i i k k k k k k l l l \
        l l l l l m m m m m m n n n n n n n n o o o o o o o o p p p p r r r r r r r r s s s s s s s s s s t t t t t t t t \
        u u u u u u u u u u v v v v w w w w w w w w w w x x x x y y z z z z z z h t w y - - - - ss - a a a a a a a a a a \
        a a a a a a a a a a a a a a e e e e e e e e e e e e e e e e i i i i o o o o o o o o o o o o o o o o o o o o o o o \
        o u u u u u u u u u u u u u u y y y y y y y y - - - - - -
        """
    )

    /// Base letters of the pairs that U+01CD to U+0233 have.
    private static let extendedB: [Int: String] = {
        let runs: [(Int, String)] = [
            (0x1CD, "aaiioouuuuuuuuuu"), (0x1DE, "aaaa"), (0x1E6, "ggkkoooo"), (0x1F0, "j"), (0x1F4, "gg"),
            (0x1F8, "nnaa"), (0x200, "aaaaeeeeiiiioooorrrruuuusstt"), (0x21E, "hh"), (0x226, "aaeeooooooooyy"),
        ]
        return letters(runs)
    }()

    private static let greek: [Int: String] = letters([
        (0x386, "α"), (0x388, "εηι"), (0x38C, "ο"), (0x38E, "υωι"), (0x3AA, "ιυαεηιυ"), (0x3C2, "σ"), (0x3CA, "ιυουω"),
    ])

    private static func letters(_ runs: [(Int, String)]) -> [Int: String] {
        var table: [Int: String] = [:]
        for (first, letters) in runs {
            for (offset, letter) in letters.enumerated() { table[first + offset] = String(letter) }
        }
        return table
    }

    private static func table(_ text: String) -> [String] { text.split(separator: " ").map(String.init) }
}
