import EventSourcing
import TestSupport
import Testing

/// Bytes as text.
@Suite struct Base64Tests {
    @Test func `bytes have the texts of the standard`() {
        // RFC 4648, section 10.
        for (bytes, text) in [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg==")] {
            #expect(Base64.encode(Array(bytes.utf8)) == text)
            #expect(Base64.encode(Array(bytes.utf8), .url) == text.filter { $0 != "=" })
        }
        #expect(Base64.encode([0xFF, 0xEF]) == "/+8=")
        #expect(Base64.encode([0xFF, 0xEF], .url) == "_-8")
        #expect(Hexadecimal.text([0, 0x9A, 0xFF]) == "009aff")
    }

    @Test func `bytes come back, from their one text alone`() throws {
        for wrong in ["A", "AB=", "AB", "+A", "AAAAA", "A A", "AA\n", "AA==", "=", "A=A", "\u{212A}A"] {
            #expect(Base64.decode(wrong, .url) == nil, "\(wrong)")
        }
        for wrong in ["A", "AA", "AB==", "-A==", "AA=", "AA=A", "AA==\n", "====", "AA==AA=="] {
            #expect(Base64.decode(wrong) == nil, "\(wrong)")
        }
        try Property.forAll { generator in
            let count = Int.random(in: 0...40, using: &generator)
            let bytes = (0..<count).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
            for form in [Base64.Form.padded, .url] {
                var text = Array(Base64.encode(bytes, form).utf8)
                try #require(Base64.decode(String(decoding: text, as: UTF8.self), form) == bytes)
                guard let place = text.indices.randomElement(using: &generator) else { continue }
                let old = text[place]
                text[place] = UInt8.random(in: 0x20...0x7E, using: &generator)
                guard text[place] != old else { continue }
                try #require(Base64.decode(String(decoding: text, as: UTF8.self), form) != bytes)
            }
        }
    }
}
