import CustomerDomain
import EventSourcing

extension EventView {
    /// Reads an event of this type, in version 1 of its stored form, from its clear and its personal fields.
    @inline(__always)
    init(
        _ type: EventType,
        _ bytes: RawSpan,
        clear: WireReader,
        personal: WireReader
    ) throws(WireError) {
        switch type {
        case .customerCreated: self = .customerCreated(try CustomerCreatedView(bytes, clear: clear, personal: personal))
        case .customerLoggedIn: self = .customerLoggedIn
        case .addressAdded: self = .addressAdded(try AddressView(bytes, clear: clear, personal: personal))
        case .groupJoined: self = .groupJoined(GroupOrdinal(try clear.onlyNumber(bytes)))
        case .orderPlaced: self = .orderPlaced(try PlacedOrderView(bytes, clear: clear, personal: personal))
        case .orderStatusChanged: self = .orderStatusChanged(try OrderStatusView(bytes, clear))
        case .loyaltyEnrolled: self = .loyaltyEnrolled(cardNumber: try clear.onlyTextView(bytes))
        case .pointsEarned: self = .pointsEarned(try EarnedPointsView(bytes, clear: clear, personal: personal))
        default: self = .other(try Event(rare: type, bytes, clear: clear, personal: personal))
        }
    }
}

extension Event {
    /// A copy of an event that lies in a record.
    init(_ view: EventView, _ bytes: RawSpan, clear: WireReader, personal: WireReader) throws(WireError) {
        switch view {
        case .customerCreated(let created): self = .customerCreated(CustomerCreated(created))
        case .customerLoggedIn: self = .customerLoggedIn
        case .addressAdded(let address): self = .addressAdded(Address(address))
        case .groupJoined(let group): self = .groupJoined(group)
        case .orderPlaced(let order):
            self = .orderPlaced(try Order(order, bytes, clear: clear, personal: personal))
        case .orderStatusChanged(let change): self = .orderStatusChanged(OrderStatusChanged(change))
        case .loyaltyEnrolled(let number): self = .loyaltyEnrolled(cardNumber: number.map { String($0) } ?? "")
        case .pointsEarned(let earned): self = .pointsEarned(PointsEarned(earned))
        case .other(let event): self = event
        }
    }

    /// Reads an event of one of the types that have no view of their own.
    @inline(never)
    fileprivate init(
        rare type: EventType,
        _ bytes: RawSpan,
        clear: WireReader,
        personal: WireReader
    ) throws(WireError) {
        switch type {
        case .customerUpdated: self = .customerUpdated(try CustomerUpdated(bytes, clear: clear, personal: personal))
        case .customerDisabled: self = .customerDisabled(reason: try personal.onlyText(bytes))
        case .customerEnabled: self = .customerEnabled(reason: try personal.onlyText(bytes))
        case .guestClaimed: self = .guestClaimed
        case .welcomeRequested: self = .welcomeRequested
        case .addressUpdated:
            let fields = AddressFields(try AddressFieldsView(bytes, personal))
            self = .addressUpdated(try clear.onlyIdentifier(bytes), fields)
        case .addressVerified: self = .addressVerified(try AddressVerified(bytes, clear: clear, personal: personal))
        case .addressRemoved: self = .addressRemoved(try clear.onlyIdentifier(bytes))
        case .defaultAddressesChanged: self = try .defaultAddressesChanged(bytes, clear)
        case .customerTagged: self = .customerTagged(try clear.onlyTexts(bytes))
        case .customerUntagged: self = .customerUntagged(try clear.onlyTexts(bytes))
        case .metadataChanged: self = .metadataChanged(try personal.metadata(bytes))
        case .noteChanged: self = .noteChanged(try NoteChanged(bytes, clear: clear, personal: personal))
        case .noteRemoved: self = .noteRemoved(try NoteRemoved(bytes, clear: clear))
        case .noteAdded: self = .noteAdded(try NoteAdded(bytes, clear: clear, personal: personal))
        case .groupCreated: self = .groupCreated(try GroupCreated(bytes, clear))
        case .groupLeft: self = .groupLeft(GroupOrdinal(try clear.onlyNumber(bytes)))
        case .orderCancelled: self = .orderCancelled(try OrderCancelled(bytes, clear: clear, personal: personal))
        case .refundRecorded: self = .refundRecorded(try Refund(bytes, clear: clear, personal: personal))
        case .loyaltyProgramConfigured: self = .loyaltyProgramConfigured(try LoyaltyProgram(bytes, clear))
        case .pointsAdjusted: self = .pointsAdjusted(try PointsAdjusted(bytes, clear: clear, personal: personal))
        case .pointsRedeemed: self = .pointsRedeemed(try PointsRedeemed(bytes, clear: clear, personal: personal))
        case .pointsReversed: self = .pointsReversed(try PointsReversed(bytes, clear))
        case .customersMerged:
            let terms = try clear.mergeTerms(bytes)
            self = .customersMerged(merged: CustomerOrdinal(try clear.onlyNumber(bytes)), terms: terms)
        case .customersUnmerged: self = .customersUnmerged(merged: CustomerOrdinal(try clear.onlyNumber(bytes)))
        case .customerErased: self = .customerErased(reason: try personal.onlyText(bytes))
        case .organizationConfigured: self = .organizationConfigured(try OrganizationSettings(bytes, clear))
        case .apiKeyCreated: self = .apiKeyCreated(try APIKey(bytes, clear))
        case .apiKeyRevoked: self = .apiKeyRevoked(try clear.onlyIdentifier(bytes))
        case .apiKeyRotated: self = .apiKeyRotated(try APIKeyRotated(bytes, clear))
        case .apiKeyUsed: self = .apiKeyUsed(try APIKeyUsed(bytes, clear))
        case .roleTemplateDefined: self = .roleTemplateDefined(try RoleTemplate(bytes, clear))
        case .roleTemplateChanged: self = .roleTemplateChanged(try RoleTemplate(bytes, clear))
        case .roleTemplateRemoved: self = .roleTemplateRemoved(try clear.onlyIdentifier(bytes))
        case .personalDataRead: self = .personalDataRead(try PersonalDataRead(bytes, clear))
        case .consentChanged: self = .consentChanged(try ConsentChanged(bytes, clear: clear, personal: personal))
        case .dataRequestOpened:
            self = .dataRequestOpened(try DataRequestOpened(bytes, clear: clear, personal: personal))
        case .dataRequestIdentityChecked:
            let checked = try DataRequestIdentityChecked(bytes, clear: clear, personal: personal)
            self = .dataRequestIdentityChecked(checked)
        case .dataRequestDecided:
            self = .dataRequestDecided(try DataRequestDecided(bytes, clear: clear, personal: personal))
        case .dataRequestCancelled:
            let (id, reason) = (try clear.onlyIdentifier(bytes, DataRequestKind.self), try personal.onlyText(bytes))
            self = .dataRequestCancelled(DataRequestCancelled(id: id, reason: reason))
        case .dataRequestExecuted: self = .dataRequestExecuted(try DataRequestExecuted(bytes, clear))
        case .creditIssued: self = .creditIssued(try CreditIssued(bytes, clear: clear, personal: personal))
        case .creditSpent: self = .creditSpent(try CreditSpent(bytes, clear: clear, personal: personal))
        case .creditReverted: self = .creditReverted(try CreditReverted(bytes, clear: clear, personal: personal))
        case .creditExpired: self = .creditExpired(try CreditExpired(bytes, clear))
        case .jobCreated: self = .jobCreated(try JobCreated(bytes, clear))
        case .jobProgressed: self = .jobProgressed(try JobProgressed(bytes, clear))
        case .jobCancelAsked: self = .jobCancelAsked(try clear.onlyIdentifier(bytes))
        case .jobFinished: self = .jobFinished(try JobFinished(bytes, clear))
        case .jobExpired: self = .jobExpired(try clear.onlyIdentifier(bytes))
        case .jobResultFetched: self = .jobResultFetched(try clear.onlyIdentifier(bytes))
        case .pointsRestored: self = .pointsRestored(try PointsRestored(bytes, clear: clear, personal: personal))
        case .pointsExpired: self = .pointsExpired(try clear.pointsAllocations(bytes))
        case .pointsActivated: self = .pointsActivated(try clear.pointsAllocations(bytes))
        case .tierChanged: self = .tierChanged(try TierChanged(bytes, clear))
        case .birthdayRewarded: self = .birthdayRewarded(try BirthdayRewarded(bytes, clear))
        case .segmentDefined: self = .segmentDefined(try SegmentDefined(bytes, clear))
        case .segmentChanged:
            let (segment, terms) = try SegmentTerms.change(bytes, clear)
            self = .segmentChanged(segment, terms)
        case .segmentRemoved: self = .segmentRemoved(SegmentOrdinal(try clear.onlyNumber(bytes)))
        case .segmentEntered: self = .segmentEntered(SegmentOrdinal(try clear.onlyNumber(bytes)))
        case .segmentLeft: self = .segmentLeft(SegmentOrdinal(try clear.onlyNumber(bytes)))
        case .customFieldSet: self = .customFieldSet(try CustomField(bytes, clear))
        case .customFieldRemoved: self = .customFieldRemoved(try clear.onlyIdentifier(bytes))
        case .pricingRuleSet: self = .pricingRuleSet(try PricingRule(bytes, clear))
        case .pricingRuleRemoved: self = .pricingRuleRemoved(try clear.onlyIdentifier(bytes))
        case .invoiceRequested:
            self = .invoiceRequested(try InvoiceRequested(bytes, clear: clear, personal: personal))
        case .orderMovedAway: self = .orderMovedAway(try OrderMovedAway(bytes, clear: clear, personal: personal))
        case .orderMoved: self = .orderMoved(try OrderMoved(bytes, clear: clear, personal: personal))
        case .returnRequested:
            self = .returnRequested(try ReturnRequested(bytes, clear: clear, personal: personal))
        case .returnMoved: self = .returnMoved(try ReturnMoved(bytes, clear: clear, personal: personal))
        case .groupUpdated: self = .groupUpdated(try GroupUpdated(bytes, clear))
        case .groupDeleted: self = .groupDeleted(try clear.onlyIdentifier(bytes))
        case .membershipChanged:
            self = .membershipChanged(try MembershipChanged(bytes, clear: clear, personal: personal))
        case .webhookCreated: self = .webhookCreated(try WebhookCreated(bytes, clear))
        case .webhookChanged: self = .webhookChanged(try WebhookChanged(bytes, clear))
        case .webhookRemoved: self = .webhookRemoved(try clear.onlyIdentifier(bytes))
        case .webhookDisabled: self = .webhookDisabled(try WebhookDisabled(bytes, clear))
        case .webhookSecretRotated: self = .webhookSecretRotated(try WebhookSecretRotated(bytes, clear))
        case .verificationRequested:
            self = .verificationRequested(try CodeIssued(bytes, clear: clear, personal: personal))
        case .verificationFailed: self = .verificationFailed(try CodePurpose(bytes, clear))
        case .contactVerified: self = .contactVerified(try ContactVerified(bytes, clear))
        case .suppressionChanged: self = .suppressionChanged(try SuppressionChanged(bytes, clear))
        case .passwordResetRequested:
            self = .passwordResetRequested(try CodeIssued(bytes, clear: clear, personal: personal))
        case .passwordReset: self = .passwordReset
        case .ruleDefined: self = .ruleDefined(try RuleDefined(bytes, clear))
        case .ruleChanged:
            let (rule, terms) = try RuleTerms.change(bytes, clear)
            self = .ruleChanged(rule, terms)
        case .ruleRemoved: self = .ruleRemoved(try clear.onlyIdentifier(bytes))
        case .ruleAssigned: self = .ruleAssigned(try RuleMove(bytes, clear))
        case .ruleWithdrew: self = .ruleWithdrew(try RuleMove(bytes, clear))
        case .viewSaved: self = .viewSaved(try ViewSaved(bytes, clear))
        case .viewChanged: self = .viewChanged(try ViewSaved(bytes, clear))
        case .viewRemoved: self = .viewRemoved(try clear.onlyIdentifier(bytes))
        // Named one by one, so that whoever adds a type decides.
        case .customerCreated, .customerLoggedIn, .addressAdded, .groupJoined, .orderPlaced, .orderStatusChanged,
            .loyaltyEnrolled, .pointsEarned:
            throw clear.error(.invalidValue)
        }
    }
}

// Messages of which only field 1 is known.
extension WireReader {
    /// The text in field 1, where it lies; `nil` when it is not there.
    func onlyTextView(_ bytes: RawSpan) throws(WireError) -> TextView? {
        var reader = self
        var text: TextView?
        while let tag = try reader.tag(bytes) {
            if tag == Tag.bytes(1) { text = try reader.text(bytes) } else { try reader.skip(tag, bytes) }
        }
        return text
    }

    /// The text in field 1; `nil` when it is not there.
    func onlyText(_ bytes: RawSpan) throws(WireError) -> String? {
        try onlyTextView(bytes).map { String($0) }
    }

    /// All texts in field 1.
    func onlyTexts(_ bytes: RawSpan) throws(WireError) -> [String] {
        var reader = self
        var texts: [String] = []
        while let tag = try reader.tag(bytes) {
            if tag == Tag.bytes(1) { texts.append(try reader.string(bytes)) } else { try reader.skip(tag, bytes) }
        }
        return texts
    }

    /// The number in field 1; 0 when it is not there.
    func onlyNumber(_ bytes: RawSpan) throws(WireError) -> UInt32 {
        var reader = self
        var number: UInt32 = 0
        while let tag = try reader.tag(bytes) {
            if tag == Tag.varint(1) { number = try reader.uint32(bytes) } else { try reader.skip(tag, bytes) }
        }
        return number
    }

    /// The identifier in field 1; all zeroes when it is not there.
    func onlyIdentifier<Kind>(_ bytes: RawSpan, _ kind: Kind.Type = Kind.self) throws(WireError) -> Identifier<Kind> {
        var reader = self
        var identifier = Identifier<Kind>(high: 0, low: 0)
        while let tag = try reader.tag(bytes) {
            if tag == Tag.bytes(1) { identifier = try reader.identifier(bytes) } else { try reader.skip(tag, bytes) }
        }
        return identifier
    }
}
