import CustomerDomain
import CustomerRecords
import EventSourcing
import TestSupport

/// Random events that go to the edges: empty and long texts, all of Unicode, lowest and highest numbers.
extension SeededGenerator {
    /// A record of an event of this type.
    mutating func recordedEvent(of type: EventType) -> RecordedEvent {
        let recordedAt = instant()
        return RecordedEvent(
            sequence: SequenceNumber(next()),
            recordedAt: recordedAt,
            occurredAt: chance(1, in: 2) ? recordedAt : instant(),
            actor: text(),
            requestID: maybe { $0.text() },
            origin: maybe { $0.text() },
            customer: maybe { CustomerOrdinal($0.number32()) },
            customerVersion: number32(),
            idempotency: maybe { Idempotency(key: $0.text(), fingerprint: $0.chance(1, in: 9) ? 0 : $0.next()) },
            event: event(of: type)
        )
    }

    /// An event of this type.
    mutating func event(of type: EventType) -> Event {
        switch type {
        case .customerCreated: .customerCreated(customerCreated())
        case .customerUpdated:
            .customerUpdated(
                CustomerUpdated(
                    profile: profileEdit(),
                    externalID: edit { $0.text() },
                    movedContacts: Set(ContactChannel.allCases.filter { _ in chance(1, in: 3) })
                )
            )
        case .customerDisabled: .customerDisabled(reason: maybe { $0.text() })
        case .customerEnabled: .customerEnabled(reason: maybe { $0.text() })
        case .customerLoggedIn: .customerLoggedIn
        case .guestClaimed: .guestClaimed
        case .welcomeRequested: .welcomeRequested
        case .addressAdded: .addressAdded(address())
        case .addressUpdated: .addressUpdated(identifier(), addressFields())
        case .addressVerified:
            .addressVerified(
                AddressVerified(
                    address: identifier(),
                    outcome: pick(AddressCheck.allCases),
                    reason: maybe { $0.text() }
                )
            )
        case .addressRemoved: .addressRemoved(identifier())
        case .defaultAddressesChanged:
            .defaultAddressesChanged(shipping: maybe { $0.identifier() }, billing: maybe { $0.identifier() })
        case .customerTagged: .customerTagged(some { $0.text() })
        case .customerUntagged: .customerUntagged(some { $0.text() })
        case .metadataChanged: .metadataChanged(metadata())
        case .noteAdded:
            .noteAdded(
                NoteAdded(
                    id: identifier(),
                    type: pick(NoteType.allCases),
                    text: text(),
                    visibility: pick(NoteVisibility.allCases),
                    isPinned: chance(1, in: 2),
                    author: maybe { $0.text() }
                )
            )
        case .consentChanged: .consentChanged(consentChanged())
        case .verificationRequested: .verificationRequested(codeIssued())
        case .verificationFailed: .verificationFailed(pick(CodePurpose.allCases))
        case .contactVerified:
            .contactVerified(
                ContactVerified(channel: pick(ContactChannel.allCases), method: pick(VerificationMethod.allCases))
            )
        case .suppressionChanged:
            .suppressionChanged(
                SuppressionChanged(
                    channel: pick(ContactChannel.allCases),
                    reason: maybe { $0.pick(SuppressionReason.allCases) }
                )
            )
        case .passwordResetRequested: .passwordResetRequested(codeIssued())
        case .passwordReset: .passwordReset
        case .creditIssued, .creditSpent, .creditReverted, .creditExpired: creditEvent(of: type)
        case .jobCreated, .jobProgressed, .jobCancelAsked, .jobFinished, .jobExpired, .jobResultFetched:
            jobEvent(of: type)
        case .ruleDefined, .ruleChanged, .ruleRemoved, .ruleAssigned, .ruleWithdrew: ruleEvent(of: type)
        case .viewSaved, .viewChanged, .viewRemoved: viewEvent(of: type)
        case .webhookCreated, .webhookChanged, .webhookRemoved, .webhookDisabled, .webhookSecretRotated:
            webhookEvent(of: type)
        case .personalDataRead:
            .personalDataRead(
                PersonalDataRead(kind: pick(ReadKind.allCases), customers: some { CustomerOrdinal($0.number32()) })
            )
        case .groupCreated:
            .groupCreated(GroupCreated(id: identifier(), name: text(), description: maybe { $0.text() }))
        case .segmentDefined:
            .segmentDefined(SegmentDefined(id: identifier(), key: maybe { $0.text() }, terms: segmentTerms()))
        case .segmentChanged: .segmentChanged(SegmentOrdinal(number32()), segmentTerms())
        case .segmentRemoved: .segmentRemoved(SegmentOrdinal(number32()))
        case .segmentEntered: .segmentEntered(SegmentOrdinal(number32()))
        case .segmentLeft: .segmentLeft(SegmentOrdinal(number32()))
        case .groupJoined: .groupJoined(GroupOrdinal(number32()))
        case .groupLeft: .groupLeft(GroupOrdinal(number32()))
        case .groupUpdated: .groupUpdated(groupUpdated())
        case .groupDeleted: .groupDeleted(identifier())
        case .pricingRuleSet: .pricingRuleSet(pricingRule())
        case .customFieldSet:
            .customFieldSet(
                CustomField(
                    id: identifier(),
                    key: text(),
                    label: text(),
                    type: pick(CustomFieldType.allCases),
                    choices: some { $0.text() },
                    isRequired: chance(1, in: 2)
                )
            )
        case .customFieldRemoved: .customFieldRemoved(identifier())
        case .noteChanged, .noteRemoved, .invoiceRequested, .orderMovedAway, .orderMoved, .returnRequested,
            .returnMoved:
            noteOrOrderEvent(of: type)
        case .pricingRuleRemoved: .pricingRuleRemoved(identifier())
        case .membershipChanged:
            .membershipChanged(
                MembershipChanged(group: GroupOrdinal(number32()), joins: chance(1, in: 2), reason: maybe { $0.text() })
            )
        case .customersMerged:
            .customersMerged(merged: CustomerOrdinal(number32()), terms: maybe { $0.mergeTerms() })
        case .customersUnmerged: .customersUnmerged(merged: CustomerOrdinal(number32()))
        case .customerErased: .customerErased(reason: maybe { $0.text() })
        case .organizationConfigured: .organizationConfigured(settings())
        case .apiKeyCreated, .apiKeyRevoked, .apiKeyRotated, .apiKeyUsed, .roleTemplateDefined, .roleTemplateChanged,
            .roleTemplateRemoved:
            accessEvent(of: type)
        case .dataRequestOpened, .dataRequestIdentityChecked, .dataRequestDecided, .dataRequestCancelled,
            .dataRequestExecuted:
            dataRequestEvent(of: type)
        default: commerceEvent(of: type)
        }
    }

    private mutating func dataRequestEvent(of type: EventType) -> Event {
        switch type {
        case .dataRequestOpened:
            .dataRequestOpened(
                DataRequestOpened(
                    id: identifier(),
                    right: pick(DataRight.allCases),
                    channel: pick(DataRequestChannel.allCases),
                    days: number32(),
                    details: maybe { $0.text() }
                )
            )
        case .dataRequestIdentityChecked:
            .dataRequestIdentityChecked(
                DataRequestIdentityChecked(
                    id: identifier(),
                    method: pick(IdentityMethod.allCases),
                    note: maybe { $0.text() }
                )
            )
        case .dataRequestDecided:
            .dataRequestDecided(
                DataRequestDecided(
                    id: identifier(),
                    refusal: maybe { $0.pick(RefusalCategory.allCases) },
                    reason: maybe { $0.text() }
                )
            )
        case .dataRequestCancelled:
            .dataRequestCancelled(DataRequestCancelled(id: identifier(), reason: maybe { $0.text() }))
        default:
            .dataRequestExecuted(DataRequestExecuted(id: identifier(), rectifiedVersion: maybe { $0.number32() }))
        }
    }

    private mutating func webhookEvent(of type: EventType) -> Event {
        switch type {
        case .webhookCreated:
            .webhookCreated(WebhookCreated(id: identifier(), settings: webhookSettings(), secret: next()))
        case .webhookChanged:
            .webhookChanged(
                WebhookChanged(id: identifier(), settings: webhookSettings(), isEnabled: chance(1, in: 2))
            )
        case .webhookRemoved: .webhookRemoved(identifier())
        case .webhookDisabled: .webhookDisabled(WebhookDisabled(id: identifier(), stop: pick(WebhookStop.allCases)))
        default: .webhookSecretRotated(WebhookSecretRotated(id: identifier(), secret: next()))
        }
    }

    private mutating func webhookSettings() -> WebhookSettings {
        WebhookSettings(url: text(), description: text(), eventTypes: some { $0.text() })
    }

    private mutating func jobEvent(of type: EventType) -> Event {
        switch type {
        case .jobCreated:
            .jobCreated(
                JobCreated(
                    id: identifier(),
                    kind: pick(JobType.allCases),
                    permission: pick(Permission.allCases),
                    work: text(),
                    total: next()
                )
            )
        case .jobProgressed: .jobProgressed(JobProgressed(id: identifier(), done: next(), failed: next()))
        case .jobCancelAsked: .jobCancelAsked(identifier())
        case .jobFinished:
            .jobFinished(
                JobFinished(
                    id: identifier(),
                    outcome: pick(JobOutcome.allCases),
                    done: next(),
                    failed: next(),
                    failure: maybe { $0.pick(JobFailure.allCases) },
                    expiresAt: Timestamp(microseconds: number64())
                )
            )
        case .jobExpired: .jobExpired(identifier())
        default: .jobResultFetched(identifier())
        }
    }

    private mutating func segmentTerms() -> SegmentTerms {
        SegmentTerms(
            name: text(),
            description: maybe { $0.text() },
            query: text(),
            tracksMembership: chance(1, in: 2)
        )
    }

    private mutating func creditEvent(of type: EventType) -> Event {
        let currency = currency()
        let amount = Money(minorUnits: number64(), currency: currency)
        switch type {
        case .creditIssued:
            return .creditIssued(
                CreditIssued(
                    lot: identifier(),
                    amount: amount,
                    expiresAt: maybe { Timestamp(microseconds: $0.number64()) },
                    source: pick(CreditSource.allCases),
                    orderNumber: maybe { $0.text() },
                    reason: maybe { $0.text() }
                )
            )
        case .creditSpent:
            return .creditSpent(
                CreditSpent(
                    id: identifier(),
                    currency: currency,
                    allocations: some { $0.creditAllocation() },
                    orderNumber: maybe { $0.text() },
                    reason: maybe { $0.text() }
                )
            )
        case .creditReverted:
            return .creditReverted(
                CreditReverted(
                    spend: identifier(),
                    currency: currency,
                    allocations: some { $0.creditAllocation() },
                    reason: maybe { $0.text() }
                )
            )
        default:
            return .creditExpired(CreditExpired(lot: identifier(), amount: amount))
        }
    }

    private mutating func pricingRule() -> PricingRule {
        PricingRule(
            id: identifier(),
            name: text(),
            group: identifier(),
            discount: chance(1, in: 2) ? .percentage(hundredths: number64()) : .fixed(number64()),
            minimumOrder: maybe { $0.number64() },
            currency: maybe { $0.currency() },
            startsAt: maybe { Timestamp(microseconds: $0.number64()) },
            endsAt: maybe { Timestamp(microseconds: $0.number64()) }
        )
    }

    private mutating func groupUpdated() -> GroupUpdated {
        var benefits = GroupBenefits()
        benefits.discount = maybe { $0.number64() }
        benefits.freeShippingOver = maybe { $0.number64() }
        benefits.minimumOrder = maybe { $0.number64() }
        benefits.currency = maybe { $0.currency() }
        benefits.paymentTermsDays = maybe { $0.number64() }
        benefits.priceList = maybe { $0.text() }
        benefits.perks = Set(some { $0.pick(GroupPerk.allCases) })
        let terms = GroupTerms(key: maybe { $0.text() }, type: pick(GroupType.allCases), benefits: benefits)
        return GroupUpdated(id: identifier(), name: text(), description: maybe { $0.text() }, terms: terms)
    }

    private mutating func creditAllocation() -> CreditAllocation {
        CreditAllocation(lot: identifier(), amount: number64())
    }

    private mutating func commerceEvent(of type: EventType) -> Event {
        switch type {
        case .orderPlaced: .orderPlaced(order())
        case .orderStatusChanged:
            .orderStatusChanged(
                OrderStatusChanged(
                    number: text(),
                    status: maybe { $0.pick(OrderStatus.allCases) },
                    fulfillmentStatus: maybe { $0.pick(FulfillmentStatus.allCases) }
                )
            )
        case .orderCancelled: .orderCancelled(OrderCancelled(number: text(), reason: maybe { $0.text() }))
        case .refundRecorded: .refundRecorded(refund())
        case .loyaltyProgramConfigured: .loyaltyProgramConfigured(loyaltyProgram())
        case .loyaltyEnrolled: .loyaltyEnrolled(cardNumber: text())
        case .pointsEarned:
            .pointsEarned(
                PointsEarned(
                    points: number64(),
                    orderNumber: maybe { $0.text() },
                    reason: maybe { $0.text() },
                    source: pick(PointsSource.allCases),
                    expiresAt: maybe { Timestamp(microseconds: $0.number64()) },
                    pending: pick([nil, .orderCompletion, .until(Timestamp(microseconds: number64()))])
                )
            )
        case .pointsAdjusted:
            .pointsAdjusted(
                PointsAdjusted(
                    adjustment: pick(PointsAdjustment.allCases),
                    points: number64(),
                    reason: text(),
                    expiresAt: maybe { Timestamp(microseconds: $0.number64()) },
                    allocations: some { $0.pointsAllocation() },
                    notifies: chance(1, in: 2)
                )
            )
        case .pointsRedeemed:
            .pointsRedeemed(
                PointsRedeemed(
                    points: number64(),
                    orderNumber: maybe { $0.text() },
                    reason: maybe { $0.text() },
                    allocations: some { $0.pointsAllocation() }
                )
            )
        case .pointsReversed:
            .pointsReversed(
                PointsReversed(
                    points: number64(),
                    orderNumber: text(),
                    allocations: some { $0.pointsAllocation() },
                    forgiven: number64()
                )
            )
        case .pointsRestored:
            .pointsRestored(
                PointsRestored(
                    redemption: SequenceNumber(next()),
                    allocations: some { $0.pointsAllocation() },
                    reason: maybe { $0.text() }
                )
            )
        case .pointsExpired: .pointsExpired(some { $0.pointsAllocation() })
        case .pointsActivated: .pointsActivated(some { $0.pointsAllocation() })
        case .tierChanged: .tierChanged(TierChanged(from: text(), to: text(), points: number64()))
        case .birthdayRewarded:
            .birthdayRewarded(
                BirthdayRewarded(
                    points: number64(),
                    year: Int(number32()),
                    expiresAt: maybe { Timestamp(microseconds: $0.number64()) }
                )
            )
        default: preconditionFailure("No random events of type \(type.name).")
        }
    }
}

// The parts of events.
extension SeededGenerator {
    private mutating func codeIssued() -> CodeIssued {
        CodeIssued(
            purpose: pick(CodePurpose.allCases),
            digest: bytes(chance(3, in: 4) ? 32 : below(40)),
            expiresAt: maybe { Timestamp(microseconds: $0.number64()) },
            email: maybe { EmailAddress(unchecked: $0.text()) }
        )
    }

    private mutating func consentChanged() -> ConsentChanged {
        ConsentChanged(
            kind: pick(ConsentKind.allCases),
            state: pick(ConsentState.allCases),
            optInLevel: pick(OptInLevel.allCases),
            source: maybe { $0.text() },
            wording: maybe { $0.text() },
            evidence: maybe { $0.text() },
            reason: maybe { $0.text() }
        )
    }

    private mutating func customerCreated() -> CustomerCreated {
        CustomerCreated(
            id: identifier(),
            accountType: pick(AccountType.allCases),
            externalID: maybe { $0.text() },
            source: maybe { $0.text() },
            profile: Profile(
                email: maybe { EmailAddress(unchecked: $0.text()) },
                firstName: maybe { $0.text() },
                lastName: maybe { $0.text() },
                phone: maybe { PhoneNumber(unchecked: $0.text()) },
                birthDate: maybe { $0.day() },
                role: maybe { $0.text() }
            )
        )
    }

    private mutating func profileEdit() -> ProfileEdit {
        var profile = ProfileEdit()
        profile.email = edit { EmailAddress(unchecked: $0.text()) }
        profile.firstName = edit { $0.text() }
        profile.lastName = edit { $0.text() }
        profile.phone = edit { PhoneNumber(unchecked: $0.text()) }
        profile.birthDate = edit { $0.day() }
        profile.role = edit { $0.text() }
        return profile
    }

    private mutating func mergeTerms() -> MergeTerms {
        MergeTerms(
            fields: Set(MergeField.allCases.filter { _ in chance(1, in: 2) }),
            metadata: maybe { $0.pick(MergeSide.allCases) },
            addresses: some { $0.identifier() }
        )
    }

    private mutating func address() -> Address {
        Address(
            id: identifier(),
            fields: addressFields(),
            isDefaultShipping: chance(1, in: 2),
            isDefaultBilling: chance(1, in: 2)
        )
    }
}
