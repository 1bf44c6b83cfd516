extension Event {
    /// This event as it reads once its person was erased: what is personal is gone, the rest stays.
    public var withoutPersonalData: Event {
        switch self {
        case .customerCreated(var created):
            created.profile = Profile()
            return .customerCreated(created)
        case .customerUpdated(var updated):
            updated.profile = ProfileEdit()
            return .customerUpdated(updated)
        case .customerDisabled: return .customerDisabled(reason: nil)
        case .customerEnabled: return .customerEnabled(reason: nil)
        case .addressAdded(var address):
            address.fields = AddressFields()
            return .addressAdded(address)
        case .addressVerified(var verified):
            verified.reason = nil
            return .addressVerified(verified)
        case .addressUpdated(let id, _): return .addressUpdated(id, AddressFields())
        case .metadataChanged: return .metadataChanged([:])
        case .noteAdded(var note):
            note.text = ""
            return .noteAdded(note)
        case .noteChanged(var change):
            if change.text != nil { change.text = "" }
            return .noteChanged(change)
        case .orderPlaced(var order):
            order.shippingAddress = nil
            return .orderPlaced(order)
        case .orderCancelled(var cancelled):
            cancelled.reason = nil
            return .orderCancelled(cancelled)
        case .refundRecorded(var refund):
            refund.reason = nil
            return .refundRecorded(refund)
        case .pointsEarned(var earned):
            earned.reason = nil
            return .pointsEarned(earned)
        case .pointsAdjusted(var adjusted):
            adjusted.reason = ""
            return .pointsAdjusted(adjusted)
        case .pointsRedeemed(var redeemed):
            redeemed.reason = nil
            return .pointsRedeemed(redeemed)
        case .customerErased: return .customerErased(reason: nil)
        case .consentChanged(var change):
            (change.evidence, change.reason) = (nil, nil)
            return .consentChanged(change)
        case .dataRequestOpened(var opened):
            opened.details = nil
            return .dataRequestOpened(opened)
        case .dataRequestIdentityChecked(var checked):
            checked.note = nil
            return .dataRequestIdentityChecked(checked)
        case .dataRequestDecided(var decided):
            decided.reason = nil
            return .dataRequestDecided(decided)
        case .dataRequestCancelled(var cancelled):
            cancelled.reason = nil
            return .dataRequestCancelled(cancelled)
        case .creditIssued(var issued):
            issued.reason = nil
            return .creditIssued(issued)
        case .creditSpent(var spent):
            spent.reason = nil
            return .creditSpent(spent)
        case .creditReverted(var reverted):
            reverted.reason = nil
            return .creditReverted(reverted)
        case .pointsRestored(var restored):
            restored.reason = nil
            return .pointsRestored(restored)
        case .invoiceRequested(var requested):
            requested.email = nil
            return .invoiceRequested(requested)
        case .orderMovedAway(var moved):
            moved.reason = nil
            return .orderMovedAway(moved)
        case .orderMoved(var moved):
            moved.reason = nil
            return .orderMoved(moved)
        case .returnRequested(var requested):
            requested.reason = nil
            return .returnRequested(requested)
        case .returnMoved(var moved):
            moved.reason = nil
            return .returnMoved(moved)
        case .membershipChanged(var change):
            change.reason = nil
            return .membershipChanged(change)
        case .verificationRequested(var issued):
            issued.email = nil
            return .verificationRequested(issued)
        case .passwordResetRequested(var issued):
            issued.email = nil
            return .passwordResetRequested(issued)
        case .customerLoggedIn, .welcomeRequested, .guestClaimed, .addressRemoved, .defaultAddressesChanged,
            .customerTagged,
            .customerUntagged, .noteRemoved, .groupCreated, .groupJoined, .groupLeft, .orderStatusChanged,
            .loyaltyProgramConfigured, .loyaltyEnrolled, .pointsReversed, .customersMerged, .customersUnmerged,
            .organizationConfigured, .apiKeyCreated, .apiKeyRevoked, .apiKeyRotated, .apiKeyUsed, .roleTemplateDefined,
            .roleTemplateChanged, .roleTemplateRemoved, .dataRequestExecuted, .personalDataRead, .creditExpired,
            .jobCreated, .jobProgressed, .jobCancelAsked, .jobFinished, .jobExpired, .jobResultFetched, .pointsExpired,
            .pointsActivated, .tierChanged, .birthdayRewarded, .segmentDefined, .segmentChanged, .segmentRemoved,
            .segmentEntered, .segmentLeft, .groupUpdated, .groupDeleted, .pricingRuleSet, .pricingRuleRemoved,
            .customFieldSet, .customFieldRemoved, .webhookCreated, .webhookChanged, .webhookRemoved, .webhookDisabled,
            .webhookSecretRotated, .verificationFailed, .contactVerified, .suppressionChanged, .passwordReset,
            .ruleDefined, .ruleChanged, .ruleRemoved, .ruleAssigned, .ruleWithdrew, .viewSaved, .viewChanged,
            .viewRemoved:
            return self
        }
    }
}
