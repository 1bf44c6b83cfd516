import CustomerDomain
import Testing

struct ClaimAndMergeTests {
    @Test func `a guest becomes registered`() throws {
        let shop = try Specification(given: Sample.createGuest)
        let stated = Event.contactVerified(ContactVerified(channel: .email, method: .stated))
        #expect(shop.when(.claimGuest(Sample.guest, isVerified: true)) == .events(.ana, stated, .guestClaimed))
        #expect(shop.when(.claimGuest(Sample.guest)) == .rejected(.contactUnverified(Sample.guest)))
        let claimed = try shop.given(.claimGuest(Sample.guest, isVerified: true))
        #expect(claimed.when(.claimGuest(Sample.guest)) == .rejected(.notAGuest(Sample.guest)))
    }

    @Test func `a guest whose e-mail address a registered customer has must be merged`() throws {
        #expect(try Sample.shop().when(.claimGuest(Sample.guest)) == .rejected(.emailTaken(by: Sample.ana)))
    }

    @Test func `a merge is the survivor's event`() throws {
        let shop = try Sample.shop()
        let merge = Command.mergeCustomers(survivor: Sample.ana, merged: Sample.guest)
        #expect(
            shop.when(merge, expectedVersion: 1) == .events(.ana, .customersMerged(merged: .guest, terms: MergeTerms()))
        )
        let back = Command.mergeCustomers(survivor: Sample.guest, merged: Sample.ana)
        #expect(shop.when(back) == .events(.guest, .customersMerged(merged: .ana, terms: MergeTerms())))
    }

    @Test func `a merge needs two customers who stand`() throws {
        let shop = try Sample.shop()
        func merging(_ id: CustomerID) -> Command { .mergeCustomers(survivor: Sample.ana, merged: id) }
        #expect(shop.when(merging(Sample.ana)) == .rejected(.mergeWithItself))
        #expect(shop.when(merging(Sample.nobody)) == .rejected(.customerNotFound(Sample.nobody)))
        let merged = try shop.given(merging(Sample.guest))
        #expect(merged.when(merging(Sample.guest)) == .rejected(.customerMerged(Sample.guest, into: Sample.ana)))
        let erased = try shop.given(.eraseCustomer(Sample.guest, reason: nil))
        #expect(erased.when(merging(Sample.guest)) == .rejected(.customerErased(Sample.guest)))
    }

    @Test func `a guest who would become registered must not take somebody else's e-mail address`() throws {
        let shop = try Sample.shop().given(Sample.create(Sample.other, email: "other@example.com"))
        let merge = Command.mergeCustomers(survivor: Sample.guest, merged: Sample.other)
        #expect(shop.when(merge) == .rejected(.emailTaken(by: Sample.ana)))
    }

    @Test func `an erasure happens once`() throws {
        let erase = Command.eraseCustomer(Sample.ana, reason: "Asked for it")
        let shop = try Sample.shop()
        #expect(shop.when(erase) == .events(.ana, .customerErased(reason: "Asked for it")))
        #expect(shop.when(.eraseCustomer(Sample.ana, reason: " ")).invalidField == "reason")
    }
}
