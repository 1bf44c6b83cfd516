import CustomerDomain
import HTTPTypes

/// The problem types of the domain's refusals; the slug is the refusal's code.
extension ProblemType {
    static let customerNotFound = Self(404, "customer-not-found", "There is no such customer")
    static let customerErased = Self(410, "customer-erased", "The customer was erased")
    static let customerMerged = Self(409, "customer-merged", "The customer was merged")
    static let customerDisabled = Self(409, "customer-disabled", "The customer is disabled")
    static let emailTaken = Self(409, "email-taken", "The e-mail address is taken")
    static let externalIDTaken = Self(409, "external-id-taken", "The external id is taken")
    static let notAGuest = Self(409, "not-a-guest", "The customer is not a guest")
    static let addressNotFound = Self(404, "address-not-found", "There is no such address")
    static let addressExists = Self(409, "address-exists", "The customer has this address already")
    static let groupNotFound = Self(404, "group-not-found", "There is no such group")
    static let groupNameTaken = Self(409, "group-name-taken", "The group's name is taken")
    static let segmentNotFound = Self(404, "segment-not-found", "There is no such segment")
    static let segmentNameTaken = Self(409, "segment-name-taken", "The segment's name is taken")
    static let segmentKeyTaken = Self(409, "segment-key-taken", "The segment's key is taken")
    static let noteNotFound = Self(404, "note-not-found", "There is no such note")
    static let noteOfAnother = Self(403, "note-of-another", "The note is somebody else's")
    static let returnNotFound = Self(404, "return-not-found", "There is no such return")
    static let returnStatus = Self(409, "return-status", "The return does not stand so")
    static let groupInUse = Self(409, "group-in-use", "A pricing rule is for the group")
    static let pricingRuleNotFound = Self(404, "pricing-rule-not-found", "There is no such pricing rule")
    static let groupKeyTaken = Self(409, "group-key-taken", "The group's key is taken")
    static let orderNotFound = Self(404, "order-not-found", "There is no such order")
    static let orderNumberTaken = Self(409, "order-number-taken", "The order's number is taken")
    static let orderCancelled = Self(409, "order-cancelled", "The order is cancelled")
    static let orderNotCancellable = Self(409, "order-not-cancellable", "The order cannot be cancelled any more")
    static let refundReferenceTaken = Self(409, "refund-reference-taken", "The refund's reference is taken")
    static let refundExceedsOrder = Self(409, "refund-exceeds-order", "The refund is more than is left of the order")
    static let nothingToRefund = Self(409, "nothing-to-refund", "Nothing is left to refund")
    static let loyaltyProgramInactive = Self(409, "loyalty-program-inactive", "There is no active loyalty program")
    static let loyaltyAccountMissing = Self(409, "loyalty-account-missing", "The customer has no loyalty account")
    static let loyaltyAccountExists = Self(409, "loyalty-account-exists", "The customer has a loyalty account already")
    static let loyaltyCardTaken = Self(409, "loyalty-card-taken", "The loyalty card is taken")
    static let insufficientPoints = Self(409, "insufficient-points", "The customer has too few points")
    static let redemptionNotFound = Self(404, "redemption-not-found", "There is no such redemption")
    static let nothingToRestore = Self(409, "nothing-to-restore", "All of the redemption came back already")
    static let restoreExceedsRedemption = Self(
        409,
        "restore-exceeds-redemption",
        "More should come back than is left of the redemption"
    )
    static let insufficientCredit = Self(409, "insufficient-credit", "The customer has too little store credit")
    static let creditSpendNotFound = Self(404, "credit-spend-not-found", "There is no such spending of store credit")
    static let nothingToRevert = Self(409, "nothing-to-revert", "All of the spending came back already")
    static let revertExceedsSpend = Self(
        409,
        "revert-exceeds-spend",
        "More should come back than is left of the spending"
    )
    static let mergeWithItself = Self(409, "merge-with-itself", "A customer cannot be merged into itself")
    static let notMerged = Self(409, "not-merged", "The customer is not merged into this one")
    static let mergeNotLatest = Self(409, "merge-not-latest", "A later merge must be undone first")
    static let mergeFixed = Self(409, "merge-fixed", "The merge cannot be undone any more")
    static let currencyFixed = Self(409, "currency-fixed", "The currency cannot change")
    static let dataRequestNotFound = Self(404, "data-request-not-found", "There is no such request")
    static let dataRequestStatus = Self(409, "data-request-status", "The request does not stand so")
    static let dataRequestOfAnother = Self(403, "data-request-of-another", "Somebody else opened the request")
    static let fourEyes = Self(403, "four-eyes", "Somebody else must do this")
    static let jobNotFound = Self(404, "job-not-found", "There is no such job")
    static let jobStatus = Self(409, "job-status", "The job does not stand so")
    static let jobExpired = Self(410, "job-expired", "The job's files are gone")
    static let webhookNotFound = Self(404, "webhook-not-found", "There is no such webhook")
    static let webhookMessageNotFound = Self(404, "webhook-message-not-found", "There is no such message")
    static let apiKeyNotFound = Self(404, "api-key-not-found", "There is no such API key")
    static let beyondOwnRights = Self(403, "beyond-own-rights", "Nobody gives more rights than they have")
    static let roleNotFound = Self(404, "role-not-found", "There is no such role")
    static let roleNameTaken = Self(409, "role-name-taken", "The role's name is taken")
    static let roleInUse = Self(409, "role-in-use", "The role is that of API keys")
    static let lastAdminKey = Self(409, "last-admin-key", "The last admin key must stay")
    static let contactUnverified = Self(409, "contact-unverified", "The e-mail address is not verified")
    static let codeMissing = Self(409, "code-missing", "No code is out")
    static let codeExpired = Self(409, "code-expired", "The code has expired")
    static let codeSpent = Self(409, "code-spent", "Too many wrong codes came back")
    static let wrongCode = Self(422, "wrong-code", "The code is wrong")
    static let noPassword = Self(409, "no-password", "Guests have no password")
    static let noEmail = Self(409, "no-email", "The customer has no e-mail address")
    static let emailSuppressed = Self(409, "email-suppressed", "Nothing is to be sent to the e-mail address")
    static let limitReached = Self(409, "limit-reached", "A limit would be passed")
    static let customFieldNotFound = Self(404, "custom-field-not-found", "There is no such custom field")
    static let customFieldKeyTaken = Self(409, "custom-field-key-taken", "There is a custom field for the key")
    static let groupRuled = Self(409, "group-ruled", "A rule gives membership of the group")
    static let segmentInUse = Self(409, "segment-in-use", "A rule goes by the segment")
    static let ruleNotFound = Self(404, "rule-not-found", "There is no such rule")
    static let ruleNameTaken = Self(409, "rule-name-taken", "The rule's name is taken")
    static let ruleInactive = Self(409, "rule-inactive", "The rule is not at work")
    static let ruleCircle = Self(409, "rule-circle", "Rules would go by each other")
    static let viewNotFound = Self(404, "view-not-found", "There is no such view")
    static let viewNameTaken = Self(409, "view-name-taken", "The view's name is taken")
    static let viewOfAnother = Self(403, "view-of-another", "The view is another maker's")

    /// The type of a refusal.
    init(_ rejection: Rejection) {
        self =
            switch rejection {
            case .invalid: .invalidFields
            case .customerNotFound: .customerNotFound
            case .customerErased: .customerErased
            case .customerMerged: .customerMerged
            case .customerDisabled: .customerDisabled
            case .emailTaken: .emailTaken
            case .externalIDTaken: .externalIDTaken
            case .notAGuest: .notAGuest
            case .contactUnverified: .contactUnverified
            case .codeMissing: .codeMissing
            case .codeExpired: .codeExpired
            case .codeSpent: .codeSpent
            case .noPassword: .noPassword
            case .noEmail: .noEmail
            case .emailSuppressed: .emailSuppressed
            case .addressExists: .addressExists
            case .addressNotFound: .addressNotFound
            case .groupNotFound: .groupNotFound
            case .groupNameTaken: .groupNameTaken
            case .segmentNotFound: .segmentNotFound
            case .segmentNameTaken: .segmentNameTaken
            case .segmentKeyTaken: .segmentKeyTaken
            case .groupKeyTaken: .groupKeyTaken
            case .groupInUse: .groupInUse
            case .noteNotFound: .noteNotFound
            case .noteOfAnother: .noteOfAnother
            case .returnNotFound: .returnNotFound
            case .returnStatus: .returnStatus
            case .pricingRuleNotFound: .pricingRuleNotFound
            case .orderNotFound: .orderNotFound
            case .orderNumberTaken: .orderNumberTaken
            case .orderCancelled: .orderCancelled
            case .orderNotCancellable: .orderNotCancellable
            case .refundReferenceTaken: .refundReferenceTaken
            case .refundExceedsOrder: .refundExceedsOrder
            case .nothingToRefund: .nothingToRefund
            case .loyaltyProgramInactive: .loyaltyProgramInactive
            case .loyaltyAccountMissing: .loyaltyAccountMissing
            case .loyaltyAccountExists: .loyaltyAccountExists
            case .loyaltyCardTaken: .loyaltyCardTaken
            case .insufficientPoints: .insufficientPoints
            case .redemptionNotFound: .redemptionNotFound
            case .nothingToRestore: .nothingToRestore
            case .restoreExceedsRedemption: .restoreExceedsRedemption
            case .insufficientCredit: .insufficientCredit
            case .creditSpendNotFound: .creditSpendNotFound
            case .nothingToRevert: .nothingToRevert
            case .revertExceedsSpend: .revertExceedsSpend
            case .mergeWithItself: .mergeWithItself
            case .notMerged: .notMerged
            case .mergeNotLatest: .mergeNotLatest
            case .mergeFixed: .mergeFixed
            case .currencyFixed: .currencyFixed
            case .dataRequestNotFound: .dataRequestNotFound
            case .dataRequestStatus: .dataRequestStatus
            case .dataRequestOfAnother: .dataRequestOfAnother
            case .fourEyes: .fourEyes
            case .permissionMissing: .forbidden
            case .jobNotFound: .jobNotFound
            case .jobStatus: .jobStatus
            case .jobExpired: .jobExpired
            case .webhookNotFound: .webhookNotFound
            case .webhookMessageNotFound: .webhookMessageNotFound
            case .apiKeyNotFound: .apiKeyNotFound
            case .lastAdminKey: .lastAdminKey
            case .beyondOwnRights: .beyondOwnRights
            case .roleNotFound: .roleNotFound
            case .roleNameTaken: .roleNameTaken
            case .roleInUse: .roleInUse
            case .changedMeanwhile: .versionMismatch
            case .limitReached: .limitReached
            case .versionMismatch: .versionMismatch
            case .customFieldNotFound: .customFieldNotFound
            case .customFieldKeyTaken: .customFieldKeyTaken
            case .groupRuled: .groupRuled
            case .segmentInUse: .segmentInUse
            case .ruleNotFound: .ruleNotFound
            case .ruleNameTaken: .ruleNameTaken
            case .ruleInactive: .ruleInactive
            case .ruleCircle: .ruleCircle
            case .viewNotFound: .viewNotFound
            case .viewNameTaken: .viewNameTaken
            case .viewOfAnother: .viewOfAnother
            }
    }
}

extension Problem {
    /// The problem that the domain's refusal is to a client.
    init(_ rejection: Rejection) {
        var errors: [FieldError] = []
        if case .invalid(let field, let reason) = rejection {
            errors = [FieldError(place: .pointer(field.isEmpty ? "" : "/" + field), detail: reason)]
        } else if let field = rejection.field {
            errors = [FieldError(place: .pointer("/" + field), detail: rejection.text)]
        }
        self.init(ProblemType(rejection), rejection.text, errors: errors)
        if case .versionMismatch(let actual) = rejection { headers[.eTag] = "\"\(actual)\"" }
        if case .beyondOwnRights(let permission?) = rejection { missingPermission = permission.name }
        if case .permissionMissing(let permission) = rejection { missingPermission = permission.name }
        if case .customerMerged(_, let survivor) = rejection { headers[.location] = "/api/v1/customers/\(survivor)" }
    }
}
