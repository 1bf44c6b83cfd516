import CustomerDomain
import Testing

struct CustomFieldTests {
    private func field(_ type: CustomFieldType, required: Bool = false) -> CustomField {
        CustomField(
            id: .number(1),
            key: "a/b",
            label: "Size",
            type: type,
            choices: type == .choice ? ["S", "M"] : [],
            isRequired: required
        )
    }

    private func set(_ value: String?) -> Command {
        .updateCustomer(UpdateCustomer(id: Sample.ana, metadata: .merge(["a/b": value])))
    }

    @Test func `a field is made, replaced and removed`() throws {
        let shop = try Sample.shop()
        let size = field(.choice)
        #expect(shop.when(.createCustomField(size)) == .events(nil, .customFieldSet(size)))
        #expect(shop.when(.replaceCustomField(size)) == .rejected(.customFieldNotFound(size.id)))
        #expect(shop.when(.removeCustomField(size.id)) == .rejected(.customFieldNotFound(size.id)))
        let defined = try shop.given(.createCustomField(size))
        #expect(defined.when(.createCustomField(size)).invalidField == "id")
        var other = size
        other.id = .number(2)
        #expect(defined.when(.createCustomField(other)) == .rejected(.customFieldKeyTaken("a/b")))
        #expect(defined.when(.replaceCustomField(size)) == .nothing)
        #expect(defined.when(.replaceCustomField(field(.text))) == .events(nil, .customFieldSet(field(.text))))
        other = size
        other.key = "b"
        #expect(defined.when(.replaceCustomField(other)).invalidField == "key")
        #expect(defined.when(.removeCustomField(size.id)) == .events(nil, .customFieldRemoved(size.id)))
        #expect(
            try defined.given(.removeCustomField(size.id)).when(set("XL"))
                == .events(.ana, .metadataChanged(["a/b": "XL"]))
        )
    }

    @Test func `a field is checked part by part`() throws {
        let shop = try Sample.shop()
        func invalid(_ change: (inout CustomField) -> Void) -> String? {
            var size = field(.choice)
            change(&size)
            return shop.when(.createCustomField(size)).invalidField
        }
        #expect(invalid { $0.key = "" } == "key")
        #expect(invalid { $0.key = "a[0]" } == "key")
        #expect(invalid { $0.label = " " } == "label")
        #expect(invalid { $0.choices = [] } == "choices")
        #expect(invalid { $0.choices = ["S", ""] } == "choices/1")
        #expect(invalid { $0.choices = ["S", "M", "S"] } == "choices/2")
        #expect(invalid { $0.type = .date } == "choices")
        var full = shop
        for number in 1...100 {
            let field = CustomField(id: .number(UInt64(number)), key: "k\(number)", label: "K", type: .text)
            try? full.carryOut(.createCustomField(field))
        }
        let one = CustomField(id: .number(101), key: "one more", label: "K", type: .text)
        #expect(full.when(.createCustomField(one)) == .rejected(.limitReached("custom fields", limit: 100)))
    }

    @Test(arguments: [
        (CustomFieldType.text, ["", "any"], []),
        (.number, ["0", "12", "-3.5", "007"], ["", "-", "1.", ".5", "1e3", "1.2.3", "--1", "٣", " 1"]),
        (.date, ["2026-02-28"], ["", "2026-02-29", "28.2.2026", "2026-2-8"]),
        (.boolean, ["true", "false"], ["", "yes", "True", "1"]),
        (.choice, ["S", "M"], ["", "s", "L"]),
    ])
    func `values are of the type`(_ type: CustomFieldType, _ taken: [String], _ refused: [String]) throws {
        let shop = try Sample.shop().given(.createCustomField(field(type)))
        for value in taken {
            #expect(shop.when(set(value)) == .events(.ana, .metadataChanged(["a/b": value])), "\(value)")
        }
        for value in refused { #expect(shop.when(set(value)).invalidField == "metadata/a~1b", "\(value)") }
    }

    @Test func `what was there before stays until it is set again`() throws {
        let shop = try Sample.shop().given(set("XL"), .createCustomField(field(.choice, required: true)))
        let other = UpdateCustomer(id: Sample.ana, metadata: .merge(["c": "1"]))
        #expect(shop.when(.updateCustomer(other)) == .events(.ana, .metadataChanged(["a/b": "XL", "c": "1"])))
        #expect(shop.when(set("XXL")).invalidField == "metadata/a~1b")
        #expect(shop.when(set("S")) == .events(.ana, .metadataChanged(["a/b": "S"])))
        // Required: nobody loses it, but who never had it is not asked.
        #expect(shop.when(set(nil)) == .invalid("metadata/a~1b", "is required"))
        let guest = UpdateCustomer(id: Sample.guest, metadata: .merge(["c": "1"]))
        #expect(shop.when(.updateCustomer(guest)) == .events(.guest, .metadataChanged(["c": "1"])))
    }

    @Test func `a new customer has what is required, unless it comes from elsewhere`() throws {
        let shop = try Sample.shop().given(.createCustomField(field(.text, required: true)))
        var creation = CreateCustomer(Sample.created(Sample.other))
        #expect(shop.when(.createCustomer(creation)) == .invalid("metadata/a~1b", "is required"))
        creation.metadata = ["a/b": ""]
        #expect(shop.when(.createCustomer(creation)).invalidField == "metadata/a~1b")
        creation.metadata = ["a/b": "x"]
        #expect(shop.when(.createCustomer(creation)).invalidField == nil)
        creation = CreateCustomer(Sample.created(Sample.other), isTakenOver: true)
        #expect(shop.when(.createCustomer(creation)).invalidField == nil)
        creation.metadata = ["a/b": ""]
        #expect(shop.when(.createCustomer(creation)).invalidField == "metadata/a~1b")
    }
}
