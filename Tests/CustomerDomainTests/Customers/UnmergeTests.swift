import CustomerDomain
import EventSourcing
import Testing

/// What undoing a merge gives back, and what forbids it.
struct UnmergeTests {
    private let undo = Command.unmergeCustomers(survivor: Sample.ana, merged: Sample.guest)
    private let vip = GroupCreated(id: .number(1), name: "VIP")

    /// Ana, who answers for the guest with an order, a note, an address, a tag, a group, a card and points.
    private func merged(_ choices: MergeChoices = MergeChoices()) throws -> Specification {
        try apart().given(.mergeCustomers(survivor: Sample.ana, merged: Sample.guest, choices: choices))
    }

    private func apart() throws -> Specification {
        try Sample.shop()
            .given(Sample.enrolled[0], .enrollInLoyalty(Sample.guest, cardNumber: "FC1"), .createGroup(vip))
            .given(.placeOrder(Sample.guest, Sample.order("1")), .placeOrder(Sample.ana, Sample.order("2")))
            .given(.addNote(Sample.guest, NoteAdded(id: .number(1), type: .general, text: "First.")))
            .given(.addAddress(AddAddress(customer: Sample.guest, address: Sample.address(1))))
            .given(.addTags(Sample.guest, ["b", "c"]), .addTags(Sample.ana, ["a", "b"]))
            .given(.addGroupMembers(vip.id, [Sample.guest]), .disableCustomer(Sample.guest, reason: nil))
            .given(.updateCustomer(UpdateCustomer(id: Sample.guest, metadata: .replace(["size": "M"]))))
    }

    @Test func `both are as they were`() throws {
        let before = try apart().model
        let after = try merged(MergeChoices(fields: [.email: .merged])).given(undo).model
        #expect(after.customers[1] == before.customers[1])
        var survivor = after.customers[0]
        survivor.version -= 2
        #expect(survivor == before.customers[0])
        #expect(after.orders == before.orders && after.loyaltyCards == before.loyaltyCards)
        #expect(after.merge(of: .guest) == nil)
    }

    @Test func `what came after the merge stays with the survivor`() throws {
        var update = UpdateCustomer(id: Sample.ana)
        update.profile.email = .set(EmailAddress(unchecked: "new@example.com"))
        let after = try merged(MergeChoices(fields: [.email: .merged]))
            .given(.enableCustomer(Sample.ana, reason: nil), .updateCustomer(update))
            .given(.addTags(Sample.ana, ["d"]), .removeTags(Sample.ana, ["c", "a"]), .addTags(Sample.ana, ["c"]))
            .given(.removeGroupMembers(vip.id, [Sample.ana]), .addGroupMembers(vip.id, [Sample.ana]))
            .given(.addNote(Sample.ana, NoteAdded(id: .number(2), type: .general, text: "Second.")))
            .given(.changeOrderStatus(OrderStatusChanged(number: "1", status: .paid, fulfillmentStatus: nil)))
            .given(undo)
            .model
        let (ana, guest) = (after.customers[0], after.customers[1])
        #expect(ana.profile.email?.text == "new@example.com" && guest.profile.email?.text == "ana@example.com")
        #expect(ana.status == .active && guest.status == .disabled)
        #expect(ana.tags == ["b", "d", "c"] && guest.tags == ["b", "c"])
        #expect(ana.groups == [GroupOrdinal(0)] && guest.groups == [GroupOrdinal(0)])
        #expect(ana.notes.map(\.note.text) == ["Second."] && guest.notes.map(\.note.text) == ["First."])
        #expect(after.orders(of: .guest).map(\.order.status) == [.paid])
        #expect(after.orders(of: .ana).map(\.order.number) == ["2"])
    }

    @Test(
        arguments: [
            (.points, .adjustPoints(Sample.ana, PointsAdjusted(adjustment: .add, points: 1, reason: "x"))),
            (.address, .removeAddress(Sample.ana, .number(1))),
            (.address, .updateAddress(UpdateAddress(customer: Sample.ana, address: .number(1), fields: Self.edit))),
            (.order, .cancelOrder(OrderCancelled(number: "1", reason: nil))),
            (.order, .refundOrder(RefundOrder(orderNumber: "1", reference: "r1", minorUnits: 5))),
            (.address, .verifyAddress(Sample.ana, AddressVerified(address: .number(1), outcome: .verified))),
            (.metadata, .updateCustomer(UpdateCustomer(id: Sample.ana, metadata: .merge(["x": "y"])))),
        ] as [(MergeObstacle.Reason, Command)]
    )
    func `what belongs to both forbids it`(reason: MergeObstacle.Reason, command: Command) throws {
        let shop = try merged()
        let obstacle = MergeObstacle(reason, shop.model.head.next)
        #expect(try shop.given(command).when(undo) == .rejected(.mergeFixed(obstacle)))
        #expect(shop.when(undo) == .events(.ana, .customersUnmerged(merged: .guest)))
    }

    @Test func `a request about its data that goes on forbids it, a new one does not`() throws {
        let request = DataRequestOpened(id: .number(1), right: .access)
        let shop = try Sample.shop().given(.openDataRequest(Sample.guest, request))
            .given(.mergeCustomers(survivor: Sample.ana, merged: Sample.guest))
            .given(.openDataRequest(Sample.ana, DataRequestOpened(id: .number(2), right: .access)))
        #expect(shop.when(undo) == .events(.ana, .customersUnmerged(merged: .guest)))
        let checked = DataRequestIdentityChecked(id: .number(1), method: .document)
        let obstacle = MergeObstacle(.dataRequest, shop.model.head.next)
        #expect(try shop.given(.checkIdentity(checked)).when(undo) == .rejected(.mergeFixed(obstacle)))
    }

    @Test func `store credit of the merged customer that is spent or given back forbids it, other credit does not`()
        throws
    {
        let now = Timestamp.seconds(1_700_000_000)
        let soon = now.advanced(byDays: 1)
        let apart = try Sample.shop()
            .given(.issueCredit(Sample.guest, Sample.lot(1, 500, expires: soon), at: now))
            .given(.issueCredit(Sample.guest, Sample.lot(2, 300), at: now))
            .given(.issueCredit(Sample.ana, Sample.lot(3, 700, currency: Sample.eur), at: now))
        func spend(_ currency: CurrencyCode, _ number: UInt64) -> Command {
            let spending = SpendCredit(id: .number(number), amount: Money(minorUnits: 200, currency: currency))
            return .spendCredit(Sample.ana, spending, at: now)
        }
        let shop = try apart.given(.mergeCustomers(survivor: Sample.ana, merged: Sample.guest))
        let obstacle = MergeObstacle(.credit, shop.model.head.next)
        #expect(try shop.given(spend(Sample.gbp, 1)).when(undo) == .rejected(.mergeFixed(obstacle)))

        let before = SpendCredit(id: .number(9), amount: Money(minorUnits: 50, currency: Sample.gbp))
        let spent = try apart.given(.spendCredit(Sample.guest, before, at: now))
            .given(.mergeCustomers(survivor: Sample.ana, merged: Sample.guest))
        let back = Command.revertCredit(Sample.ana, RevertCredit(spend: .number(9)), at: now)
        let other = MergeObstacle(.credit, spent.model.head.next)
        #expect(try spent.given(back).when(undo) == .rejected(.mergeFixed(other)))

        let after = try shop.given(spend(Sample.eur, 2), .expireCredit(Sample.ana, at: soon), undo).model
        #expect(after.openCreditLots(of: .guest).map(\.id) == [.number(2)])
        #expect(after.openCreditLots(of: .ana).map(\.rest) == [500])
        #expect(after.credit.lines.filter { $0.customer == .guest }.map(\.change.minorUnits) == [500, 300, -500])
    }

    private static let edit: AddressEdit = {
        var edit = AddressEdit()
        edit.texts[.city] = .set("Rome")
        return edit
    }()

    @Test func `the survivor's own orders, points and addresses forbid nothing`() throws {
        let shop = try Sample.shop()
            .given(Sample.enrolled[0], Sample.enrolled[1], .placeOrder(Sample.ana, Sample.order("2")))
            .given(.mergeCustomers(survivor: Sample.ana, merged: Sample.guest))
            .given(.addAddress(AddAddress(customer: Sample.ana, address: Sample.address(2))))
            .given(.earnPoints(Sample.ana, PointsEarned(points: 7)), .removeAddress(Sample.ana, .number(2)))
            .given(.updateCustomer(UpdateCustomer(id: Sample.ana, metadata: .merge(["x": "y"]))))
            .given(.cancelOrder(OrderCancelled(number: "2", reason: nil)))
        #expect(shop.when(undo) == .events(.ana, .customersUnmerged(merged: .guest)))
        #expect(try shop.given(undo).model.customers[0].metadata == ["x": "y"])
    }

    @Test func `it names who is not merged, who was merged later, and who must stand`() throws {
        let shop = try Sample.shop().given(Sample.create(Sample.other, email: "other@example.com"))
        #expect(shop.when(undo) == .rejected(.notMerged(Sample.guest, into: Sample.ana)))
        let nobody = Command.unmergeCustomers(survivor: Sample.ana, merged: Sample.nobody)
        #expect(shop.when(nobody) == .rejected(.customerNotFound(Sample.nobody)))
        let both = try shop.given(
            .mergeCustomers(survivor: Sample.ana, merged: Sample.guest),
            .mergeCustomers(survivor: Sample.ana, merged: Sample.other)
        )
        #expect(both.when(undo) == .rejected(.mergeNotLatest(Sample.other)))
        let other = Command.unmergeCustomers(survivor: Sample.ana, merged: Sample.other)
        #expect(try both.given(other).when(undo) == .events(.ana, .customersUnmerged(merged: .guest)))
        let above = try shop.given(
            .mergeCustomers(survivor: Sample.ana, merged: Sample.guest),
            .mergeCustomers(survivor: Sample.other, merged: Sample.ana)
        )
        #expect(above.when(undo) == .rejected(.customerMerged(Sample.ana, into: Sample.other)))
        let erased = try both.given(.eraseCustomer(Sample.ana, reason: nil))
        #expect(erased.when(undo) == .rejected(.customerErased(Sample.ana)))
    }

    @Test func `an e-mail address that somebody took since is named`() throws {
        let taken = try merged().given(Sample.create(Sample.other, .guest, email: "ana@example.com"))
        #expect(taken.when(undo) == .rejected(.emailTaken(by: Sample.other)))
        // The survivor's own, which it does not have while it has the other's.
        let shop = try Sample.shop()
            .given(.updateCustomer(Self.renamed))
            .given(.mergeCustomers(survivor: Sample.ana, merged: Sample.guest, choices: Self.mergedEmail))
            .given(Sample.create(Sample.other, email: Sample.email.text))
        #expect(shop.when(undo) == .rejected(.emailTaken(by: Sample.other)))
    }

    private static let mergedEmail = MergeChoices(fields: [.email: .merged])

    private static let renamed: UpdateCustomer = {
        var update = UpdateCustomer(id: Sample.guest)
        update.profile.email = .set(EmailAddress(unchecked: "guest@example.com"))
        return update
    }()

    @Test func `the survivor may not have taken the other's e-mail address itself`() throws {
        var update = UpdateCustomer(id: Sample.ana)
        update.profile.email = .set(EmailAddress(unchecked: "other@example.com"))
        let shop = try Sample.shop().given(Sample.create(Sample.other, email: "other@example.com"))
            .given(.mergeCustomers(survivor: Sample.ana, merged: Sample.other), .updateCustomer(update))
        let undo = Command.unmergeCustomers(survivor: Sample.ana, merged: Sample.other)
        #expect(shop.when(undo) == .rejected(.emailTaken(by: Sample.ana)))
    }
}
