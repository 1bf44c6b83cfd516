import CustomerDomain
import Testing

struct CountryCodeTests {
    @Test(arguments: [
        ("US", "US"), ("us", "US"), ("United States", "US"), ("UNITED STATES OF AMERICA", "US"), ("USA", "US"),
        ("UK", "GB"), ("United Kingdom", "GB"), ("EIRE", "IE"), ("Germany", "DE"), ("Czech Republic", "CZ"),
        ("RSA", "ZA"), ("Åland Islands", "AX"), ("Vietnam", "VN"), ("Channel Islands", nil),
        ("European Community", nil),
        ("Unspecified", nil), ("ZZ", nil), ("", nil), ("U1", nil), ("United", nil),
    ])
    func `countries are known by code, name and usual alias`(_ text: String, _ code: String?) {
        #expect(CountryCode(text)?.description == code)
    }

    @Test func `a code has a name, and the name leads back`() throws {
        let germany = try #require(CountryCode(code: "de"))
        #expect(germany.name == "Germany")
        #expect(CountryCode(germany.name) == germany)
        #expect(CountryCode(code: "Germany") == nil)
        #expect(CountryCode(packed: germany.packed) == germany)
    }
}
