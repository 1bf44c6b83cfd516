import CustomerDomain
import EventSourcing
import TestSupport
import Testing

@testable import CustomerProjections

/// Holds the archive's form, and what `apply` makes of events, to the fingerprint that snapshots are stamped with.
@Suite struct ArchiveFingerprintTests {
    /// What ``ArchiveSection/fingerprint`` begins with, and what the digest of the archive of ``story`` begins with.
    private static let golden = (fingerprint: "12f009a82c8ef6f1", archive: "b0ccb92ed2294cfa")

    @Test func `another archive of the same events has another fingerprint`() throws {
        let bytes = try Self.story.state.archived()
        let fingerprint = Hexadecimal.text(OrganizationState.archiveFingerprint.prefix(8))
        let archive = Hexadecimal.text(digest(of: bytes).prefix(8))
        if archive != Self.golden.archive {
            #expect(
                fingerprint != Self.golden.fingerprint,
                """
                The same events give other archive bytes (\(archive), \(bytes.count) bytes): raise the version of the \
                section that changed in ArchiveSection.version, so that snapshots of the old form are not loaded.
                """
            )
        }
        #expect(
            (fingerprint, archive) == Self.golden,
            "If that is meant, the new golden pair is (fingerprint: \"\(fingerprint)\", archive: \"\(archive)\")."
        )
    }

    @Test func `the golden story loads`() throws {
        let state = Self.story.state
        let loaded = try OrganizationState.loaded(try state.archived())
        #expect(loaded.wholeHash == state.wholeHash)
    }

    /// At least one of everything that an archive holds.
    private static let story: Story = {
        var story = Story()
        story.happens(
            .organizationConfigured(OrganizationSettings(currency: Story.gbp, activityWindowDays: 30, displayName: "S"))
        )
        story.happens(.loyaltyProgramConfigured(LoyaltyProgram()))
        let key = APIKey(
            id: APIKeyID(high: 1, low: 2),
            name: "staff",
            secretDigest: (0..<32).map { $0 },
            role: .staff,
            permissions: [.readCustomers, .readNotes]
        )
        story.happens(.apiKeyCreated(key))
        let role = RoleTemplate(id: RoleID(high: 19, low: 20), name: "Support", permissions: [.readOrders])
        story.happens(.roleTemplateDefined(role))
        let second = APIKey(
            id: APIKeyID(high: 1, low: 3),
            name: "desk",
            secretDigest: (0..<32).map { $0 * 2 },
            role: .staff,
            template: role.id,
            expiresAt: Timestamp.seconds(1_900_000_000)
        )
        story.happens(.apiKeyCreated(second))
        let rotated = APIKeyRotated(
            id: second.id,
            secretDigest: (0..<32).map { $0 * 3 },
            previousUntil: Timestamp.seconds(1_800_000_000),
            expiresAt: Timestamp.seconds(1_900_000_000)
        )
        story.happens(.apiKeyRotated(rotated))
        story.happens(.apiKeyUsed(APIKeyUsed(id: second.id, at: Timestamp.seconds(1_750_000_000))))
        story.happens(.groupCreated(GroupCreated(id: GroupID(high: 3, low: 4), name: "VIP", description: "Best")))
        let terms = GroupTerms(
            key: "vip",
            type: .vip,
            benefits: GroupBenefits(discount: 1_500, minimumOrder: 100, currency: Story.gbp, perks: [.earlyAccess])
        )
        story.happens(.groupUpdated(GroupUpdated(id: GroupID(high: 3, low: 4), name: "VIP", terms: terms)))
        story.happens(.groupCreated(GroupCreated(id: GroupID(high: 3, low: 5), name: "Old")))
        story.happens(.groupDeleted(GroupID(high: 3, low: 5)))
        let rule = PricingRule(
            id: PricingRuleID(high: 31, low: 32),
            name: "Summer",
            group: GroupID(high: 3, low: 4),
            discount: .fixed(500),
            minimumOrder: 1_000,
            currency: Story.gbp,
            endsAt: Timestamp.seconds(1_900_000_000)
        )
        story.happens(.pricingRuleSet(rule))
        let sizes = CustomField(
            id: CustomFieldID(high: 33, low: 34),
            key: "size",
            label: "Size",
            type: .choice,
            choices: ["S", "M"],
            isRequired: true
        )
        story.happens(.customFieldSet(sizes))
        let ann = story.customer("Ann", "Núñez", email: "Ann@Example.com", phone: "+1 555 0100")
        let bob = story.customer("Bob", nil, email: "bob@a.org", .guest)
        let eve = story.customer(nil, "Eve", email: "eve@a.org")
        story.happens(.customerCreated(external), to: 3)
        var fields = AddressFields()
        fields.line1 = "1 Main Street"
        fields.country = CountryCode(code: "GB")
        let address = Address(id: AddressID(high: 5, low: 6), fields: fields, isDefaultShipping: true)
        story.happens(.addressAdded(address), to: ann)
        story.happens(.addressVerified(AddressVerified(address: address.id, outcome: .verified)), to: ann)
        fields.use = .billing
        let office = Address(id: AddressID(high: 5, low: 7), fields: fields, isDefaultBilling: true)
        story.happens(.addressAdded(office), to: ann)
        fields.use = nil
        story.happens(.metadataChanged(["size": "M"]), to: ann)
        story.happens(.customerTagged(["vip", "gift"]), to: ann)
        story.happens(.customerUntagged(["vip"]), to: ann)
        story.happens(.groupJoined(GroupOrdinal(0)), to: ann)
        story.happens(.groupJoined(GroupOrdinal(0)), to: bob)
        story.happens(.noteAdded(NoteAdded(id: NoteID(high: 7, low: 8), type: .general, text: "x")), to: ann)
        let alarm = NoteID(high: 35, low: 36)
        let secret = NoteAdded(id: alarm, type: .general, text: "x", visibility: .private, author: "key_b")
        story.happens(.noteAdded(secret), to: ann)
        story.happens(.noteChanged(NoteChanged(id: alarm, text: "y", isPinned: true)), to: ann)
        story.happens(.noteRemoved(NoteRemoved(id: NoteID(high: 7, low: 8))), to: ann)
        story.happens(.consentChanged(ConsentChanged(kind: .sms, state: .granted)), to: ann)
        story.happens(.consentChanged(ConsentChanged(kind: .sms, state: .withdrawn, optInLevel: .single)), to: bob)
        let code = CodeIssued(purpose: .password, digest: [1, 2], expiresAt: Timestamp.seconds(1_900_000_000))
        story.happens(.contactVerified(ContactVerified(channel: .phone, method: .stated)), to: ann)
        story.happens(.passwordResetRequested(code), to: ann)
        story.happens(.verificationFailed(.password), to: ann)
        story.happens(.suppressionChanged(SuppressionChanged(channel: .email, reason: .bounce)), to: bob)
        let request = DataRequestID(high: 11, low: 12)
        story.happens(.dataRequestOpened(DataRequestOpened(id: request, right: .objection)), to: ann)
        story.happens(.dataRequestIdentityChecked(DataRequestIdentityChecked(id: request, method: .email)), to: ann)
        story.happens(.dataRequestDecided(DataRequestDecided(id: request, refusal: nil)), to: ann)
        let lapsing = DataRequestOpened(id: DataRequestID(high: 13, low: 14), right: .access)
        story.happens(.dataRequestOpened(lapsing), to: eve, actor: "key_b")
        story.happens(
            .personalDataRead(PersonalDataRead(kind: .profile, customers: [CustomerOrdinal(0), CustomerOrdinal(1)])),
            to: nil
        )
        story.happens(.loyaltyEnrolled(cardNumber: "FC1"), to: ann)
        story.happens(.loyaltyEnrolled(cardNumber: "FC2"), to: bob)
        story.order("A-1", of: ann, total: 500, daysAgo: 40)
        story.order("A-2", of: ann, total: 700, names: ("Anna", "Smith"))
        story.order("A-3", of: bob, total: 900, daysAgo: 3)
        story.happens(.pointsEarned(PointsEarned(points: 90, orderNumber: "A-1")), to: ann)
        story.happens(.pointsEarned(PointsEarned(points: 10, orderNumber: "A-3")), to: bob)
        var refund = Refund(reference: "r1", amount: Money(minorUnits: 100, currency: Story.gbp))
        refund.orderNumber = "A-1"
        story.happens(.refundRecorded(refund), to: ann)
        let foreign = Refund(reference: "r2", amount: Money(minorUnits: 5, currency: CurrencyCode(packed: 0x455552)))
        story.happens(.refundRecorded(foreign), to: ann)
        story.happens(.customerLoggedIn, to: ann)
        let item = ReturnItem(line: 0, sku: "MUG", quantity: 1)
        let coming = ReturnRequested(id: ReturnID(high: 33, low: 34), orderNumber: "A-1", items: [item], reason: "x")
        story.happens(.returnRequested(coming), to: ann)
        let paid = ReturnMoved(id: coming.id, orderNumber: "A-1", status: .refunded, refundReference: "r1")
        story.happens(.returnMoved(paid), to: ann)
        let lot = CreditLotID(high: 15, low: 16)
        let issued = CreditIssued(
            lot: lot,
            amount: Money(minorUnits: 700, currency: Story.gbp),
            expiresAt: Timestamp.seconds(1_900_000_000),
            source: .gift
        )
        story.happens(.creditIssued(issued), to: bob)
        let spend = CreditSpendID(high: 17, low: 18)
        let part = CreditAllocation(lot: lot, amount: 300)
        story.happens(.creditSpent(CreditSpent(id: spend, currency: Story.gbp, allocations: [part])), to: bob)
        let part2 = CreditAllocation(lot: lot, amount: 100)
        story.happens(.creditReverted(CreditReverted(spend: spend, currency: Story.gbp, allocations: [part2])), to: bob)
        let gone = Money(minorUnits: 500, currency: Story.gbp)
        story.happens(.creditExpired(CreditExpired(lot: lot, amount: gone)), to: bob)
        let job = JobID(high: 19, low: 20)
        let created = JobCreated(
            id: job,
            kind: .export,
            permission: .exportCustomers,
            work: "customers as csv",
            total: 4
        )
        story.happens(.jobCreated(created), to: nil)
        story.happens(.jobProgressed(JobProgressed(id: job)), to: nil)
        story.happens(.jobProgressed(JobProgressed(id: job, done: 3, failed: 1)), to: nil)
        let end = JobFinished(
            id: job,
            outcome: .failed,
            done: 3,
            failed: 1,
            failure: .erasures,
            expiresAt: .seconds(1_900_000_000)
        )
        story.happens(.jobFinished(end), to: nil)
        points(of: ann, bob, &story)
        var segmentTerms = SegmentTerms(name: "Gifts", description: "Givers", query: "customer_tags CONTAINS 'gift'")
        let segment = SegmentDefined(id: SegmentID(high: 19, low: 20), key: "gifts", terms: segmentTerms)
        story.happens(.segmentDefined(segment), to: nil)
        segmentTerms.tracksMembership = true
        story.happens(.segmentChanged(SegmentOrdinal(0), segmentTerms), to: nil)
        story.happens(.segmentEntered(SegmentOrdinal(0)), to: ann)
        story.happens(.segmentEntered(SegmentOrdinal(0)), to: bob)
        story.happens(.segmentLeft(SegmentOrdinal(0)), to: bob)
        let hook = WebhookID(high: 21, low: 22)
        let settings = WebhookSettings(url: "https://shop.example/", description: "shop", eventTypes: ["OrderPlaced"])
        story.happens(.webhookCreated(WebhookCreated(id: hook, settings: settings, secret: 23)), to: nil)
        story.happens(.webhookSecretRotated(WebhookSecretRotated(id: hook, secret: 24)), to: nil)
        story.happens(.webhookDisabled(WebhookDisabled(id: hook, stop: .gone)), to: nil)
        rulesAndViews(of: ann, bob, &story)
        story.happens(.orderMovedAway(OrderMovedAway(number: "A-1", to: CustomerOrdinal(UInt32(bob)))), to: ann)
        story.happens(.orderMoved(OrderMoved(number: "A-1", from: CustomerOrdinal(UInt32(ann)), reason: "x")), to: bob)
        story.happens(.customersMerged(merged: CustomerOrdinal(UInt32(bob))), to: ann)
        let kim = story.customer("Kim", nil, email: "kim@a.org", phone: "+1 555 0101", .guest)
        let own = Address(id: AddressID(high: 11, low: 12), fields: fields)
        story.happens(.addressAdded(own), to: kim)
        story.happens(.customerTagged(["late"]), to: kim)
        story.order("A-4", of: kim, total: 300)
        let mergeTerms = MergeTerms(fields: [.phone], addresses: [own.id])
        story.happens(.customersMerged(merged: CustomerOrdinal(UInt32(kim)), terms: mergeTerms), to: ann)
        let lee = story.customer("Lee", nil, email: "lee@a.org")
        story.happens(.customersMerged(merged: CustomerOrdinal(UInt32(lee)), terms: MergeTerms()), to: ann)
        story.happens(.customersUnmerged(merged: CustomerOrdinal(UInt32(lee))), to: ann)
        story.happens(.customerErased(reason: nil), to: eve)
        story.happens(.customerDisabled(reason: nil), to: 3)
        let idempotency = Idempotency(key: "k", fingerprint: 9)
        story.happens(.customerEnabled(reason: nil), to: 3, requestID: "request 1", idempotency: idempotency)
        story.happens(.customerLoggedIn, to: 3, requestID: "request 1")
        return story
    }()

    /// Rules with whom they gave something, and views.
    private static func rulesAndViews(of ann: Int, _ bob: Int, _ story: inout Story) {
        let (group, rule) = (GroupID(high: 3, low: 4), RuleID(high: 25, low: 26))
        var terms = RuleTerms(name: "Spends", description: "VIP", condition: .query("amount_spent > 5000"))
        story.happens(.ruleDefined(RuleDefined(id: rule, gift: .group(group), terms: terms)), to: nil)
        terms.takesAway = true
        story.happens(.ruleChanged(rule, terms), to: nil)
        terms.condition = .segment(SegmentID(high: 19, low: 20))
        terms.name = "Gifts"
        terms.isActive = false
        let other = RuleID(high: 25, low: 27)
        story.happens(.ruleDefined(RuleDefined(id: other, gift: .tag("loyal"), terms: terms)), to: nil)
        story.happens(.ruleAssigned(RuleMove(rule: rule, gift: .group(group), isChange: false)), to: ann)
        story.happens(.ruleAssigned(RuleMove(rule: other, gift: .tag("loyal"), isChange: true)), to: ann)
        story.happens(.ruleAssigned(RuleMove(rule: other, gift: .tag("loyal"), isChange: true)), to: bob)
        story.happens(.customerUntagged(["loyal"]), to: bob)
        let view = ViewTerms(
            name: "Best",
            condition: "amount_spent > 1",
            filters: [ViewFilter(name: "tag", value: "gift")],
            sort: "-createdAt",
            columns: ["email"],
            isShared: true
        )
        story.happens(.viewSaved(ViewSaved(id: ViewID(high: 27, low: 28), terms: view)), to: nil)
    }

    /// Everything that is kept of points.
    private static func points(of ann: Int, _ bob: Int, _ story: inout Story) {
        let end = Timestamp.seconds(1_900_000_000)
        story.happens(.pointsEarned(PointsEarned(points: 40, expiresAt: end, pending: .until(end))), to: ann)
        story.happens(.pointsEarned(PointsEarned(points: 30, orderNumber: "A-2", pending: .orderCompletion)), to: ann)
        story.happens(.pointsRedeemed(PointsRedeemed(points: 50)), to: ann)
        let redeemed = story.state.head
        let lot = story.state.pointsLots(ofOrder: "A-1")[0].id
        let back = [PointsAllocation(lot: lot, points: 20)]
        story.happens(.pointsRestored(PointsRestored(redemption: redeemed, allocations: back)), to: ann)
        story.happens(.pointsExpired(back), to: ann)
        story.happens(.pointsReversed(PointsReversed(points: 15, orderNumber: "A-1", forgiven: 5)), to: ann)
        story.happens(.tierChanged(TierChanged(from: "Bronze", to: "Silver", points: 90)), to: ann)
        story.happens(.birthdayRewarded(BirthdayRewarded(points: 5, year: 2_026)), to: ann)
        let taken = PointsAdjusted(adjustment: .deduct, points: 15, reason: "x")
        story.happens(.pointsAdjusted(taken), to: bob)
    }

    private static let external = CustomerCreated(
        id: CustomerID(high: 9, low: 10),
        accountType: .registered,
        externalID: "12001.0",
        source: "web",
        profile: Profile(birthDate: CalendarDate(dayNumber: 7_000))
    )
}

private func digest(of bytes: [UInt8]) -> [UInt8] {
    var digest = StateDigest()
    bytes.withUnsafeBufferPointer { digest.add($0) }
    return digest.finish()
}
