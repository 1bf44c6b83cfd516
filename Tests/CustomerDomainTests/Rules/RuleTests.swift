import CustomerDomain
import EventSourcing
import Testing

struct RuleTests {
    private static let vip = GroupID.number(80)
    private static let id = RuleID.number(81)
    private static let spends = RuleTerms(name: "Spends", condition: .query("amount_spent > 5000"), takesAway: true)

    /// A shop with Ana, a guest, a group, a segment, and a rule that gives the group.
    private static func shop(_ gift: RuleGift = .group(vip), _ terms: RuleTerms = spends) -> OrganizationModel {
        var model = OrganizationModel()
        for id in [Sample.ana, Sample.guest] {
            let created = CustomerCreated(id: id, accountType: .guest, profile: Profile(firstName: "Ana"))
            model.run(.createCustomer(CreateCustomer(created)))
        }
        model.run(.createGroup(GroupCreated(id: vip, name: "VIP")))
        let segment = SegmentTerms(name: "Gifts", query: "customer_tags CONTAINS 'gift'")
        model.run(.defineSegment(SegmentDefined(id: .number(82), terms: segment)))
        model.run(.defineRule(RuleDefined(id: id, gift: gift, terms: terms)))
        return model
    }

    private static func move(_ gift: RuleGift = .group(vip), isChange: Bool = true) -> RuleMove {
        RuleMove(rule: id, gift: gift, isChange: isChange)
    }

    private static func give(_ customers: CustomerID...) -> Command {
        .applyRule(ApplyRule(id: id, entering: customers))
    }

    private static func take(_ customers: CustomerID...) -> Command {
        .applyRule(ApplyRule(id: id, leaving: customers))
    }

    @Test func `a rule gives once, and takes away what it gave`() {
        var model = Self.shop()
        #expect(model.run(Self.give(Sample.ana, Sample.ana)) == [.ruleAssigned(Self.move())])
        #expect(model.run(Self.give(Sample.ana)).isEmpty)
        #expect(model.customers[0].groups == [GroupOrdinal(0)])
        #expect(model.run(Self.take(Sample.ana, Sample.guest)) == [.ruleWithdrew(Self.move())])
        #expect(model.customers[0].groups.isEmpty)
        // Its condition may hold again.
        #expect(model.run(Self.give(Sample.ana)) == [.ruleAssigned(Self.move())])
    }

    @Test(arguments: [RuleGift.group(vip), .tag("vip")])
    func `what came by hand no rule takes away, and what was taken by hand no rule gives again`(gift: RuleGift) {
        var model = Self.shop(gift)
        let byHand: (Command, Command) =
            switch gift {
            case .group(let id):
                (
                    .addGroupMembers(id, [Sample.ana], reason: nil),
                    .removeGroupMembers(id, [Sample.ana], reason: "asked")
                )
            case .tag(let tag): (.addTags(Sample.ana, [tag]), .removeTags(Sample.ana, [tag]))
            }
        func has() -> Bool { !model.customers[0].groups.isEmpty || !model.customers[0].tags.isEmpty }
        model.run(byHand.0)
        #expect(model.run(Self.give(Sample.ana)).isEmpty)
        #expect(model.run(Self.take(Sample.ana)).isEmpty)
        #expect(has())
        model.run(byHand.1)
        #expect(model.ruleHold(of: CustomerOrdinal(0), by: Self.id) == .barred)
        #expect(model.run(Self.give(Sample.ana)).isEmpty)
        #expect(!has())
        // What a rule gave is by hand once somebody gives it by hand.
        #expect(model.run(Self.give(Sample.guest)).count == 1)
        model = Self.shop(gift)
        model.run(Self.give(Sample.ana))
        #expect(model.run(byHand.0).count == 1)
        #expect(model.run(byHand.0).isEmpty)
        #expect(model.run(Self.take(Sample.ana)).isEmpty)
        #expect(has())
        // Taken by hand from the rule, too.
        model = Self.shop(gift)
        model.run(Self.give(Sample.ana))
        model.run(byHand.1)
        #expect(!has())
        #expect(model.run(Self.give(Sample.ana)).isEmpty)
    }

    @Test func `what two rules give stays until neither does`() {
        var model = Self.shop()
        let often = RuleTerms(name: "Often", condition: .query("number_of_orders > 10"), takesAway: true)
        let other = RuleID.number(83)
        model.run(.defineRule(RuleDefined(id: other, gift: .group(Self.vip), terms: often)))
        model.run(Self.give(Sample.ana))
        let second = RuleMove(rule: other, gift: .group(Self.vip), isChange: false)
        #expect(model.run(.applyRule(ApplyRule(id: other, entering: [Sample.ana]))) == [.ruleAssigned(second)])
        #expect(model.run(Self.take(Sample.ana)) == [.ruleWithdrew(Self.move(isChange: false))])
        #expect(model.customers[0].groups == [GroupOrdinal(0)])
        let last = RuleMove(rule: other, gift: .group(Self.vip), isChange: true)
        #expect(model.run(.applyRule(ApplyRule(id: other, leaving: [Sample.ana]))) == [.ruleWithdrew(last)])
        #expect(model.customers[0].groups.isEmpty)
    }

    @Test func `a rule that does not take away gives for good, and one that rests does nothing`() {
        var terms = Self.spends
        terms.takesAway = false
        var model = Self.shop(.tag("vip"), terms)
        model.run(Self.give(Sample.ana))
        #expect(model.run(Self.take(Sample.ana)).isEmpty)
        model.run(.changeRule(ChangeRule(id: Self.id, isActive: false)))
        #expect(throws: Rejection.ruleInactive(Self.id)) { try decide(Self.give(Sample.guest), facts: model) }
        model.run(.removeRule(Self.id))
        #expect(model.customers[0].tags == ["vip"])
        #expect(throws: Rejection.ruleNotFound(Self.id)) { try decide(Self.give(Sample.guest), facts: model) }
    }

    @Test func `nobody gets more tags than anybody may have`() {
        var model = Self.shop(.tag("vip"))
        model.run(.addTags(Sample.ana, (0..<Limits.tagsPerCustomer).map { "t\($0)" }))
        #expect(model.run(Self.give(Sample.ana, Sample.guest)) == [.ruleAssigned(Self.move(.tag("vip")))])
        #expect(model.customers[0].tags.count == Limits.tagsPerCustomer)
    }

    @Test func `a group or segment that a rule names stays`() {
        var model = Self.shop()
        #expect(throws: Rejection.groupRuled(Self.vip, by: Self.id)) {
            try decide(.deleteGroup(Self.vip), facts: model)
        }
        model.run(.changeRule(ChangeRule(id: Self.id, condition: .segment(.number(82)))))
        #expect(throws: Rejection.segmentInUse(.number(82), by: Self.id)) {
            try decide(.removeSegment(.number(82)), facts: model)
        }
        model.run(.removeRule(Self.id))
        #expect(model.run(.deleteGroup(Self.vip)) == [.groupDeleted(Self.vip)])
        #expect(model.run(.removeSegment(.number(82))) == [.segmentRemoved(SegmentOrdinal(0))])
    }

    @Test func `rules do not feed themselves, each other or by way of a segment`() {
        var model = Self.shop(.tag("a"), RuleTerms(name: "A", condition: .query("NOT (customer_tags CONTAINS 'b')")))
        func refusal(_ command: Command) -> Rejection? {
            do throws(Rejection) {
                _ = try decide(command, facts: model)
                return nil
            } catch {
                return error
            }
        }
        func rule(_ tag: String, _ query: String, name: String = "New") -> Command {
            let terms = RuleTerms(name: name, condition: .query(query))
            return .defineRule(RuleDefined(id: .number(90), gift: .tag(tag), terms: terms))
        }
        #expect(refusal(rule("x", "customer_tags CONTAINS 'x'")) == .ruleCircle(by: .number(90)))
        #expect(refusal(rule("x", "customer_tags IS NULL")) == .ruleCircle(by: .number(90)))
        #expect(refusal(rule("b", "customer_tags CONTAINS 'a'")) == .ruleCircle(by: Self.id))
        #expect(refusal(rule("c", "customer_tags CONTAINS 'a'")) == nil)
        model.run(rule("c", "customer_tags CONTAINS 'a'", name: "C"))
        let terms = RuleTerms(name: "B", condition: .segment(.number(82)))
        model.run(.defineRule(RuleDefined(id: .number(91), gift: .tag("b"), terms: terms)))
        let change = ChangeSegment(id: .number(82), query: "customer_tags CONTAINS 'c'")
        #expect(refusal(.changeSegment(change)) == .ruleCircle(by: .number(90)))
        let groups = RuleTerms(name: "G", condition: .query("customer_groups CONTAINS 'vip'"))
        let own = RuleDefined(id: .number(92), gift: .group(Self.vip), terms: groups)
        #expect(refusal(.defineRule(own)) == .ruleCircle(by: .number(92)))
    }

    @Test func `a definition that cannot be taken names its field`() {
        func field(_ change: (inout RuleDefined) -> Void) -> String? {
            let terms = RuleTerms(name: "Other", condition: .query("number_of_orders > 10"))
            var rule = RuleDefined(id: .number(84), gift: .tag("loyal"), terms: terms)
            change(&rule)
            do throws(Rejection) {
                _ = try decide(.defineRule(rule), facts: Self.shop())
                return nil
            } catch {
                return error.field
            }
        }
        #expect(field { _ in } == nil)
        #expect(field { $0.id = Self.id } == "id")
        #expect(field { $0.terms.name = "" } == "name")
        #expect(field { $0.terms.name = "SPENDS" } == "name")
        #expect(field { $0.terms.condition = .query("nothing") } == "query")
        #expect(field { $0.terms.condition = .segment(.number(1)) } == "segment")
        #expect(field { $0.gift = .group(.number(1)) } == "group")
        #expect(field { $0.gift = .tag(" ") } == "tag")
    }

    @Test func `after a merge what either had by hand is by hand, and what a rule gave is the rule's`() {
        var model = Self.shop()
        model.run(Self.give(Sample.guest))
        model.run(.mergeCustomers(survivor: Sample.ana, merged: Sample.guest))
        #expect(model.ruleHold(of: CustomerOrdinal(0), by: Self.id) == .given)
        #expect(model.run(.unmergeCustomers(survivor: Sample.ana, merged: Sample.guest)).count == 1)
        #expect(model.ruleHold(of: CustomerOrdinal(0), by: Self.id) == nil)
        #expect(model.ruleHold(of: CustomerOrdinal(1), by: Self.id) == .given)
        model.run(.addGroupMembers(Self.vip, [Sample.ana], reason: nil))
        model.run(.mergeCustomers(survivor: Sample.guest, merged: Sample.ana))
        #expect(model.run(Self.take(Sample.guest)).isEmpty)
        #expect(model.customers[1].groups == [GroupOrdinal(0)])
    }
}
