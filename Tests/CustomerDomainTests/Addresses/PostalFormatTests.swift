import CustomerDomain
import EventSourcing
import Testing

struct PostalFormatTests {
    private func address(
        _ country: String,
        state: String? = nil,
        postalCode: String?,
        city: String? = "City"
    ) -> AddressFields {
        var fields = AddressFields()
        (fields.firstName, fields.lastName, fields.company) = ("Ana", "Smith", "Mugs Ltd")
        (fields.line1, fields.line2, fields.city, fields.state) = ("1 Main Street", "Apt 4", city, state)
        fields.postalCode = postalCode
        fields.country = CountryCode(code: country)
        return fields
    }

    @Test func `the label of the sources is exact`() {
        var fields = AddressFields()
        (fields.firstName, fields.lastName) = ("John", "Doe")
        (fields.line1, fields.line2) = ("123 Main Street", "Apt 4B")
        (fields.city, fields.state, fields.postalCode) = ("New York", "NY", "10001")
        fields.country = CountryCode("United States")
        let label = PostalLabel(fields)
        #expect(
            label.lines.joined(separator: "\n") == """
                John Doe
                123 Main Street, Apt 4B
                New York, NY 10001
                United States
                """
        )
        #expect(label.missing == [])
        (fields.firstName, fields.lastName) = (nil, nil)
        #expect(PostalLabel(fields, name: "Jane Doe").lines.first == "Jane Doe")
        fields.company = "Acme Corp"
        #expect(PostalLabel(fields, name: "Jane Doe").lines.first == "Acme Corp")
    }

    @Test(arguments: [
        ("US", "OR", "97201", "Ana Smith|Mugs Ltd|1 Main Street, Apt 4|City, OR 97201|United States"),
        ("FR", nil, "75001", "Mugs Ltd|Ana Smith|1 Main Street, Apt 4|75001 City|France"),
        ("GB", nil, "SW1A 1AA", "Ana Smith|Mugs Ltd|1 Main Street, Apt 4|City|SW1A 1AA|United Kingdom"),
        ("BR", "SP", "01310-100", "Mugs Ltd|Ana Smith|1 Main Street, Apt 4|City-SP|01310-100|Brazil"),
        ("HU", nil, "1055", "Ana Smith|Mugs Ltd|City|1 Main Street, Apt 4|1055|Hungary"),
    ])
    func `a label has the order of its country`(_ country: String, _ state: String?, _ code: String, _ label: String) {
        let lines = PostalLabel(address(country, state: state, postalCode: code)).lines
        #expect(lines.joined(separator: "|") == label)
    }

    @Test func `what is not known leaves no gap`() {
        #expect(PostalLabel(address("US", postalCode: "97201")).lines.contains("City 97201"))
        #expect(PostalLabel(address("US", state: "OR", postalCode: nil)).lines.contains("City, OR"))
        #expect(PostalLabel(address("US", state: "OR", postalCode: "97201", city: nil)).lines.contains("OR 97201"))
        var bare = AddressFields()
        bare.city = "Hanoi"
        #expect(PostalLabel(bare).lines == ["Hanoi"])
        bare.country = CountryCode(code: "VN")
        #expect(PostalLabel(bare, name: "").lines == ["Hanoi", bare.country?.name])
    }

    @Test func `what a letter needs depends on the country`() {
        #expect(PostalLabel(address("US", postalCode: nil)).missing == [.state, .postalCode])
        #expect(PostalLabel(address("AE", postalCode: nil)).missing == [.state])
        #expect(PostalLabel(address("IE", postalCode: nil)).missing == [])
        #expect(PostalLabel(AddressFields()).missing == [.line1, .city])
    }

    @Test(arguments: [
        ("GB", "SW1A 1AA", true), ("GB", "m1 1ae", true), ("GB", "12345", false), ("US", "97201", true),
        ("US", "97201-1234", true), ("US", "9720", false), ("CA", "K1A 0B1", true), ("CA", "10A 0B1", false),
        ("SE", "SE-114 55", true), ("SE", "11455", true), ("LU", "L-1855", true), ("NL", "1012 AB", true),
        ("NL", "1012", false), ("PL", "00-950", true), ("IE", "D02 AF30", true), ("VN", "anything", true),
        ("AE", "anything", true), ("JP", "100-0001", true), ("PT", "1000-001", true), ("MT", "VLT 1117", true),
        ("BR", "01310-100", true), ("DE", "1234", false), ("DE", "ABCD12345", false), ("DE", "12345é", false),
    ])
    func `a postal code has the form of its country`(_ country: String, _ code: String, _ isTaken: Bool) throws {
        let shop = try Sample.shop()
        let added = Address(id: .number(1), fields: address(country, postalCode: code))
        let outcome = shop.when(.addAddress(AddAddress(customer: Sample.ana, address: added)))
        #expect(outcome.invalidField == (isTaken ? nil : "postalCode"))
    }

    @Test func `an old address with another code can be changed otherwise`() throws {
        var shop = try Sample.shop()
        var old = Address(id: .number(1), fields: address("US", postalCode: "?"))
        old.isDefaultShipping = true
        shop.record(
            [Decided(customer: .ana, event: .addressAdded(old))],
            recordedAt: .seconds(1_700_000_000),
            occurredAt: .seconds(1_700_000_000)
        )
        var update = UpdateAddress(customer: Sample.ana, address: .number(1))
        update.fields.texts = [.line2: .remove]
        #expect(shop.when(.updateAddress(update)).invalidField == nil)
        update.fields.texts = [.postalCode: .set("??")]
        #expect(shop.when(.updateAddress(update)).invalidField == "postalCode")
        update.fields.texts = [:]
        update.fields.country = .set(CountryCode(packed: 0x4445))
        #expect(shop.when(.updateAddress(update)).invalidField == "postalCode")
    }
}
