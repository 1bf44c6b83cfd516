import CustomerDomain
import Testing

/// What a merge takes from whom, and what forbids it.
struct MergeTests {
    private func terms(_ shop: Specification, _ choices: MergeChoices = MergeChoices()) throws -> MergeTerms {
        let merge = Command.mergeCustomers(survivor: Sample.ana, merged: Sample.guest, choices: choices)
        guard case .customersMerged(_, let terms?) = try decide(merge, facts: shop.model).first?.event else {
            throw Rejection.invalid(field: "", reason: "is not a merge with terms")
        }
        return terms
    }

    private func profiles() throws -> Specification {
        var (ana, guest) = (UpdateCustomer(id: Sample.ana), UpdateCustomer(id: Sample.guest))
        ana.profile.firstName = .set("Ana")
        ana.metadata = .replace(["size": "M", "color": "red"])
        guest.profile.firstName = .set("Anna")
        guest.profile.lastName = .set("Silva")
        guest.profile.phone = .set(PhoneNumber(unchecked: "+1 555 0100"))
        guest.metadata = .replace(["size": "L", "agent": "x"])
        return try Sample.shop().given(.updateCustomer(ana), .updateCustomer(guest))
    }

    @Test func `the survivor's values stay, and empty ones are filled`() throws {
        let shop = try profiles()
        let terms = try terms(shop)
        #expect(terms == MergeTerms(fields: [.lastName, .phone], metadata: .survivor))
        let merged = try shop.given(.mergeCustomers(survivor: Sample.ana, merged: Sample.guest)).model.customers[0]
        #expect(merged.profile.firstName == "Ana" && merged.profile.lastName == "Silva")
        #expect(merged.metadata == ["size": "M", "color": "red", "agent": "x"])
    }

    @Test func `each field is taken from the side that was chosen`() throws {
        let shop = try profiles()
        let fields: [MergeField: MergeSide] = [.firstName: .merged, .lastName: .survivor, .email: .merged]
        let choices = MergeChoices(fields: fields, metadata: .merged)
        #expect(try terms(shop, choices) == MergeTerms(fields: [.firstName, .phone, .email], metadata: .merged))
        let after = try shop.given(.mergeCustomers(survivor: Sample.ana, merged: Sample.guest, choices: choices))
        let survivor = after.model.customers[0]
        #expect(survivor.profile.firstName == "Anna" && survivor.profile.lastName == nil)
        #expect(survivor.profile.email?.text == "ana@example.com")
        #expect(survivor.metadata == ["size": "L", "color": "red", "agent": "x"])
    }

    @Test func `what both have alike is not taken`() throws {
        let shop = try Sample.shop()
        #expect(try terms(shop, MergeChoices(fields: [.firstName: .merged], metadata: .merged)) == MergeTerms())
    }

    @Test func `an address that the survivor has already does not come`() throws {
        var fields = AddressFields()
        fields.line1 = " 1  Main Street "
        fields.city = "LONDON"
        fields.label = "Office"
        var same = fields
        (same.line1, same.city, same.label) = ("1 main street", "London", "Home")
        let shop = try Sample.shop()
            .given(.addAddress(AddAddress(customer: Sample.ana, address: Address(id: .number(1), fields: fields))))
            .given(.addAddress(AddAddress(customer: Sample.guest, address: Address(id: .number(2), fields: same))))
            .given(.addAddress(AddAddress(customer: Sample.guest, address: Sample.address(3, city: "Paris"))))
        #expect(try terms(shop).addresses == [.number(3)])
        let plan = try planMerge(Sample.guest, into: Sample.ana, facts: shop.model)
        #expect(plan.duplicateAddresses == [.number(2)])
    }

    @Test func `no limit is passed by a merge`() throws {
        var shop = try Sample.shop()
        for number in 0..<60 as Range<UInt64> {
            for (index, id) in [Sample.ana, Sample.guest].enumerated() {
                let address = Sample.address(number * 2 + UInt64(index), city: "City \(number * 2 + UInt64(index))")
                try shop.carryOut(.addAddress(AddAddress(customer: id, address: address)))
            }
        }
        try shop.carryOut(.addTags(Sample.ana, (0..<150).map { "a\($0)" }))
        try shop.carryOut(.addTags(Sample.guest, (0..<150).map { "b\($0)" }))
        for (index, id) in [Sample.ana, Sample.guest].enumerated() {
            var update = UpdateCustomer(id: id)
            update.metadata = .replace(Dictionary(uniqueKeysWithValues: (0..<30).map { ("k\(index) \($0)", "") }))
            try shop.carryOut(.updateCustomer(update))
        }
        let problems = try planMerge(Sample.guest, into: Sample.ana, facts: shop.model).problems
        #expect(
            problems == [
                .limitReached("addresses", limit: 100), .limitReached("tags", limit: 250),
                .limitReached("metadata keys", limit: 50),
            ]
        )
        #expect(shop.when(.mergeCustomers(survivor: Sample.ana, merged: Sample.guest)) == .rejected(problems[0]))
    }

    @Test func `an e-mail address that a third one has is refused, and can be left`() throws {
        let shop = try Specification(given: Sample.create(Sample.ana), Sample.createGuest)
            .given(Sample.create(Sample.other, email: "ANA@example.com"))
        let merge = Command.mergeCustomers(survivor: Sample.ana, merged: Sample.guest)
        #expect(shop.when(merge) == .rejected(.emailTaken(by: Sample.other)))
        let choices = MergeChoices(fields: [.email: .survivor])
        let leaving = Command.mergeCustomers(survivor: Sample.ana, merged: Sample.guest, choices: choices)
        #expect(shop.when(leaving) == .events(.ana, .customersMerged(merged: .guest, terms: MergeTerms())))
    }

    @Test func `a choice that leaves nothing to be known by is refused`() throws {
        let shop = try Specification(given: Sample.create(Sample.ana, email: "a@example.com"))
            .given(
                .createCustomer(CreateCustomer(CustomerCreated(id: Sample.guest, accountType: .guest, externalID: "x")))
            )
        let all = Dictionary(uniqueKeysWithValues: MergeField.allCases.map { ($0, MergeSide.merged) })
        let merge = Command.mergeCustomers(
            survivor: Sample.ana,
            merged: Sample.guest,
            choices: MergeChoices(fields: all)
        )
        #expect(shop.when(merge).invalidField == "email")
    }

    @Test func `a decision is what its plan says`() throws {
        let shop = try profiles()
        let plan = try planMerge(Sample.guest, into: Sample.ana, facts: shop.model)
        #expect(plan.problems.isEmpty)
        #expect(plan.sides[.lastName] == .merged && plan.defaults[.lastName] == .merged)
        #expect(plan.sides[.firstName] == .survivor && plan.metadataConflicts == ["size"])
        let after = try shop.given(.mergeCustomers(survivor: Sample.ana, merged: Sample.guest))
        #expect(after.model.customers[0].profile == plan.profile)
    }
}
