extension Rejection {
    /// A sentence in English for people; names the field, never personal data.
    public var text: String {
        switch self {
        case .invalid(let field, let reason): "\(field.isEmpty ? "The body" : field) \(reason)."
        case .customerNotFound(let id): "There is no customer \(id)."
        case .customerErased(let id): "Customer \(id) was erased."
        case .customerMerged(let id, let survivor): "Customer \(id) was merged into \(survivor)."
        case .customerDisabled(let id): "Customer \(id) is disabled."
        case .emailTaken(let holder): "Customer \(holder) has this e-mail address already."
        case .externalIDTaken(let holder): "Customer \(holder) has this external id already."
        case .notAGuest(let id): "Customer \(id) is not a guest."
        case .addressExists(let id): "The customer has this address already: \(id)."
        case .addressNotFound(let id): "The customer has no address \(id)."
        case .groupNotFound(let id): "There is no group \(id)."
        case .groupNameTaken(let name): "There is a group named \(name) already."
        case .segmentNotFound(let id): "There is no segment \(id)."
        case .segmentNameTaken(let name): "There is a segment named \(name) already."
        case .segmentKeyTaken(let key): "There is a segment with the key \(key) already."
        case .groupInUse(let id, let rule): "Pricing rule \(rule) is for group \(id); remove it first."
        case .pricingRuleNotFound(let id): "There is no pricing rule \(id)."
        case .customFieldNotFound(let id): "There is no custom field \(id)."
        case .customFieldKeyTaken(let key): "There is a custom field for the key \(key) already."
        case .groupRuled(let id, let rule): "Rule \(rule) gives membership of group \(id); remove the rule first."
        case .segmentInUse(let id, let rule): "Rule \(rule) goes by segment \(id); change or remove the rule first."
        case .ruleNotFound(let id): "There is no rule \(id)."
        case .ruleNameTaken(let name): "There is a rule named \(name) already."
        case .ruleInactive(let id): "Rule \(id) is not at work; set isActive first."
        case .ruleCircle(let id): "Rule \(id) gives what this asks for, in a circle: they would give and take for ever."
        case .viewNotFound(let id): "There is no view \(id)."
        case .viewNameTaken(let name): "There is a view named \(name) already."
        case .viewOfAnother(let id): "View \(id) is another maker's; only that one changes it, or an admin."
        case .groupKeyTaken(let key): "There is a group with the key \(key) already."
        case .apiKeyNotFound(let id): "There is no API key \(id)."
        case .mergeWithItself: "A customer cannot be merged into itself."
        case .notMerged(let id, let survivor): "Customer \(id) is not merged into \(survivor)."
        case .mergeNotLatest(let id): "Customer \(id) was merged later; undo that merge first."
        case .mergeFixed(let obstacle): "The merge cannot be undone: \(obstacle.text)."
        case .currencyFixed(let currency): "The currency stays \(currency), because there are orders in it."
        case .lastAdminKey:
            "The last admin key that never expires must stay, or nobody could administer the organization."
        case .limitReached(let what, let limit): "There may be at most \(grouped(limit)) \(what)."
        case .versionMismatch(let actual): "The customer has changed and is at version \(actual) now."
        case .jobNotFound(let id): "There is no job \(id)."
        case .jobStatus(let id, let status): "Job \(id) is \(status.name)."
        case .jobExpired(let id): "The files of job \(id) are not kept any longer."
        case .webhookNotFound(let id): "There is no webhook \(id)."
        case .webhookMessageNotFound(let id): "The webhook has no message \(id), or not any longer."
        case .permissionMissing(let permission): "The permission \(permission.name) is needed."
        default: orderText ?? loyaltyText ?? creditText ?? dataRequestText ?? accessText ?? contactText ?? code
        }
    }

    private var orderText: String? {
        switch self {
        case .orderNotFound(let number): "There is no order \(number)."
        case .orderNumberTaken(let number): "There is an order \(number) already."
        case .orderCancelled(let number): "Order \(number) is cancelled."
        case .orderNotCancellable(let number, let status): "Order \(number) is \(status) and can only be refunded."
        case .refundReferenceTaken(let reference): "There is a refund \(reference) already."
        case .refundExceedsOrder(let remaining): "At most \(remaining) minor units of the order are left to refund."
        case .noteNotFound(let id): "There is no note \(id) of the customer."
        case .noteOfAnother(let id): "Only its author and admins may change or remove note \(id)."
        case .returnNotFound(let id): "There is no return \(id)."
        case .returnStatus(let id, let status): "Return \(id) is \(status.name)."
        case .nothingToRefund(let number): "Nothing is left to refund of order \(number)."
        default: nil
        }
    }

    private var dataRequestText: String? {
        switch self {
        case .dataRequestNotFound(let id): "There is no request \(id)."
        case .dataRequestStatus(let id, let status):
            switch status {
            case .opened: "Request \(id) waits for a check of who asks."
            case .identityConfirmed: "It is known who asks in request \(id); now it waits for a decision."
            case .approved: "Request \(id) is approved already."
            case .executed: "Request \(id) was executed."
            case .refused: "Request \(id) was refused."
            case .cancelled: "Request \(id) was cancelled."
            case .lapsed: "Request \(id) lapsed when its customer was erased."
            }
        case .dataRequestOfAnother(let id): "Only who opened request \(id) can cancel it, or an admin."
        case .fourEyes(let id): "Who approved request \(id) cannot execute it; somebody else must, or an admin."
        default: nil
        }
    }

    private var accessText: String? {
        switch self {
        case .beyondOwnRights(let permission?):
            "Nobody gives or takes what they may not do themselves: the permission \(permission.name) is needed."
        case .beyondOwnRights(nil): "Only an admin makes, changes and revokes keys of admins and auditors."
        case .roleNotFound(let id): "There is no role \(id)."
        case .roleNameTaken(let name): "There is a role named \(name) already."
        case .roleInUse(let id, let keys): "Role \(id) is that of \(grouped(keys)) API keys; revoke them first."
        case .changedMeanwhile: "It has changed meanwhile; read it again."
        default: nil
        }
    }

    private var contactText: String? {
        switch self {
        case .contactUnverified(let id): "The e-mail address of guest \(id) is not verified."
        case .codeMissing(let id): "No code is out for customer \(id): ask for one first."
        case .codeExpired(let id): "The code of customer \(id) has expired: ask for another."
        case .codeSpent(let id): "Too many wrong codes came back for customer \(id): ask for another."
        case .noPassword(let id): "Customer \(id) is a guest and has no password."
        case .noEmail(let id): "Customer \(id) has no e-mail address."
        case .emailSuppressed(let id): "Nothing is to be sent to the e-mail address of customer \(id)."
        default: nil
        }
    }

    private var creditText: String? {
        switch self {
        case .insufficientCredit(let balance):
            "The customer has only \(balance.minorUnits) minor units of store credit in \(balance.currency)."
        case .creditSpendNotFound(let id): "The customer has no spending \(id)."
        case .nothingToRevert(let id): "All of spending \(id) came back already."
        case .revertExceedsSpend(let remaining): "At most \(remaining) minor units of the spending are left to revert."
        default: nil
        }
    }

    private var loyaltyText: String? {
        switch self {
        case .loyaltyProgramInactive: "There is no active loyalty program."
        case .loyaltyAccountMissing: "Customer does not have a loyalty account."
        case .loyaltyAccountExists(let id): "Customer \(id) has a loyalty account already."
        case .loyaltyCardTaken(let number): "Another customer has loyalty card \(number)."
        case .insufficientPoints(let balance): "The customer has only \(balance) points."
        case .redemptionNotFound(let sequence): "The customer redeemed no points by event \(sequence)."
        case .nothingToRestore(let sequence): "All points that event \(sequence) redeemed came back already."
        case .restoreExceedsRedemption(let remaining):
            "At most \(remaining) points of the redemption are left to restore."
        default: nil
        }
    }
}

extension MergeObstacle {
    /// Why a merge cannot be undone, as the rest of a sentence.
    fileprivate var text: String {
        switch reason {
        case .firstForm: "event \(sequence) recorded it without what was taken from whom"
        case .points: "points moved by event \(sequence)"
        case .address: "event \(sequence) changed, checked or removed an address that came with it"
        case .order: "event \(sequence) cancelled or paid back an order that came with it"
        case .dataRequest: "a request of the merged customer about its data went on by event \(sequence)"
        case .metadata: "event \(sequence) changed the metadata, some of which came with it"
        case .credit: "store credit of the merged customer was spent or given back by event \(sequence)"
        }
    }
}

extension Rejection: CustomStringConvertible {
    /// The ``text``.
    public var description: String { text }
}
