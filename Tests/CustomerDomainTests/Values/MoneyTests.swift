import CustomerDomain
import TestSupport
import Testing

struct MoneyTests {
    @Test(
        arguments: [
            (124_899, 12, 10_408), (89_250, 8, 11_156), (245_000, 15, 16_333),
            (5, 2, 3), (-5, 2, -3), (4, 3, 1), (-4, 3, -1), (5, 3, 2), (-5, 3, -2), (1, 2, 1), (-1, 2, -1), (0, 7, 0),
            (.max, 1, .max), (.min, 1, .min), (.max, .max, 1), (1, .max, 0), (.min, .max, -1), (7, 1, 7),
        ] as [(Int64, Int64, Int64)]
    )
    func `division rounds half away from zero`(_ amount: Int64, _ count: Int64, _ expected: Int64) {
        #expect(amount.dividedRoundingHalfUp(by: count) == expected)
    }

    @Test func `saturating arithmetic stops at the ends`() {
        #expect(Int64.max.addingSaturating(1) == .max)
        #expect(Int64.min.addingSaturating(-1) == .min)
        #expect(Int64(2).addingSaturating(-3) == -1)
        #expect(Int64.max.multipliedSaturating(by: 2) == .max)
        #expect(Int64.max.multipliedSaturating(by: -2) == .min)
        #expect(Int64.min.multipliedSaturating(by: -1) == .max)
        #expect(Int64(-3).multipliedSaturating(by: 4) == -12)
        let line = OrderLine(sku: "A", name: "A", quantity: .max, unitPrice: .max)
        #expect(Order(number: "1", currency: Sample.gbp, lines: [line, line]).total == .max)
    }

    @Test func `minor units have 0, 2 or 3 digits`() throws {
        #expect(try #require(CurrencyCode("jpy")).minorDigitCount == 0)
        #expect(try #require(CurrencyCode("BHD")).minorDigitCount == 3)
        #expect(try #require(CurrencyCode("GbP")).minorDigitCount == 2)
        #expect(CurrencyCode("usd")?.description == "USD")
        #expect(CurrencyCode("USD") == CurrencyCode(packed: 0x55_53_44))
    }

    @Test(arguments: ["", "US", "USDX", "ZZZ", "U$D", "12A", "ÜSD", "usd "])
    func `other letters are no currency`(_ text: String) {
        #expect(CurrencyCode(text) == nil)
    }
}

struct MoneyPropertyTests {
    @Test func `division agrees with exact arithmetic`() throws {
        try Property.forAll(seeds: 1_000) { random in
            let amount = Int64(bitPattern: random.next() >> UInt64(random.below(64)))
            let count = max(1, Int64(random.next() >> UInt64(1 + random.below(63))))
            let signed = random.chance(1, in: 2) ? amount : 0 &- amount
            let exact = (Int128(signed.magnitude) * 2 + Int128(count)) / (Int128(count) * 2)
            try requireEqual(
                Int128(signed.dividedRoundingHalfUp(by: count)),
                signed < 0 ? -exact : exact,
                "\(signed) / \(count)"
            )
        }
    }
}
