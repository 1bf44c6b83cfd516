import CustomerDomain
import Testing

struct MoveOrderTests {
    private let order = Sample.order(total: 10_000)

    private func shop() throws -> Specification { try Sample.shop().given(.placeOrder(Sample.ana, order)) }

    private func moving(_ number: String = "1001", to customer: CustomerID = Sample.guest) -> Command {
        .moveOrder(MoveOrder(number: number, to: customer, reason: "Hers"))
    }

    @Test func `an order goes to another customer with its refunds, and both histories tell`() throws {
        let outcome = try shop().when(moving())
        #expect(
            outcome
                == .events([
                    Decided(
                        customer: .ana,
                        event: .orderMovedAway(OrderMovedAway(number: "1001", to: .guest, reason: "Hers"))
                    ),
                    Decided(
                        customer: .guest,
                        event: .orderMoved(OrderMoved(number: "1001", from: .ana, reason: "Hers"))
                    ),
                ])
        )
        let refund = RefundOrder(orderNumber: "1001", reference: "R1", minorUnits: 4_000)
        let moved = try shop().given(.refundOrder(refund), moving())
        #expect(moved.model.orders.map(\.customer) == [.guest])
        #expect(moved.model.orders.map(\.formerCustomers) == [[.ana]])
        #expect(moved.model.metrics(of: .ana).grossSpent[Sample.gbp] ?? 0 == 0)
        #expect(moved.model.metrics(of: .ana).refunded[Sample.gbp] ?? 0 == 0)
        #expect(moved.model.metrics(of: .guest).grossSpent[Sample.gbp] == 10_000)
        #expect(moved.model.metrics(of: .guest).refunded[Sample.gbp] == 4_000)
    }

    @Test func `what cannot be moved is refused, and says why`() throws {
        #expect(try shop().when(moving("9")) == .rejected(.orderNotFound("9")))
        #expect(try shop().when(moving(to: Sample.ana)).invalidField == "customerId")
        #expect(try shop().when(moving(to: Sample.nobody)) == .rejected(.customerNotFound(Sample.nobody)))
        let cancelled = try shop().given(.cancelOrder(OrderCancelled(number: "1001", reason: nil)))
        #expect(cancelled.when(moving()) == .rejected(.orderCancelled("1001")))
        let gone = try shop().given(.eraseCustomer(Sample.guest, reason: nil))
        #expect(gone.when(moving()) == .rejected(.customerErased(Sample.guest)))
        let erased = try shop().given(.eraseCustomer(Sample.ana, reason: nil))
        #expect(erased.when(moving()) == .rejected(.customerErased(Sample.ana)))
        let merged = try shop()
            .given(
                Sample.create(Sample.other, .guest, externalID: "7"),
                .mergeCustomers(survivor: Sample.other, merged: Sample.guest)
            )
        #expect(merged.when(moving()) == .rejected(.customerMerged(Sample.guest, into: Sample.other)))
    }

    @Test func `points that the order earned go along, to an account only`() throws {
        let program = LoyaltyProgram(
            tiers: [LoyaltyTier(name: "Base", threshold: 0, pointsPerUnit: 1)],
            earnsOnOrders: true
        )
        let shop = try Sample.shop()
            .given(
                .configureLoyalty(program),
                .enrollInLoyalty(Sample.ana, cardNumber: "A"),
                .placeOrder(Sample.ana, order)
            )
        #expect(shop.model.loyaltyAccount(of: .ana)?.balance == 100)
        let left = try shop.given(moving())
        #expect(left.model.loyaltyAccount(of: .ana)?.balance == 0)
        #expect(left.model.orders.map(\.pointsEarned) == [0])
        let moved = try shop.given(.enrollInLoyalty(Sample.guest, cardNumber: "B"), moving())
        #expect(moved.model.loyaltyAccount(of: .ana)?.balance == 0)
        #expect(moved.model.loyaltyAccount(of: .guest)?.balance == 100)
        let refunded = try moved.given(
            .refundOrder(RefundOrder(orderNumber: "1001", reference: "R", minorUnits: 5_000))
        )
        #expect(refunded.model.loyaltyAccount(of: .guest)?.balance == 50)
    }

    @Test func `a merge whose order went on to somebody else cannot be undone`() throws {
        let shop = try shop()
            .given(
                Sample.create(Sample.other, externalID: "7"),
                .mergeCustomers(survivor: Sample.guest, merged: Sample.ana),
                moving(to: Sample.other)
            )
        guard
            case .rejected(.mergeFixed(let obstacle)) =
                shop.when(.unmergeCustomers(survivor: Sample.guest, merged: Sample.ana))
        else {
            Issue.record("the merge was undone")
            return
        }
        #expect(obstacle.reason == .order)
    }

    @Test func `orders of an e-mail address come to its guest, who is made for the first`() throws {
        let new = Sample.order("7", total: 500)
        let known = PlaceGuestOrder(guest: Sample.other, profile: Profile(email: Sample.email), order: new)
        #expect(try shop().when(.placeGuestOrder(known)) == .events(.guest, .orderPlaced(new)))
        let profile = Profile(email: EmailAddress(unchecked: "new@example.com"), firstName: "Nell")
        let unknown = PlaceGuestOrder(guest: Sample.other, profile: profile, order: new)
        let created = CustomerCreated(id: Sample.other, accountType: .guest, profile: profile)
        #expect(
            try shop().when(.placeGuestOrder(unknown)) == .events(.next, .customerCreated(created), .orderPlaced(new))
        )
        let nobody = PlaceGuestOrder(guest: Sample.other, profile: Profile(firstName: "Nell"), order: new)
        #expect(try shop().when(.placeGuestOrder(nobody)).invalidField == "customer/email")
        let taken = PlaceGuestOrder(guest: Sample.other, profile: profile, order: order)
        #expect(try shop().when(.placeGuestOrder(taken)) == .rejected(.orderNumberTaken("1001")))
    }

    @Test func `orders of guests come to a registered customer only where wanted and verified`() throws {
        let new = Sample.order("7", total: 500)
        let placing = Command.placeGuestOrder(
            PlaceGuestOrder(guest: Sample.other, profile: Profile(email: Sample.email), order: new)
        )
        let joining = try Sample.shop().given(.configureOrganization(OrganizationSettings(joinsVerifiedGuests: true)))
        #expect(joining.when(placing) == .events(.guest, .orderPlaced(new)))
        var verified = joining
        let proof = Event.contactVerified(ContactVerified(channel: .email, method: .code))
        verified.record(
            [Decided(customer: .ana, event: proof)],
            recordedAt: verified.now,
            occurredAt: verified.now
        )
        #expect(verified.when(placing) == .events(.ana, .orderPlaced(new)))
        let apart = try verified.given(.configureOrganization(OrganizationSettings()))
        #expect(apart.when(placing) == .events(.guest, .orderPlaced(new)))
    }
}
