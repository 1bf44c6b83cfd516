import CustomerDomain

// What each type of event stores, in the clear and as personal data. Field numbers are those of docs/events.proto.
extension Event {
    /// Whether the clear fields likely take 128 bytes or more.
    var isLikelyLong: Bool {
        switch self {
        case .orderPlaced(let order): order.lines.count > 2
        case .refundRecorded(let refund): refund.lines.count > 2
        case .creditSpent(let spent): spent.allocations.count > 3
        case .creditReverted(let reverted): reverted.allocations.count > 3
        case .pointsRedeemed(let redeemed): redeemed.allocations.count > 8
        case .pointsAdjusted(let adjusted): adjusted.allocations.count > 8
        case .pointsReversed(let reversed): reversed.allocations.count > 8
        case .pointsRestored(let restored): restored.allocations.count > 8
        case .pointsExpired(let parts), .pointsActivated(let parts): parts.count > 8
        case .groupUpdated, .pricingRuleSet, .customFieldSet: true
        case .segmentDefined, .segmentChanged, .ruleDefined, .ruleChanged, .viewSaved, .viewChanged: true
        case .returnRequested(let requested): requested.items.count > 2
        case .returnMoved(let moved): moved.items.count > 2
        default: false
        }
    }

    func encodeClear(into bytes: inout [UInt8]) {
        switch self {
        case .customerCreated(let created): created.encodeClear(into: &bytes)
        case .customerUpdated(let updated): updated.encodeClear(into: &bytes)
        case .customerDisabled, .customerEnabled, .customerErased, .customerLoggedIn, .welcomeRequested, .guestClaimed,
            .metadataChanged:
            break
        case .addressAdded(let address): address.encodeClear(into: &bytes)
        case .addressUpdated(let id, _), .addressRemoved(let id): bytes.appendField(1, identifier: id)
        case .addressVerified(let verified): verified.encodeClear(into: &bytes)
        case .defaultAddressesChanged(let shipping, let billing):
            if let shipping { bytes.appendField(1, identifier: shipping) }
            if let billing { bytes.appendField(2, identifier: billing) }
        case .customerTagged(let tags), .customerUntagged(let tags):
            for tag in tags { bytes.appendField(1, string: tag) }
        case .noteAdded(let note): note.encodeClear(into: &bytes)
        case .noteChanged(let change): change.encodeClear(into: &bytes)
        case .noteRemoved(let removed): removed.encodeClear(into: &bytes)
        case .groupCreated(let group): group.encodeClear(into: &bytes)
        case .groupJoined(let group), .groupLeft(let group): bytes.appendUnlessZero(1, varint: UInt64(group.value))
        case .orderPlaced(let order): order.encodeClear(into: &bytes)
        case .orderStatusChanged(let changed): changed.encodeClear(into: &bytes)
        case .orderCancelled(let cancelled): bytes.appendUnlessEmpty(1, string: cancelled.number)
        case .refundRecorded(let refund): refund.encodeClear(into: &bytes)
        case .loyaltyProgramConfigured(let program): program.encodeClear(into: &bytes)
        case .loyaltyEnrolled(let cardNumber): bytes.appendUnlessEmpty(1, string: cardNumber)
        case .pointsEarned(let earned): earned.encodeClear(into: &bytes)
        case .pointsAdjusted(let adjusted): adjusted.encodeClear(into: &bytes)
        case .pointsRedeemed(let redeemed): redeemed.encodeClear(into: &bytes)
        case .pointsReversed(let reversed): reversed.encodeClear(into: &bytes)
        case .customersMerged(let merged, let terms):
            bytes.appendUnlessZero(1, varint: UInt64(merged.value))
            if let terms { bytes.appendField(2, likelyLong: terms.addresses.count > 6) { terms.encode(into: &$0) } }
        case .customersUnmerged(let merged): bytes.appendUnlessZero(1, varint: UInt64(merged.value))
        case .organizationConfigured(let settings): settings.encodeClear(into: &bytes)
        case .apiKeyCreated(let key): key.encodeClear(into: &bytes)
        case .apiKeyRevoked(let id): bytes.appendField(1, identifier: id)
        case .apiKeyRotated(let rotated): rotated.encodeClear(into: &bytes)
        case .apiKeyUsed(let used): used.encodeClear(into: &bytes)
        case .roleTemplateDefined(let role), .roleTemplateChanged(let role): role.encodeClear(into: &bytes)
        case .roleTemplateRemoved(let id): bytes.appendField(1, identifier: id)
        case .consentChanged(let change): change.encodeClear(into: &bytes)
        case .dataRequestOpened(let opened): opened.encodeClear(into: &bytes)
        case .dataRequestIdentityChecked(let checked): checked.encodeClear(into: &bytes)
        case .dataRequestDecided(let decided): decided.encodeClear(into: &bytes)
        case .dataRequestCancelled(let cancelled): bytes.appendField(1, identifier: cancelled.id)
        case .dataRequestExecuted(let executed): executed.encodeClear(into: &bytes)
        case .personalDataRead(let read): read.encodeClear(into: &bytes)
        case .creditIssued(let issued): issued.encodeClear(into: &bytes)
        case .creditSpent(let spent): spent.encodeClear(into: &bytes)
        case .creditReverted(let reverted): reverted.encodeClear(into: &bytes)
        case .creditExpired(let expired): expired.encodeClear(into: &bytes)
        case .jobCreated(let created): created.encodeClear(into: &bytes)
        case .jobProgressed(let progress): progress.encodeClear(into: &bytes)
        case .jobFinished(let finished): finished.encodeClear(into: &bytes)
        case .jobCancelAsked(let id), .jobExpired(let id), .jobResultFetched(let id):
            bytes.appendField(1, identifier: id)
        case .pointsRestored(let restored): restored.encodeClear(into: &bytes)
        case .pointsExpired(let parts), .pointsActivated(let parts): parts.encode(1, into: &bytes)
        case .tierChanged(let change): change.encodeClear(into: &bytes)
        case .birthdayRewarded(let reward): reward.encodeClear(into: &bytes)
        case .segmentDefined(let segment): segment.encodeClear(into: &bytes)
        case .segmentChanged(let segment, let terms):
            bytes.appendUnlessZero(1, varint: UInt64(segment.value))
            bytes.appendField(2, likelyLong: true) { terms.encode(into: &$0) }
        case .segmentRemoved(let segment), .segmentEntered(let segment), .segmentLeft(let segment):
            bytes.appendUnlessZero(1, varint: UInt64(segment.value))
        case .groupUpdated(let group): group.encodeClear(into: &bytes)
        case .groupDeleted(let id): bytes.appendField(1, identifier: id)
        case .membershipChanged(let change): change.encodeClear(into: &bytes)
        case .customFieldSet(let field): field.encodeClear(into: &bytes)
        case .customFieldRemoved(let id): bytes.appendField(1, identifier: id)
        case .pricingRuleSet(let rule): rule.encodeClear(into: &bytes)
        case .invoiceRequested(let requested): requested.encodeClear(into: &bytes)
        case .orderMovedAway(let moved): moved.encodeClear(into: &bytes)
        case .orderMoved(let moved): moved.encodeClear(into: &bytes)
        case .returnRequested(let requested): requested.encodeClear(into: &bytes)
        case .returnMoved(let moved): moved.encodeClear(into: &bytes)
        case .pricingRuleRemoved(let id): bytes.appendField(1, identifier: id)
        case .webhookCreated(let created): created.encodeClear(into: &bytes)
        case .webhookChanged(let changed): changed.encodeClear(into: &bytes)
        case .webhookRemoved(let id): bytes.appendField(1, identifier: id)
        case .webhookDisabled(let disabled): disabled.encodeClear(into: &bytes)
        case .webhookSecretRotated(let rotated): rotated.encodeClear(into: &bytes)
        case .verificationRequested(let issued), .passwordResetRequested(let issued): issued.encodeClear(into: &bytes)
        case .verificationFailed(let purpose): bytes.appendField(1, choice: purpose)
        case .contactVerified(let verified): verified.encodeClear(into: &bytes)
        case .suppressionChanged(let change): change.encodeClear(into: &bytes)
        case .passwordReset: break
        case .ruleDefined(let rule): rule.encodeClear(into: &bytes)
        case .ruleChanged(let id, let terms):
            bytes.appendField(1, identifier: id)
            bytes.appendField(2, likelyLong: true) { terms.encode(into: &$0) }
        case .ruleRemoved(let id): bytes.appendField(1, identifier: id)
        case .ruleAssigned(let move), .ruleWithdrew(let move): move.encodeClear(into: &bytes)
        case .viewSaved(let view), .viewChanged(let view): view.encodeClear(into: &bytes)
        case .viewRemoved(let id): bytes.appendField(1, identifier: id)
        }
    }

    func encodePersonal(into bytes: inout [UInt8]) {
        switch self {
        case .customerCreated(let created): created.profile.encode(into: &bytes)
        case .customerUpdated(let updated): updated.profile.encode(into: &bytes)
        case .addressAdded(let address): address.fields.encode(into: &bytes)
        case .addressUpdated(_, let fields): fields.encode(into: &bytes)
        case .addressVerified(let verified): bytes.appendUnlessNil(1, string: verified.reason)
        case .metadataChanged(let metadata): encodeMetadata(metadata, into: &bytes)
        case .noteAdded(let note): bytes.appendUnlessEmpty(1, string: note.text)
        case .noteChanged(let change): bytes.appendUnlessEmpty(1, string: change.text ?? "")
        case .orderPlaced(let order):
            if let address = order.shippingAddress {
                bytes.appendField(1) { address.encode(into: &$0) }
            }
        case .customerDisabled(let reason), .customerEnabled(let reason), .customerErased(let reason):
            bytes.appendUnlessNil(1, string: reason)
        case .orderCancelled(let cancelled): bytes.appendUnlessNil(1, string: cancelled.reason)
        case .refundRecorded(let refund): bytes.appendUnlessNil(1, string: refund.reason)
        case .pointsEarned(let earned): bytes.appendUnlessNil(1, string: earned.reason)
        case .pointsAdjusted(let adjusted): bytes.appendField(1, string: adjusted.reason)
        case .pointsRedeemed(let redeemed): bytes.appendUnlessNil(1, string: redeemed.reason)
        case .consentChanged(let change): change.encodePersonal(into: &bytes)
        case .dataRequestOpened(let opened): bytes.appendUnlessNil(1, string: opened.details)
        case .dataRequestIdentityChecked(let checked): bytes.appendUnlessNil(1, string: checked.note)
        case .dataRequestDecided(let decided): bytes.appendUnlessNil(1, string: decided.reason)
        case .dataRequestCancelled(let cancelled): bytes.appendUnlessNil(1, string: cancelled.reason)
        case .creditIssued(let issued): bytes.appendUnlessNil(1, string: issued.reason)
        case .creditSpent(let spent): bytes.appendUnlessNil(1, string: spent.reason)
        case .creditReverted(let reverted): bytes.appendUnlessNil(1, string: reverted.reason)
        case .pointsRestored(let restored): bytes.appendUnlessNil(1, string: restored.reason)
        case .membershipChanged(let change): bytes.appendUnlessNil(1, string: change.reason)
        case .invoiceRequested(let requested): bytes.appendUnlessNil(1, string: requested.email?.text)
        case .orderMovedAway(let moved): bytes.appendUnlessNil(1, string: moved.reason)
        case .orderMoved(let moved): bytes.appendUnlessNil(1, string: moved.reason)
        case .returnRequested(let requested): bytes.appendUnlessNil(1, string: requested.reason)
        case .returnMoved(let moved): bytes.appendUnlessNil(1, string: moved.reason)
        case .verificationRequested(let issued), .passwordResetRequested(let issued):
            bytes.appendUnlessNil(1, string: issued.email?.text)
        // Named one by one, so that whoever adds a type decides.
        case .customerLoggedIn, .welcomeRequested, .guestClaimed, .addressRemoved, .defaultAddressesChanged,
            .customerTagged,
            .customerUntagged, .noteRemoved, .groupCreated, .groupJoined, .groupLeft, .orderStatusChanged,
            .loyaltyProgramConfigured,
            .loyaltyEnrolled, .pointsReversed, .customersMerged, .customersUnmerged, .organizationConfigured,
            .apiKeyCreated, .apiKeyRevoked, .apiKeyRotated, .apiKeyUsed, .roleTemplateDefined, .roleTemplateChanged,
            .roleTemplateRemoved, .dataRequestExecuted, .personalDataRead, .creditExpired, .jobCreated, .jobProgressed,
            .jobCancelAsked, .jobFinished, .jobExpired, .jobResultFetched, .pointsExpired, .pointsActivated,
            .tierChanged, .birthdayRewarded, .segmentDefined, .segmentChanged, .segmentRemoved, .segmentEntered,
            .segmentLeft, .groupUpdated, .groupDeleted, .pricingRuleSet, .pricingRuleRemoved, .customFieldSet,
            .customFieldRemoved, .webhookCreated, .webhookChanged, .webhookRemoved, .webhookDisabled,
            .webhookSecretRotated, .verificationFailed, .contactVerified, .suppressionChanged, .passwordReset,
            .ruleDefined, .ruleChanged, .ruleRemoved, .ruleAssigned, .ruleWithdrew, .viewSaved, .viewChanged,
            .viewRemoved:
            break
        }
    }
}
