import CustomerDomain
import EventSourcing
import TestSupport
import Testing

struct IdentifierTests {
    private enum PrefixKind: IdentifierKind {
        static let prefix = "prefix"
    }

    /// Vectors of the TypeID specification 0.3.
    @Test(arguments: [
        ("prefix_01h455vb4pex5vsknk084sn02q", 0x0189_0a5d_ac96_774b as UInt64, 0xbcce_b302_099a_8057 as UInt64),
        ("prefix_00000000000000000000000000", 0, 0),
        ("prefix_00000000000000000000000001", 0, 1),
        ("prefix_0000000000000000000000000a", 0, 10),
        ("prefix_0000000000000000000000000g", 0, 16),
        ("prefix_00000000000000000000000010", 0, 32),
        ("prefix_7zzzzzzzzzzzzzzzzzzzzzzzzz", .max, .max),
        ("prefix_0123456789abcdefghjkmnpqrs", 0x0110_c853_1d09_52d8, 0xd73e_1194_e95b_5f19),
    ])
    func `vectors of the specification hold`(_ text: String, _ high: UInt64, _ low: UInt64) {
        let identifier = Identifier<PrefixKind>(high: high, low: low)
        #expect(identifier.description == text)
        #expect(Identifier<PrefixKind>(text) == identifier)
    }

    @Test(arguments: [
        "", "prefix", "prefix_", "01h455vb4pex5vsknk084sn02q", "PREFIX_01h455vb4pex5vsknk084sn02q",
        "prefix_01H455VB4PEX5VSKNK084SN02Q", "prefix_8zzzzzzzzzzzzzzzzzzzzzzzzz", "prefix_0123456789abcdefghjkmnpqru",
        "prefix_ooooooooooooooooooooooooo", "prefix_01h455vb4pex5vsknk084sn02", "prefix_01h455vb4pex5vsknk084sn02qq",
        "prefix_ 01h455vb4pex5vsknk084sn02", "cust_01h455vb4pex5vsknk084sn02q", "prefix__01h455vb4pex5vsknk084sn02q",
    ])
    func `anything else is no identifier`(_ text: String) {
        #expect(Identifier<PrefixKind>(text) == nil)
    }

    @Test func `a new one is a version 7 UUID of its millisecond`() {
        let identifier = CustomerID(at: Timestamp(microseconds: 1_645_557_742_000_999), random: (.max, .max))
        #expect(identifier.high == 0x017F_22E2_79B0_7FFF)
        #expect(identifier.low == 0xBFFF_FFFF_FFFF_FFFF)
        #expect(CustomerID(at: Timestamp(microseconds: -1), random: (0, 0)).high == 0x7000)
        let later = CustomerID(at: Timestamp(microseconds: 1_645_557_742_001_000), random: (0, 0))
        #expect(identifier < later)
        #expect(identifier.description < later.description)
    }
}

struct IdentifierPropertyTests {
    @Test func `reading what was written gives the same, and texts sort like identifiers`() throws {
        try Property.forAll(seeds: 500) { random in
            let one = CustomerID(high: random.next(), low: random.next())
            let other = CustomerID(high: random.next(), low: random.next())
            try requireEqual(CustomerID(one.description), one, "read")
            try requireEqual(one.description < other.description, one < other, "order")
        }
    }
}
