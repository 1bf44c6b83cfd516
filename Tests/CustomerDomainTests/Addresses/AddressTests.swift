import CustomerDomain
import Testing

struct AddressTests {
    private func add(_ address: Address) -> Command { .addAddress(AddAddress(customer: Sample.ana, address: address)) }

    @Test func `the first address is the default for everything, unless it says for what`() throws {
        let shop = try Sample.shop()
        #expect(
            shop.when(add(Sample.address(1)))
                == .events(.ana, .addressAdded(Sample.address(1, shipping: true, billing: true)))
        )
        let billing = Sample.address(1, billing: true)
        #expect(shop.when(add(billing)) == .events(.ana, .addressAdded(billing)))
    }

    @Test func `a later address takes a default only when it says so`() throws {
        let shop = try Sample.shop().given(add(Sample.address(1)))
        #expect(shop.when(add(Sample.address(2))) == .events(.ana, .addressAdded(Sample.address(2))))
        let moved = try shop.given(add(Sample.address(2, shipping: true)))
        #expect(
            moved.model.addresses(of: .ana) == [Sample.address(1, billing: true), Sample.address(2, shipping: true)]
        )
    }

    @Test func `a customer may be given 100 addresses`() throws {
        var shop = try Sample.shop()
        for number in 1...100 { try shop.carryOut(add(Sample.address(UInt64(number)))) }
        #expect(shop.when(add(Sample.address(101))) == .rejected(.limitReached("addresses", limit: 100)))
    }

    @Test func `an address must say something that fits on an envelope`() throws {
        let shop = try Sample.shop().given(add(Sample.address(1)))
        #expect(shop.when(add(Address(id: .number(2), fields: AddressFields()))).invalidField == "line1")
        #expect(shop.when(add(Sample.address(2, city: "a\nb"))).invalidField == "city")
        #expect(shop.when(add(Sample.address(2, city: String(repeating: "x", count: 201)))).invalidField == "city")
        #expect(shop.when(add(Sample.address(1))).invalidField == "id")
    }

    @Test func `an update produces the fields and the defaults that change`() throws {
        let shop = try Sample.shop().given(add(Sample.address(1)), add(Sample.address(2)))
        var update = UpdateAddress(customer: Sample.ana, address: .number(2))
        #expect(shop.when(.updateAddress(update)) == .nothing)
        update.fields.texts[.city] = .set("Leeds")
        update.isDefaultBilling = true
        #expect(
            shop.when(.updateAddress(update))
                == .events(
                    .ana,
                    .addressUpdated(.number(2), Sample.address(2, city: "Leeds").fields),
                    .defaultAddressesChanged(shipping: .number(1), billing: .number(2))
                )
        )
        let again = try shop.given(.updateAddress(update))
        #expect(again.when(.updateAddress(update)) == .nothing)
        #expect(
            again.model.addresses(of: .ana)
                == [Sample.address(1, shipping: true), Sample.address(2, city: "Leeds", billing: true)]
        )
    }

    @Test func `an update can take a default away, and then there is none`() throws {
        let shop = try Sample.shop().given(add(Sample.address(1)), add(Sample.address(2)))
        var update = UpdateAddress(customer: Sample.ana, address: .number(1), isDefaultShipping: false)
        #expect(
            shop.when(.updateAddress(update))
                == .events(.ana, .defaultAddressesChanged(shipping: nil, billing: .number(1)))
        )
        update.address = .number(2)
        #expect(shop.when(.updateAddress(update)) == .nothing)
    }

    @Test func `an update refuses what is not there or cannot be kept`() throws {
        let shop = try Sample.shop().given(add(Sample.address(1)))
        var update = UpdateAddress(customer: Sample.ana, address: .number(9))
        #expect(shop.when(.updateAddress(update)) == .rejected(.addressNotFound(.number(9))))
        update.address = .number(1)
        update.fields.texts[.city] = .set("")
        #expect(shop.when(.updateAddress(update)).invalidField == "city")
        update.fields.texts[.city] = .remove
        #expect(shop.when(.updateAddress(update)).invalidField == "line1")
    }

    private func place(_ number: UInt64, _ line1: String, _ use: AddressUse? = nil) -> Address {
        var address = Sample.address(number, city: "Leeds")
        address.fields.line1 = line1
        address.fields.use = use
        return address
    }

    @Test func `the same place is not kept twice, however it is spelled`() throws {
        let shop = try Sample.shop().given(add(place(1, "1 Main Street")), add(place(2, "2 Main Street")))
        var same = place(3, "1  MAIN street", .billing)
        same.fields.label = "Office"
        #expect(shop.when(add(same)) == .rejected(.addressExists(.number(1))))
        same.fields.line2 = "Apt 5"
        #expect(shop.when(add(same)) == .events(.ana, .addressAdded(same)))
        // Another customer may live there, too, and nobody knows about a town.
        let guest = Command.addAddress(AddAddress(customer: Sample.guest, address: place(4, "1 Main Street")))
        #expect(shop.when(guest) != .rejected(.addressExists(.number(1))))
        let towns = try shop.given(add(Sample.address(5)), add(Sample.address(6)))
        #expect(towns.model.addresses(of: .ana).count == 4)
        var update = UpdateAddress(customer: Sample.ana, address: .number(2))
        update.fields.texts = [.line1: .set("1 main Street")]
        #expect(shop.when(.updateAddress(update)) == .rejected(.addressExists(.number(1))))
        update.address = .number(1)
        #expect(shop.when(.updateAddress(update)) != .rejected(.addressExists(.number(1))))
        var creation = CreateCustomer(Sample.created(Sample.other))
        creation.addresses = [place(7, "1 Road"), place(8, "2 Road"), place(9, "1 ROAD")]
        #expect(
            shop.when(.createCustomer(creation)) == .invalid("addresses/2", "is the same address as addresses/0")
        )
    }

    @Test func `a merge keeps an address of the same place only for what it is the only one for`() throws {
        func merged(_ own: AddressUse?, _ other: AddressUse?) throws -> Int {
            let guest = AddAddress(customer: Sample.guest, address: place(2, "1 main street", other))
            return try Sample.shop()
                .given(add(place(1, "1 Main Street", own)), .addAddress(guest))
                .given(.mergeCustomers(survivor: Sample.ana, merged: Sample.guest))
                .model.addresses(of: .ana).count
        }
        #expect(try merged(nil, .billing) == 1)
        #expect(try merged(.billing, .billing) == 1)
        #expect(try merged(.shipping, .billing) == 2)
        #expect(try merged(.shipping, nil) == 2)
    }

    @Test func `an address for one thing is the default for nothing else`() throws {
        let shop = try Sample.shop()
        var billing = place(1, "1 Main Street", .billing)
        billing.isDefaultBilling = true
        #expect(shop.when(add(place(1, "1 Main Street", .billing))) == .events(.ana, .addressAdded(billing)))
        var wrong = billing
        wrong.isDefaultShipping = true
        #expect(shop.when(add(wrong)).invalidField == "isDefaultShipping")
        let both = try shop.given(add(place(1, "1 Main Street")))
        var update = UpdateAddress(customer: Sample.ana, address: .number(1))
        update.fields.use = .set(.shipping)
        #expect(
            both.when(.updateAddress(update))
                == .events(
                    .ana,
                    .addressUpdated(.number(1), place(1, "1 Main Street", .shipping).fields),
                    .defaultAddressesChanged(shipping: .number(1), billing: nil)
                )
        )
        update.isDefaultBilling = true
        #expect(both.when(.updateAddress(update)).invalidField == "isDefaultBilling")
        var bare = Address(id: .number(2), fields: AddressFields())
        bare.fields.use = .billing
        #expect(both.when(add(bare)).invalidField == "line1")
    }

    @Test func `what was found of an address stays until it is another place`() throws {
        func verify(_ outcome: AddressCheck) -> Command {
            .verifyAddress(Sample.ana, AddressVerified(address: .number(1), outcome: outcome))
        }
        let shop = try Sample.shop().given(add(place(1, "1 Main Street")))
        #expect(shop.when(verify(.unverified)) == .nothing)
        let verified = try shop.given(verify(.verified))
        let found = AddressVerification(outcome: .verified, at: shop.now, actor: "key_test")
        #expect(verified.model.addresses(of: .ana)[0].verification == found)
        #expect(try verified.given(verify(.failed)).model.addresses(of: .ana)[0].verification?.outcome == .failed)
        #expect(try verified.given(verify(.unverified)).model.addresses(of: .ana)[0].verification == nil)
        var update = UpdateAddress(customer: Sample.ana, address: .number(1))
        update.fields.texts = [.label: .set("Home"), .phone: .set("+1 555 0100")]
        let renamed = try verified.given(.updateAddress(update))
        #expect(renamed.model.addresses(of: .ana)[0].verification == found)
        update.fields.texts = [.city: .set("York")]
        #expect(try renamed.given(.updateAddress(update)).model.addresses(of: .ana)[0].verification == nil)
        let other = AddressVerified(address: .number(9), outcome: .verified)
        #expect(verified.when(.verifyAddress(Sample.ana, other)) == .rejected(.addressNotFound(.number(9))))
    }

    @Test func `removing a default leaves none, and the events say so`() throws {
        let shop = try Sample.shop().given(add(Sample.address(1)), add(Sample.address(2, shipping: true)))
        #expect(
            shop.when(.removeAddress(Sample.ana, .number(2)))
                == .events(
                    .ana,
                    .addressRemoved(.number(2)),
                    .defaultAddressesChanged(shipping: nil, billing: .number(1))
                )
        )
        let third = try shop.given(add(Sample.address(3)))
        #expect(third.when(.removeAddress(Sample.ana, .number(3))) == .events(.ana, .addressRemoved(.number(3))))
        #expect(shop.when(.removeAddress(Sample.ana, .number(9))) == .rejected(.addressNotFound(.number(9))))
    }
}
