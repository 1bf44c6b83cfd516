import CustomerDomain
import EventSourcing
import Testing

struct VerificationTests {
    private let digest = [UInt8](repeating: 7, count: 32)
    private let now = Timestamp.seconds(1_800_000_000)
    private var later: Timestamp { now.advanced(byDays: 1) }

    private func asked(_ purpose: CodePurpose, email: String? = nil, for id: CustomerID = Sample.ana) -> Command {
        let email = email.map(EmailAddress.init(unchecked:))
        return .requestCode(id, CodeIssued(purpose: purpose, digest: digest, expiresAt: later, email: email))
    }

    private func proof(
        _ purpose: CodePurpose,
        _ digest: [UInt8]? = nil,
        email: String? = nil,
        of id: CustomerID = Sample.ana,
        at time: Timestamp? = nil
    ) -> Command {
        let email = email.map(EmailAddress.init(unchecked:))
        let confirmation = ConfirmCode(purpose: purpose, digest: digest ?? self.digest, email: email)
        return .confirmCode(id, confirmation, at: time ?? now)
    }

    private func verified(_ channel: ContactChannel, _ method: VerificationMethod = .code) -> Event {
        .contactVerified(ContactVerified(channel: channel, method: method))
    }

    /// Ana alone.
    private func alone() throws -> Specification { try Specification(given: Sample.createAna) }

    @Test func `a code that comes back proves the address, once`() throws {
        let shop = try alone().given(asked(.email))
        #expect(shop.when(proof(.email)) == .events(.ana, verified(.email)))
        let proven = try shop.given(proof(.email))
        #expect(proven.model.contacts(of: .ana).email.verifiedAt != nil)
        #expect(proven.when(proof(.email)) == .rejected(.codeMissing(Sample.ana)))
    }

    @Test func `a code for one thing proves nothing else`() throws {
        let shop = try alone().given(asked(.email))
        #expect(shop.when(proof(.password)) == .rejected(.codeMissing(Sample.ana)))
    }

    @Test func `a wish that nobody made a code for cannot be confirmed`() throws {
        let shop = try alone().given(.requestCode(Sample.ana, CodeIssued(purpose: .email)))
        #expect(shop.when(proof(.email, [])) == .rejected(.codeMissing(Sample.ana)))
    }

    @Test func `a code proves nothing from its end on`() throws {
        let shop = try alone().given(asked(.email))
        #expect(shop.when(proof(.email, at: later)) == .rejected(.codeExpired(Sample.ana)))
        let before = Timestamp(microseconds: later.microseconds - 1)
        #expect(shop.when(proof(.email, at: before)) == .events(.ana, verified(.email)))
    }

    @Test func `after five wrong codes the right one proves nothing, until another is asked for`() throws {
        var shop = try alone().given(asked(.email))
        let wrong = [UInt8](repeating: 8, count: 32)
        for _ in 0..<Limits.codeTries {
            #expect(shop.when(proof(.email, wrong)) == .events(.ana, .verificationFailed(.email)))
            try shop.carryOut(proof(.email, wrong))
        }
        #expect(shop.when(proof(.email)) == .rejected(.codeSpent(Sample.ana)))
        try shop.carryOut(asked(.email))
        #expect(shop.when(proof(.email)) == .events(.ana, verified(.email)))
    }

    @Test func `another address is not verified, and ends what was out for the old one`() throws {
        let shop = try alone()
            .given(asked(.email), proof(.email), asked(.password), asked(.email))
        var update = UpdateCustomer(id: Sample.ana)
        update.profile.email = .set(EmailAddress(unchecked: "else@example.com"))
        let moved = try shop.given(.updateCustomer(update))
        #expect(moved.model.contacts(of: .ana) == Contacts())
        update.profile.email = .set(EmailAddress(unchecked: "ANA@example.com"))
        let same = try shop.given(.updateCustomer(update))
        #expect(same.model.contacts(of: .ana) == shop.model.contacts(of: .ana))
    }

    @Test func `a new address takes the place of the old one when it is proved, and not before`() throws {
        let shop = try alone().given(asked(.email, email: "new@example.com"))
        #expect(shop.model.profile(of: .ana).email == Sample.email)
        let proven = try shop.given(proof(.email, email: "new@example.com"))
        #expect(proven.model.profile(of: .ana).email?.text == "new@example.com")
        #expect(proven.model.contacts(of: .ana).email.verifiedAt != nil)
    }

    @Test func `an address that somebody else has cannot be asked for, nor proved`() throws {
        let other = Sample.create(Sample.other, email: "new@example.com")
        let shop = try alone().given(asked(.email, email: "new@example.com"), other)
        let taken = Specification.Outcome.rejected(.emailTaken(by: Sample.other))
        #expect(shop.when(proof(.email, email: "new@example.com")) == taken)
        #expect(shop.when(asked(.email, email: "new@example.com")) == taken)
    }

    @Test func `a customer without a number has none to prove`() throws {
        #expect(try alone().when(asked(.phone)).invalidField == "channel")
    }

    @Test func `whoever registered gets the guest's orders with the proof of the address`() throws {
        let shop = try Sample.shop().given(asked(.email))
        #expect(
            shop.when(proof(.email))
                == .events(.ana, verified(.email), .customersMerged(merged: .guest, terms: MergeTerms()))
        )
        // Until then both stay.
        #expect(shop.model.standing(of: .guest).status == .active)
        let proven = try shop.given(proof(.email))
        #expect(proven.model.standing(of: .guest).mergedInto == .ana)
        #expect(proven.model.contacts(of: .ana).email.verifiedAt != nil)
    }

    @Test func `a guest is claimed by whoever registered once either is verified, or the caller says so`() throws {
        let shop = try Sample.shop()
        let claim = Command.claimGuest(Sample.guest)
        #expect(shop.when(claim) == .rejected(.emailTaken(by: Sample.ana)))
        let merged = Event.customersMerged(merged: .guest, terms: MergeTerms())
        #expect(
            shop.when(.claimGuest(Sample.guest, isVerified: true)) == .events(.ana, verified(.email, .stated), merged)
        )
        let guestProven = try shop.given(asked(.email, for: Sample.guest), proof(.email, of: Sample.guest))
        #expect(guestProven.when(claim) == .events(.ana, verified(.email), merged))
        #expect(guestProven.when(claim, expectedVersion: 3) == .events(.ana, verified(.email), merged))
        #expect(guestProven.when(claim, expectedVersion: 1) == .rejected(.versionMismatch(actual: 3)))
    }

    @Test func `a guest who is known by nothing cannot be claimed`() throws {
        let shop = try Specification(given: Sample.create(Sample.guest, .guest))
        #expect(shop.when(.claimGuest(Sample.guest, isVerified: true)) == .rejected(.noEmail(Sample.guest)))
    }

    @Test func `a password is reset for who may log in and gets mail`() throws {
        let shop = try alone()
        #expect(try Sample.shop().when(asked(.password, for: Sample.guest)) == .rejected(.noPassword(Sample.guest)))
        #expect(
            try Specification(given: Sample.create(Sample.other)).when(asked(.password, for: Sample.other))
                == .rejected(.noEmail(Sample.other))
        )
        let disabled = try shop.given(.disableCustomer(Sample.ana, reason: nil))
        #expect(disabled.when(asked(.password)) == .rejected(.customerDisabled(Sample.ana)))
        let bounced = SuppressionChanged(channel: .email, reason: .bounce)
        let suppressed = try shop.given(.changeSuppression(Sample.ana, bounced))
        #expect(suppressed.when(asked(.password)) == .rejected(.emailSuppressed(Sample.ana)))
        let sent = try shop.given(asked(.password))
        #expect(sent.when(proof(.password)) == .events(.ana, .passwordReset))
        #expect(try sent.given(proof(.password)).when(proof(.password)) == .rejected(.codeMissing(Sample.ana)))
    }

    @Test(arguments: SuppressionReason.allCases)
    func `a bounce goes with the address; other reasons stay until they are taken back`(
        _ reason: SuppressionReason
    ) throws {
        let change = SuppressionChanged(channel: .email, reason: reason)
        let shop = try alone().given(.changeSuppression(Sample.ana, change))
        #expect(shop.when(.changeSuppression(Sample.ana, change)) == .nothing)
        var update = UpdateCustomer(id: Sample.ana)
        update.profile.email = .set(EmailAddress(unchecked: "else@example.com"))
        let moved = try shop.given(.updateCustomer(update))
        #expect((moved.model.contacts(of: .ana).email.suppression == nil) == (reason == .bounce))
        let back = Command.changeSuppression(Sample.ana, SuppressionChanged(channel: .email, reason: nil))
        #expect(try shop.given(back).model.contacts(of: .ana) == Contacts())
    }

    @Test func `what is known of an address goes with it in a merge, and is unknown once that is undone`() throws {
        let shop = try Specification(
            given: Sample.create(Sample.ana),
            Sample.create(Sample.guest, email: "g@example.com")
        )
        .given(asked(.email, for: Sample.guest), proof(.email, of: Sample.guest))
        let merged = try shop.given(.mergeCustomers(survivor: Sample.ana, merged: Sample.guest))
        #expect(merged.model.contacts(of: .ana).email.verifiedAt != nil)
        let apart = try merged.given(.unmergeCustomers(survivor: Sample.ana, merged: Sample.guest))
        #expect(apart.model.contacts(of: .ana) == Contacts())
        #expect(apart.model.contacts(of: .guest).email.verifiedAt != nil)
    }

    @Test func `nothing is known of who was erased`() throws {
        let shop = try alone().given(asked(.email), proof(.email), .eraseCustomer(Sample.ana, reason: nil))
        #expect(shop.model.contacts(of: .ana) == Contacts())
    }
}
