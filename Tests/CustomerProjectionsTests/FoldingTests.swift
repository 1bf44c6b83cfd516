import CustomerDomain
import Testing

@testable import CustomerProjections

@Suite struct FoldingTests {
    @Test(arguments: [
        ("Zoë Núñez", "zoe nunez"), ("ŁÓDŹ", "lodz"), ("Đặng Thị Ánh", "dang thi anh"), ("Straße", "strasse"),
        ("ÆØÅ æøå", "aeoa aeoa"), ("Œuvre", "oeuvre"), ("İstanbul ıI", "istanbul ii"), ("e\u{301}", "e"),
        ("ΆΝΝΑ ώς", "αννα ωσ"), ("Ёлка", "ёлка"), ("O'Hara-Smith", "o'hara-smith"), ("tab\there", "tab here"),
        ("Þórður", "thordur"), ("ȘȚ ǎ Ơ", "st a o"), ("山田", "山田"), ("", ""),
    ])
    func `case and marks of letters do not matter`(text: String, expected: String) {
        #expect(String(decoding: folded(text), as: UTF8.self) == expected)
    }

    @Test func `folding what is folded changes nothing`() {
        for value in UInt32(0)..<0x3000 {
            guard let scalar = Unicode.Scalar(value) else { continue }
            let once = folded(String(scalar))
            #expect(folded(String(decoding: once, as: UTF8.self)) == once, "U+\(String(value, radix: 16))")
        }
    }
}
