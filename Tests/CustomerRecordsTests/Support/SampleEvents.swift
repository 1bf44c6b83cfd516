import CustomerDomain
import CustomerRecords
import EventSourcing

/// Believable events, one or more for each type.
enum SampleEvents {
    static let customerID = CustomerID(high: 0x0190_6DF0_8C00_7A3B, low: 0x8C1F_22E0_9D4B_5A61)
    static let addressID = AddressID(high: 0x0190_6DF0_8C01_7A3B, low: 0x8C1F_22E0_9D4B_5A62)
    static let otherAddressID = AddressID(high: 0x0190_6DF0_8C02_7A3B, low: 0x8C1F_22E0_9D4B_5A63)

    /// The record of an event as a shop would have it.
    static func record(_ event: Event) -> RecordedEvent {
        let type = EventType(of: event)
        let isOfOrganization = [
            .groupCreated, .loyaltyProgramConfigured, .organizationConfigured, .apiKeyCreated, .apiKeyRevoked,
            .apiKeyRotated, .apiKeyUsed, .roleTemplateDefined, .roleTemplateChanged, .roleTemplateRemoved,
            .jobCreated, .jobProgressed, .jobCancelAsked, .jobFinished, .jobExpired, .jobResultFetched,
            .groupUpdated, .groupDeleted, .pricingRuleSet, .pricingRuleRemoved, .customFieldSet, .customFieldRemoved,
            .webhookCreated, .webhookChanged, .webhookRemoved, .webhookDisabled, .webhookSecretRotated, .ruleDefined,
            .ruleChanged, .ruleRemoved, .viewSaved, .viewChanged, .viewRemoved,
        ]
        .contains(type)
        let recordedAt = Timestamp(microseconds: 1_782_907_200_123_456 + Int64(type.rawValue) * 1_000_000)
        return RecordedEvent(
            sequence: SequenceNumber(UInt64(type.rawValue)),
            recordedAt: recordedAt,
            occurredAt: type == .orderPlaced ? Timestamp.seconds(1_291_191_960) : recordedAt,
            actor: "key_01j1pz1300f8xrr7s2w2en7qpk",
            requestID: type == .customerCreated ? "req-7f3a" : nil,
            customer: isOfOrganization ? nil : CustomerOrdinal(41),
            customerVersion: isOfOrganization ? 0 : type.rawValue,
            idempotency: type == .orderPlaced ? Idempotency(key: "8f14e45f", fingerprint: 0x0123_4567_89AB_CDEF) : nil,
            event: event
        )
    }

    /// The events, each with the name of its golden file: the type, and where there are more of one type, what is special.
    static let all: [(name: String, event: Event)] =
        customers + addresses + orders + loyalty + dataRequests + credit + jobs + segments + webhooks + organization
        + access + contacts + rules + views + notesAndReturns

    private static let customers: [(String, Event)] = [
        (
            "CustomerCreated",
            .customerCreated(
                CustomerCreated(
                    id: customerID,
                    accountType: .registered,
                    externalID: "C-10042",
                    source: "web",
                    profile: Profile(
                        email: EmailAddress(unchecked: "Zoë.Müller@example.com"),
                        firstName: "Zoë",
                        lastName: "Müller",
                        phone: PhoneNumber(unchecked: "+49 170 1234567"),
                        birthDate: CalendarDate(dayNumber: -1)
                    )
                )
            )
        ),
        ("CustomerCreated-guest", .customerCreated(CustomerCreated(id: customerID, accountType: .guest))),
        (
            "CustomerCreated-role",
            .customerCreated(
                CustomerCreated(id: customerID, accountType: .guest, profile: Profile(lastName: "Roe", role: "buyer"))
            )
        ),
        ("CustomerUpdated-role", .customerUpdated(CustomerUpdated(profile: roleRemoval))),
        ("CustomerUpdated", .customerUpdated(update)),
        ("CustomerUpdated-removed", .customerUpdated(removal)),
        ("CustomerDisabled", .customerDisabled(reason: "Chargeback of order 536365")),
        ("CustomerEnabled", .customerEnabled(reason: nil)),
        ("CustomerLoggedIn", .customerLoggedIn),
        ("GuestClaimed", .guestClaimed),
        ("WelcomeRequested", .welcomeRequested),
        ("CustomerTagged", .customerTagged(["vip", "newsletter"])),
        ("CustomerUntagged", .customerUntagged(["newsletter"])),
        ("MetadataChanged", .metadataChanged(["shoe size": "42", "Größe": "L", "": "", "a": "1"])),
        (
            "NoteAdded",
            .noteAdded(
                NoteAdded(
                    id: noteID,
                    type: .supportInteraction,
                    text: "Called about the late parcel.\nPrefers \"e-mail\"."
                )
            )
        ),
        (
            "ConsentChanged",
            .consentChanged(
                ConsentChanged(
                    kind: .marketingEmail,
                    state: .granted,
                    optInLevel: .confirmed,
                    source: "footer-form",
                    wording: "2026-03 de",
                    evidence: "192.0.2.7, form 4711",
                    reason: "Came back"
                )
            )
        ),
        ("ConsentChanged-bare", .consentChanged(ConsentChanged(kind: .cookies, state: .pending))),
        (
            "PersonalDataRead",
            .personalDataRead(PersonalDataRead(kind: .profile, customers: [CustomerOrdinal(0), CustomerOrdinal(300)]))
        ),
        ("GroupJoined", .groupJoined(GroupOrdinal(3))),
        ("GroupLeft", .groupLeft(GroupOrdinal(0))),
        (
            "MembershipChanged",
            .membershipChanged(MembershipChanged(group: GroupOrdinal(3), joins: true, reason: "Asked by phone"))
        ),
        (
            "MembershipChanged-left",
            .membershipChanged(MembershipChanged(group: GroupOrdinal(0), joins: false, reason: nil))
        ),
        ("CustomersMerged", .customersMerged(merged: CustomerOrdinal(1_000_000))),
        ("CustomersMerged-terms", .customersMerged(merged: CustomerOrdinal(42), terms: terms)),
        ("CustomersMerged-nothing", .customersMerged(merged: CustomerOrdinal(42), terms: MergeTerms())),
        ("CustomersUnmerged", .customersUnmerged(merged: CustomerOrdinal(42))),
        ("CustomerErased", .customerErased(reason: "Asked for it by letter")),
    ]

    private static let contacts: [(String, Event)] = [
        (
            "VerificationRequested",
            .verificationRequested(
                CodeIssued(
                    purpose: .email,
                    digest: (0..<32).map { $0 * 5 },
                    expiresAt: Timestamp.seconds(1_800_000_000),
                    email: EmailAddress(unchecked: "new@example.com")
                )
            )
        ),
        ("VerificationRequested-bare", .verificationRequested(CodeIssued(purpose: .phone))),
        ("VerificationFailed", .verificationFailed(.password)),
        ("ContactVerified", .contactVerified(ContactVerified(channel: .phone, method: .code))),
        ("SuppressionChanged", .suppressionChanged(SuppressionChanged(channel: .email, reason: .complaint))),
        ("SuppressionChanged-none", .suppressionChanged(SuppressionChanged(channel: .phone, reason: nil))),
        (
            "PasswordResetRequested",
            .passwordResetRequested(
                CodeIssued(
                    purpose: .password,
                    digest: (0..<32).map { $0 * 3 },
                    expiresAt: Timestamp.seconds(1_800_000_000)
                )
            )
        ),
        ("PasswordReset", .passwordReset),
        (
            "CustomerUpdated-moved",
            .customerUpdated(
                CustomerUpdated(profile: update.profile, movedContacts: [.phone, .email])
            )
        ),
    ]

    private static let terms = MergeTerms(
        fields: [.birthDate, .email],
        metadata: .merged,
        addresses: [addressID, otherAddressID]
    )

    private static let update: CustomerUpdated = {
        var update = CustomerUpdated(externalID: .set("C-10043"))
        update.profile.email = .set(EmailAddress(unchecked: "zoe@example.com"))
        update.profile.firstName = .set("Zoe")
        update.profile.phone = .set(PhoneNumber(unchecked: "030 1234567"))
        update.profile.birthDate = .set(CalendarDate(dayNumber: 11_016))
        return update
    }()

    private static let roleRemoval: ProfileEdit = {
        var edit = ProfileEdit()
        edit.role = .remove
        return edit
    }()

    private static let removal: CustomerUpdated = {
        var update = CustomerUpdated(externalID: .remove)
        update.profile.lastName = .set("")
        update.profile.phone = .remove
        update.profile.birthDate = .remove
        return update
    }()

    private static let addresses: [(String, Event)] = [
        (
            "AddressAdded",
            .addressAdded(Address(id: addressID, fields: home, isDefaultShipping: true, isDefaultBilling: false))
        ),
        ("AddressUpdated", .addressUpdated(addressID, home)),
        (
            "AddressAdded-billing",
            .addressAdded(Address(id: otherAddressID, fields: office, isDefaultBilling: true))
        ),
        ("AddressRemoved", .addressRemoved(addressID)),
        (
            "CustomFieldSet",
            .customFieldSet(
                CustomField(
                    id: fieldID,
                    key: "size",
                    label: "Shirt size",
                    type: .choice,
                    choices: ["S", "M"],
                    isRequired: true
                )
            )
        ),
        ("CustomFieldSet-text", .customFieldSet(CustomField(id: fieldID, key: "vat", label: "VAT", type: .text))),
        ("CustomFieldRemoved", .customFieldRemoved(fieldID)),
        (
            "AddressVerified",
            .addressVerified(AddressVerified(address: addressID, outcome: .failed, reason: "A letter came back"))
        ),
        ("AddressVerified-bare", .addressVerified(AddressVerified(address: addressID, outcome: .verified))),
        ("DefaultAddressesChanged", .defaultAddressesChanged(shipping: addressID, billing: otherAddressID)),
        ("DefaultAddressesChanged-none", .defaultAddressesChanged(shipping: nil, billing: nil)),
    ]

    static let home: AddressFields = {
        var fields = AddressFields()
        fields.label = "Home"
        fields.firstName = "Zoë"
        fields.lastName = "Müller"
        fields.company = "Müller & Töchter"
        fields.line1 = "Hauptstraße 1"
        fields.line2 = "2. OG"
        fields.city = "Berlin"
        fields.state = "BE"
        fields.postalCode = "10827"
        fields.country = CountryCode(packed: 0x4445)
        fields.phone = "+49 30 1234567"
        return fields
    }()

    private static let fieldID = CustomFieldID(high: 0x0190_6DF0_8C20_7A3B, low: 0x8C1F_22E0_9D4B_5A80)

    private static let office: AddressFields = {
        var fields = AddressFields()
        fields.line1 = "1 Main Street"
        fields.use = .billing
        return fields
    }()

    static let pounds = CurrencyCode(packed: 0x47_4250)

    private static let orders: [(String, Event)] = [
        (
            "OrderPlaced",
            .orderPlaced(
                Order(
                    number: "536365",
                    currency: pounds,
                    lines: [
                        OrderLine(
                            sku: "85123A",
                            name: "WHITE HANGING HEART T-LIGHT HOLDER",
                            quantity: 6,
                            unitPrice: 255
                        ),
                        OrderLine(sku: "71053", name: "WHITE METAL LANTERN", quantity: 1, unitPrice: 339),
                        // Three decimals in the price: the total says what was paid.
                        OrderLine(
                            sku: "21703",
                            name: "BAG 125g SWIRLY MARBLES",
                            quantity: 1_500,
                            unitPrice: 4,
                            total: 6_300
                        ),
                        OrderLine(sku: "M", name: "Manual", quantity: 1, unitPrice: -100, total: 0),
                    ],
                    status: .completed,
                    fulfillmentStatus: .delivered,
                    paymentMethod: "card",
                    shippingAddress: home
                )
            )
        ),
        (
            "OrderPlaced-bare",
            .orderPlaced(
                Order(
                    number: "1",
                    currency: CurrencyCode(packed: 0x4A_5059),
                    lines: [],
                    shippingAddress: AddressFields()
                )
            )
        ),
        (
            "OrderStatusChanged",
            .orderStatusChanged(OrderStatusChanged(number: "536365", status: .paid, fulfillmentStatus: .shipped))
        ),
        ("OrderCancelled", .orderCancelled(OrderCancelled(number: "536365", reason: "Ordered twice"))),
        (
            "RefundRecorded",
            .refundRecorded(
                Refund(
                    reference: "C536379",
                    orderNumber: "536365",
                    amount: Money(minorUnits: 2_750, currency: pounds),
                    lines: [OrderLine(sku: "D", name: "Discount", quantity: 1, unitPrice: 2_750)],
                    reason: "Broken"
                )
            )
        ),
    ]

    private static let requestID = DataRequestID(high: 0x0190_6DF0_8C07_7A3B, low: 0x8C1F_22E0_9D4B_5A67)

    private static let dataRequests: [(String, Event)] = [
        (
            "DataRequestOpened",
            .dataRequestOpened(
                DataRequestOpened(id: requestID, right: .erasure, channel: .letter, days: 30, details: "Forget me.")
            )
        ),
        (
            "DataRequestIdentityChecked",
            .dataRequestIdentityChecked(
                DataRequestIdentityChecked(id: requestID, method: .document, note: "Passport C01X00T47")
            )
        ),
        ("DataRequestDecided", .dataRequestDecided(DataRequestDecided(id: requestID, refusal: nil))),
        (
            "DataRequestDecided-refused",
            .dataRequestDecided(
                DataRequestDecided(id: requestID, refusal: .legalObligation, reason: "An invoice is open.")
            )
        ),
        (
            "DataRequestCancelled",
            .dataRequestCancelled(DataRequestCancelled(id: requestID, reason: "Called, wants to stay"))
        ),
        ("DataRequestExecuted", .dataRequestExecuted(DataRequestExecuted(id: requestID))),
        (
            "DataRequestExecuted-rectified",
            .dataRequestExecuted(DataRequestExecuted(id: requestID, rectifiedVersion: 17))
        ),
    ]

    private static let lotID = CreditLotID(high: 0x0190_6DF0_8C08_7A3B, low: 0x8C1F_22E0_9D4B_5A68)
    private static let spendID = CreditSpendID(high: 0x0190_6DF0_8C09_7A3B, low: 0x8C1F_22E0_9D4B_5A69)

    private static let credit: [(String, Event)] = [
        (
            "CreditIssued",
            .creditIssued(
                CreditIssued(
                    lot: lotID,
                    amount: Money(minorUnits: 2_500, currency: pounds),
                    expiresAt: Timestamp.seconds(1_800_000_000),
                    source: .refund,
                    orderNumber: "1001",
                    reason: "The mug was broken"
                )
            )
        ),
        (
            "CreditIssued-bare",
            .creditIssued(
                CreditIssued(lot: lotID, amount: Money(minorUnits: 1, currency: pounds), source: .goodwill)
            )
        ),
        (
            "CreditSpent",
            .creditSpent(
                CreditSpent(
                    id: spendID,
                    currency: pounds,
                    allocations: [
                        CreditAllocation(lot: lotID, amount: 1_500),
                        CreditAllocation(lot: CreditLotID(high: lotID.high, low: lotID.low + 1), amount: 99),
                    ],
                    orderNumber: "1002",
                    reason: "At the till"
                )
            )
        ),
        (
            "CreditReverted",
            .creditReverted(
                CreditReverted(
                    spend: spendID,
                    currency: pounds,
                    allocations: [CreditAllocation(lot: lotID, amount: 500)],
                    reason: "Sent back"
                )
            )
        ),
        (
            "CreditExpired",
            .creditExpired(CreditExpired(lot: lotID, amount: Money(minorUnits: 1_500, currency: pounds)))
        ),
    ]

    static let noteID = NoteID(high: 0x0190_6DF0_8C03_7A3B, low: 0x8C1F_22E0_9D4B_5A64)
    private static let ruleID = PricingRuleID(high: 0x0190_6DF0_8C0B_7A3B, low: 0x8C1F_22E0_9D4B_5A6B)
    private static let groupID = GroupID(high: 0x0190_6DF0_8C04_7A3B, low: 0x8C1F_22E0_9D4B_5A65)
    private static let organization: [(String, Event)] = [
        (
            "GroupUpdated",
            .groupUpdated(
                GroupUpdated(
                    id: groupID,
                    name: "Wholesale",
                    description: "Pays by invoice",
                    terms: GroupTerms(
                        key: "wholesale",
                        type: .wholesale,
                        benefits: GroupBenefits(
                            discount: 3_000,
                            freeShippingOver: 50_000,
                            minimumOrder: 25_000,
                            currency: pounds,
                            paymentTermsDays: 30,
                            priceList: "Trade 2026",
                            perks: [.prioritySupport, .taxExempt]
                        )
                    )
                )
            )
        ),
        ("GroupUpdated-bare", .groupUpdated(GroupUpdated(id: groupID, name: "Retail"))),
        ("GroupDeleted", .groupDeleted(groupID)),
        (
            "PricingRuleSet",
            .pricingRuleSet(
                PricingRule(
                    id: ruleID,
                    name: "Summer",
                    group: groupID,
                    discount: .percentage(hundredths: 2_000),
                    minimumOrder: 10_000,
                    currency: pounds,
                    startsAt: Timestamp.seconds(1_780_272_000),
                    endsAt: Timestamp.seconds(1_788_220_800)
                )
            )
        ),
        (
            "PricingRuleSet-fixed",
            .pricingRuleSet(
                PricingRule(id: ruleID, name: "Five", group: groupID, discount: .fixed(500), currency: pounds)
            )
        ),
        ("PricingRuleRemoved", .pricingRuleRemoved(ruleID)),
        (
            "GroupCreated",
            .groupCreated(
                GroupCreated(
                    id: GroupID(high: 0x0190_6DF0_8C04_7A3B, low: 0x8C1F_22E0_9D4B_5A65),
                    name: "Wholesale",
                    description: "Pays by invoice"
                )
            )
        ),
        (
            "OrganizationConfigured",
            .organizationConfigured(
                OrganizationSettings(currency: pounds, timeZone: "Europe/London", activityWindowDays: 180)
            )
        ),
        (
            "APIKeyCreated",
            .apiKeyCreated(
                APIKey(
                    id: APIKeyID(high: 0x0190_6DF0_8C05_7A3B, low: 0x8C1F_22E0_9D4B_5A66),
                    name: "Front desk",
                    secretDigest: (0..<32).map { $0 * 7 },
                    role: .staff,
                    permissions: [.viewAudit, .readCustomers, .adjustPoints]
                )
            )
        ),
        ("APIKeyRevoked", .apiKeyRevoked(APIKeyID(high: 0x0190_6DF0_8C05_7A3B, low: 0x8C1F_22E0_9D4B_5A66))),
    ]
}
