import CustomerDomain
import Testing

struct CreateCustomerTests {
    @Test func `produces one event for each thing, all with the next ordinal`() throws {
        let group = GroupCreated(id: .number(5), name: "VIP")
        let shop = try Sample.shop().given(.createGroup(group))
        let created = Sample.created(Sample.other, email: "new@example.com")
        let creation = CreateCustomer(
            created,
            tags: ["vip", " gift ", "vip"],
            metadata: ["segment": "a"],
            addresses: [Sample.address(1), Sample.address(2, billing: true)],
            groups: [group.id, group.id]
        )
        #expect(
            shop.when(.createCustomer(creation), expectedVersion: 0)
                == .events(
                    .next,
                    .customerCreated(created),
                    .addressAdded(Sample.address(1, shipping: true, billing: true)),
                    .addressAdded(Sample.address(2, billing: true)),
                    .metadataChanged(["segment": "a"]),
                    .customerTagged(["vip", "gift"]),
                    .groupJoined(GroupOrdinal(0))
                )
        )
    }

    @Test func `refuses an e-mail address that the same account type has, in any case`() throws {
        let shop = try Sample.shop()
        let registered = Sample.create(Sample.other, email: "ANA@example.com")
        #expect(shop.when(registered) == .rejected(.emailTaken(by: Sample.ana)))
        let guest = Sample.create(Sample.other, .guest, email: "ANA@example.com")
        #expect(shop.when(guest) == .rejected(.emailTaken(by: Sample.guest)))
    }

    @Test func `takes the e-mail address of somebody erased or merged`() throws {
        let command = Sample.create(Sample.other, .guest, email: "ana@example.com")
        let merged = try Sample.shop().given(.mergeCustomers(survivor: Sample.ana, merged: Sample.guest))
        #expect(merged.when(command) != .rejected(.emailTaken(by: Sample.guest)))
        let erased = try Sample.shop().given(.eraseCustomer(Sample.guest, reason: nil))
        #expect(
            erased.when(command)
                == .events(.next, .customerCreated(Sample.created(Sample.other, .guest, email: "ana@example.com")))
        )
    }

    @Test func `refuses an external id that anybody has or had`() throws {
        let command = Sample.create(Sample.other, externalID: "17850")
        #expect(try Sample.shop().when(command) == .rejected(.externalIDTaken(by: Sample.ana)))
        let erased = try Sample.shop().given(.eraseCustomer(Sample.ana, reason: nil))
        #expect(erased.when(command) == .rejected(.externalIDTaken(by: Sample.ana)))
    }

    @Test(arguments: AccountType.allCases)
    func `needs something to be known by, and any one thing will do`(_ type: AccountType) throws {
        func outcome(_ profile: Profile, externalID: String? = nil) throws -> Specification.Outcome {
            let created = CustomerCreated(id: Sample.other, accountType: type, externalID: externalID, profile: profile)
            return try Sample.shop().when(.createCustomer(CreateCustomer(created)))
        }
        #expect(
            try outcome(Profile(birthDate: CalendarDate(dayNumber: 0)))
                == .invalid("email", "is required when there is no phone, externalId, firstName or lastName")
        )
        let enough = [
            Profile(email: EmailAddress(unchecked: "x@example.com")), Profile(firstName: "X"), Profile(lastName: "X"),
            Profile(phone: PhoneNumber(unchecked: "+1-555-0123")),
        ]
        for profile in enough { #expect(try outcome(profile).invalidField == nil) }
        #expect(try outcome(Profile(), externalID: "X").invalidField == nil)
    }

    @Test func `refuses what it cannot keep, and names the field`() throws {
        func field(_ change: (inout CreateCustomer) -> Void) throws -> String? {
            var creation = CreateCustomer(Sample.created(Sample.other))
            change(&creation)
            return try Sample.shop().when(.createCustomer(creation)).invalidField
        }
        #expect(try field { _ in } == nil)
        #expect(try field { $0.customer.id = Sample.ana } == "id")
        #expect(try field { $0.customer.profile.firstName = "" } == "firstName")
        #expect(try field { $0.customer.profile.firstName = "A\u{0}" } == "firstName")
        #expect(try field { $0.customer.profile.firstName = String(repeating: "é", count: 200) } == nil)
        #expect(try field { $0.customer.profile.lastName = String(repeating: "é", count: 201) } == "lastName")
        #expect(try field { $0.customer.externalID = " " } == "externalId")
        #expect(try field { $0.customer.source = "we\nb" } == "source")
        #expect(try field { $0.tags = ["vip", " "] } == "tags/1")
        #expect(try field { $0.metadata = ["a/b[": "x"] } == "metadata/a~1b[")
        #expect(try field { $0.addresses = [Sample.address(1), Sample.address(1)] } == "addresses/1/id")
        #expect(try field { $0.addresses = [Sample.address(1, city: "\t")] } == "addresses/0/city")
        #expect(try field { $0.groups = [.number(77)] } == "groups/0")
    }

    @Test func `is expected at version 0`() throws {
        let command = Sample.create(Sample.other, email: "x@example.com")
        #expect(try Sample.shop().when(command, expectedVersion: 1) == .rejected(.versionMismatch(actual: 0)))
    }
}
