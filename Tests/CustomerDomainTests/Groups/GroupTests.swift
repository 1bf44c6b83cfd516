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

    @Test func `an update says the whole group, and changes only what it names`() throws {
        let benefits = GroupBenefits(discount: 3_000, minimumOrder: 25_000, currency: Sample.gbp, perks: [.taxExempt])
        let terms = GroupTerms(key: "trade", type: .wholesale, benefits: benefits)
        let shop = try Sample.shop().given(.createGroup(vip, terms: terms))
        var edit = GroupEdit(name: "Trade", description: .set("Pays later"))
        edit.benefits.paymentTermsDays = .set(30)
        edit.benefits.discount = .remove
        var after = GroupUpdated(id: vip.id, name: "Trade", description: "Pays later", terms: terms)
        after.terms.benefits.paymentTermsDays = 30
        after.terms.benefits.discount = nil
        #expect(shop.when(.updateGroup(vip.id, edit)) == .events(nil, .groupUpdated(after)))
        #expect(shop.when(.updateGroup(vip.id, GroupEdit(name: "VIP"))) == .nothing)
        edit = GroupEdit()
        edit.benefits.startsAnew = true
        after = GroupUpdated(id: vip.id, name: "VIP", terms: GroupTerms(key: "trade", type: .wholesale))
        #expect(shop.when(.updateGroup(vip.id, edit)) == .events(nil, .groupUpdated(after)))
    }

    @Test func `a group's terms are checked field by field`() throws {
        let other = GroupCreated(id: .number(2), name: "Trade")
        let shop = try Sample.shop().given(.createGroup(vip, terms: GroupTerms(key: "vip")), .createGroup(other))
        #expect(shop.when(.updateGroup(other.id, GroupEdit(name: "vip"))) == .rejected(.groupNameTaken("vip")))
        #expect(shop.when(.updateGroup(other.id, GroupEdit(key: .set("vip")))) == .rejected(.groupKeyTaken("vip")))
        #expect(shop.when(.updateGroup(vip.id, GroupEdit(key: .set("a b")))).invalidField == "key")
        #expect(shop.when(.updateGroup(.number(9), GroupEdit())) == .rejected(.groupNotFound(.number(9))))
        var edit = GroupEdit()
        edit.benefits.minimumOrder = .set(100)
        #expect(shop.when(.updateGroup(vip.id, edit)).invalidField == "benefits/currency")
        edit.benefits.discount = .set(0)
        #expect(shop.when(.updateGroup(vip.id, edit)).invalidField == "benefits/discountPercent")
    }

    @Test func `who is in a group that is deleted is in none, and name and key are free`() throws {
        let terms = GroupTerms(key: "vip")
        let shop = try Sample.shop()
            .given(.createGroup(vip, terms: terms), .addGroupMembers(vip.id, [Sample.ana]), .deleteGroup(vip.id))
        #expect(shop.when(.deleteGroup(vip.id)) == .rejected(.groupNotFound(vip.id)))
        #expect(shop.when(.addGroupMembers(vip.id, [Sample.guest])) == .rejected(.groupNotFound(vip.id)))
        let again = GroupCreated(id: .number(2), name: "VIP")
        let whole = GroupUpdated(id: again.id, name: "VIP", terms: terms)
        #expect(
            shop.when(.createGroup(again, terms: terms)) == .events(nil, .groupCreated(again), .groupUpdated(whole))
        )
    }

    @Test func `a reason goes with who joins and leaves`() throws {
        let shop = try Sample.shop().given(.createGroup(vip))
        let joined = MembershipChanged(group: GroupOrdinal(0), joins: true, reason: "Asked")
        #expect(
            shop.when(.addGroupMembers(vip.id, [Sample.ana], reason: "Asked"))
                == .events(.ana, .membershipChanged(joined))
        )
        let member = try shop.given(.addGroupMembers(vip.id, [Sample.ana], reason: "Asked"))
        let left = MembershipChanged(group: GroupOrdinal(0), joins: false, reason: "Asked")
        #expect(
            member.when(.removeGroupMembers(vip.id, [Sample.ana], reason: "Asked"))
                == .events(.ana, .membershipChanged(left))
        )
        #expect(member.when(.addGroupMembers(vip.id, [Sample.guest], reason: " ")).invalidField == "reason")
    }

    @Test func `the usual groups are made once, with amounts in the currency`() throws {
        let shop = try Sample.shop().given(.createGroup(vip))
        let ids: [GroupID] = [.number(5), .number(6), .number(7)]
        guard case .events(let decided) = shop.when(.createDefaultGroups(ids, currency: CurrencyCode("JPY"))) else {
            Issue.record("refused")
            return
        }
        let updated = decided.compactMap { if case .groupUpdated(let group) = $0.event { group } else { nil } }
        #expect(updated.map(\.name) == ["Retail", "Wholesale"])
        #expect(updated.last?.terms.benefits.minimumOrder == 250)
        #expect(updated.last?.terms.benefits.discount == 3_000)
        #expect(updated.last?.terms.benefits.paymentTermsDays == 30)
        let whole = try shop.given(.createDefaultGroups(ids, currency: Sample.gbp))
        #expect(whole.when(.createDefaultGroups(ids, currency: Sample.gbp)) == .nothing)
    }
}
