import CustomerDomain
import Testing

/// What holds for every command that is about one customer.
struct AnyCustomerCommandTests {
    @Test(arguments: Sample.customerCommands(Sample.nobody))
    func `refuses a customer who is not there`(_ command: Command) throws {
        #expect(try Sample.shop().when(command) == .rejected(.customerNotFound(Sample.nobody)))
    }

    @Test(arguments: Sample.customerCommands(Sample.guest))
    func `refuses a merged customer and names who answers for it in the end`(_ command: Command) throws {
        let shop = try Sample.shop()
            .given(
                Sample.create(Sample.other, .guest, email: "other@example.com"),
                .mergeCustomers(survivor: Sample.other, merged: Sample.guest),
                .mergeCustomers(survivor: Sample.ana, merged: Sample.other)
            )
        #expect(shop.when(command) == .rejected(.customerMerged(Sample.guest, into: Sample.ana)))
    }

    @Test(arguments: Sample.customerCommands(Sample.ana))
    func `refuses an erased customer`(_ command: Command) throws {
        let shop = try Sample.shop().given(.eraseCustomer(Sample.ana, reason: nil))
        #expect(shop.when(command) == .rejected(.customerErased(Sample.ana)))
    }

    @Test(arguments: Sample.customerCommands(Sample.ana))
    func `refuses when another version was expected`(_ command: Command) throws {
        #expect(try Sample.shop().when(command, expectedVersion: 2) == .rejected(.versionMismatch(actual: 1)))
    }

    @Test(arguments: Sample.activeCustomerCommands(Sample.ana))
    func `refuses a disabled customer to log in, order, earn and redeem`(_ command: Command) throws {
        let shop = try Sample.shop().given(.disableCustomer(Sample.ana, reason: nil))
        #expect(shop.when(command) == .rejected(.customerDisabled(Sample.ana)))
    }
}
