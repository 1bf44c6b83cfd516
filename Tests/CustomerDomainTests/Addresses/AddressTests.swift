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
