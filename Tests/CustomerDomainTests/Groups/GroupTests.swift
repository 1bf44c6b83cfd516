import CustomerDomain
import Testing

struct GroupTests {
    private let vip = GroupCreated(id: .number(1), name: "VIP")

    @Test func `a group's name is unique whatever the case`() throws {
        let shop = try Sample.shop()
        #expect(shop.when(.createGroup(vip)) == .events(nil, .groupCreated(vip)))
        let grouped = try shop.given(.createGroup(vip))
        #expect(
            grouped.when(.createGroup(GroupCreated(id: .number(2), name: "vip"))) == .rejected(.groupNameTaken("vip"))
        )
        #expect(grouped.when(.createGroup(GroupCreated(id: .number(1), name: "Retail"))).invalidField == "id")
        #expect(shop.when(.createGroup(GroupCreated(id: .number(2), name: " "))).invalidField == "name")
        let described = GroupCreated(id: .number(2), name: "Retail", description: String(repeating: "x", count: 1_001))
        #expect(shop.when(.createGroup(described)).invalidField == "description")
    }

    @Test func `those who already are members are skipped`() throws {
        let shop = try Sample.shop().given(.createGroup(vip), .addGroupMembers(vip.id, [Sample.ana]))
        let both = [Sample.ana, Sample.guest, Sample.guest]
        #expect(shop.when(.addGroupMembers(vip.id, both)) == .events(.guest, .groupJoined(GroupOrdinal(0))))
        #expect(shop.when(.addGroupMembers(vip.id, [Sample.ana])) == .nothing)
        #expect(shop.when(.removeGroupMembers(vip.id, both)) == .events(.ana, .groupLeft(GroupOrdinal(0))))
        #expect(shop.when(.removeGroupMembers(vip.id, [Sample.guest])) == .nothing)
    }

    @Test func `a member who does not stand is named by place, and nobody joins`() throws {
        let shop = try Sample.shop()
            .given(
                .createGroup(vip),
                Sample.create(Sample.other),
                .mergeCustomers(survivor: Sample.ana, merged: Sample.other)
            )
        let unknown = [Sample.ana, Sample.guest, Sample.ana, Sample.nobody]
        let reason = "is not a customer of this organization"
        #expect(shop.when(.addGroupMembers(vip.id, unknown)) == .invalid("customerIds/3", reason))
        #expect(shop.when(.removeGroupMembers(vip.id, unknown)) == .invalid("customerIds/3", reason))
        #expect(
            shop.when(.addGroupMembers(vip.id, [Sample.other]))
                == .invalid("customerIds/0", "is a customer who was merged into \(Sample.ana)")
        )
        let erased = try shop.given(.eraseCustomer(Sample.guest, reason: nil))
        #expect(
            erased.when(.addGroupMembers(vip.id, [Sample.guest]))
                == .invalid("customerIds/0", "is a customer who was erased")
        )
    }

    @Test func `a command names a group and at most 10,000 customers`() throws {
        let shop = try Sample.shop().given(.createGroup(vip))
        #expect(shop.when(.addGroupMembers(.number(9), [])) == .rejected(.groupNotFound(.number(9))))
        #expect(shop.when(.removeGroupMembers(.number(9), [])) == .rejected(.groupNotFound(.number(9))))
        let many = Array(repeating: Sample.ana, count: 10_000)
        #expect(shop.when(.addGroupMembers(vip.id, many)) == .events(.ana, .groupJoined(GroupOrdinal(0))))
        #expect(shop.when(.addGroupMembers(vip.id, many + [Sample.ana])).invalidField == "customerIds")
    }
}
