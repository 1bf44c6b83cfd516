import CustomerDomain
import HTTPTypes

/// The problem types of the domain's refusals; the slug is the refusal's code.
extension ProblemType {
    static let customerNotFound = ProblemType(
        slug: "customer-not-found",
        title: "There is no such customer",
        status: 404
    )
    static let customerErased = ProblemType(slug: "customer-erased", title: "The customer was erased", status: 410)
    static let customerMerged = ProblemType(slug: "customer-merged", title: "The customer was merged", status: 409)
    static let customerDisabled = ProblemType(slug: "customer-disabled", title: "The customer is disabled", status: 409)
    static let emailTaken = ProblemType(slug: "email-taken", title: "The e-mail address is taken", status: 409)
    static let externalIDTaken = ProblemType(slug: "external-id-taken", title: "The external id is taken", status: 409)
    static let notAGuest = ProblemType(slug: "not-a-guest", title: "The customer is not a guest", status: 409)
    static let addressNotFound = ProblemType(slug: "address-not-found", title: "There is no such address", status: 404)
    static let groupNotFound = ProblemType(slug: "group-not-found", title: "There is no such group", status: 404)
    static let groupNameTaken = ProblemType(slug: "group-name-taken", title: "The group's name is taken", status: 409)
    static let segmentNotFound = ProblemType(
        slug: "segment-not-found",
        title: "There is no such segment",
        status: 404
    )
    static let segmentNameTaken = ProblemType(
        slug: "segment-name-taken",
        title: "The segment's name is taken",
        status: 409
    )
    static let segmentKeyTaken = ProblemType(
        slug: "segment-key-taken",
        title: "The segment's key is taken",
        status: 409
    )
    static let groupInUse = ProblemType(slug: "group-in-use", title: "A pricing rule is for the group", status: 409)
    static let groupRuled = ProblemType(slug: "group-ruled", title: "A rule gives membership of the group", status: 409)
    static let segmentInUse = ProblemType(slug: "segment-in-use", title: "A rule goes by the segment", status: 409)
    static let ruleNotFound = ProblemType(slug: "rule-not-found", title: "There is no such rule", status: 404)
    static let ruleNameTaken = ProblemType(slug: "rule-name-taken", title: "The rule's name is taken", status: 409)
    static let ruleInactive = ProblemType(slug: "rule-inactive", title: "The rule is not at work", status: 409)
    static let ruleCircle = ProblemType(slug: "rule-circle", title: "Rules would go by each other", status: 409)
    static let viewNotFound = ProblemType(slug: "view-not-found", title: "There is no such view", status: 404)
    static let viewNameTaken = ProblemType(slug: "view-name-taken", title: "The view's name is taken", status: 409)
    static let viewOfAnother = ProblemType(slug: "view-of-another", title: "The view is another maker's", status: 403)
    static let pricingRuleNotFound = ProblemType(
        slug: "pricing-rule-not-found",
        title: "There is no such pricing rule",
        status: 404
    )
    static let groupKeyTaken = ProblemType(slug: "group-key-taken", title: "The group's key is taken", status: 409)
    static let orderNotFound = ProblemType(slug: "order-not-found", title: "There is no such order", status: 404)
    static let orderNumberTaken = ProblemType(
        slug: "order-number-taken",
        title: "The order's number is taken",
        status: 409
    )
    static let orderCancelled = ProblemType(slug: "order-cancelled", title: "The order is cancelled", status: 409)
    static let orderNotCancellable = ProblemType(
        slug: "order-not-cancellable",
        title: "The order cannot be cancelled any more",
        status: 409
    )
    static let refundReferenceTaken = ProblemType(
        slug: "refund-reference-taken",
        title: "The refund's reference is taken",
        status: 409
    )
    static let refundExceedsOrder = ProblemType(
        slug: "refund-exceeds-order",
        title: "The refund is more than is left of the order",
        status: 409
    )
    static let nothingToRefund = ProblemType(
        slug: "nothing-to-refund",
        title: "Nothing is left to refund",
        status: 409
    )
    static let loyaltyProgramInactive = ProblemType(
        slug: "loyalty-program-inactive",
        title: "There is no active loyalty program",
        status: 409
    )
    static let loyaltyAccountMissing = ProblemType(
        slug: "loyalty-account-missing",
        title: "The customer has no loyalty account",
        status: 409
    )
    static let loyaltyAccountExists = ProblemType(
        slug: "loyalty-account-exists",
        title: "The customer has a loyalty account already",
        status: 409
    )
    static let loyaltyCardTaken = ProblemType(
        slug: "loyalty-card-taken",
        title: "The loyalty card is taken",
        status: 409
    )
    static let insufficientPoints = ProblemType(
        slug: "insufficient-points",
        title: "The customer has too few points",
        status: 409
    )
    static let redemptionNotFound = ProblemType(
        slug: "redemption-not-found",
        title: "There is no such redemption",
        status: 404
    )
    static let nothingToRestore = ProblemType(
        slug: "nothing-to-restore",
        title: "All of the redemption came back already",
        status: 409
    )
    static let restoreExceedsRedemption = ProblemType(
        slug: "restore-exceeds-redemption",
        title: "More should come back than is left of the redemption",
        status: 409
    )
    static let insufficientCredit = ProblemType(
        slug: "insufficient-credit",
        title: "The customer has too little store credit",
        status: 409
    )
    static let creditSpendNotFound = ProblemType(
        slug: "credit-spend-not-found",
        title: "There is no such spending of store credit",
        status: 404
    )
    static let nothingToRevert = ProblemType(
        slug: "nothing-to-revert",
        title: "All of the spending came back already",
        status: 409
    )
    static let revertExceedsSpend = ProblemType(
        slug: "revert-exceeds-spend",
        title: "More should come back than is left of the spending",
        status: 409
    )
    static let mergeWithItself = ProblemType(
        slug: "merge-with-itself",
        title: "A customer cannot be merged into itself",
        status: 409
    )
    static let notMerged = ProblemType(
        slug: "not-merged",
        title: "The customer is not merged into this one",
        status: 409
    )
    static let mergeNotLatest = ProblemType(
        slug: "merge-not-latest",
        title: "A later merge must be undone first",
        status: 409
    )
    static let mergeFixed = ProblemType(slug: "merge-fixed", title: "The merge cannot be undone any more", status: 409)
    static let currencyFixed = ProblemType(slug: "currency-fixed", title: "The currency cannot change", status: 409)
    static let dataRequestNotFound = ProblemType(
        slug: "data-request-not-found",
        title: "There is no such request",
        status: 404
    )
    static let dataRequestStatus = ProblemType(
        slug: "data-request-status",
        title: "The request does not stand so",
        status: 409
    )
    static let dataRequestOfAnother = ProblemType(
        slug: "data-request-of-another",
        title: "Somebody else opened the request",
        status: 403
    )
    static let fourEyes = ProblemType(slug: "four-eyes", title: "Somebody else must do this", status: 403)
    static let jobNotFound = ProblemType(slug: "job-not-found", title: "There is no such job", status: 404)
    static let jobStatus = ProblemType(slug: "job-status", title: "The job does not stand so", status: 409)
    static let jobExpired = ProblemType(slug: "job-expired", title: "The job's files are gone", status: 410)
    static let webhookNotFound = ProblemType(
        slug: "webhook-not-found",
        title: "There is no such webhook",
        status: 404
    )
    static let webhookMessageNotFound = ProblemType(
        slug: "webhook-message-not-found",
        title: "There is no such message",
        status: 404
    )
    static let apiKeyNotFound = ProblemType(slug: "api-key-not-found", title: "There is no such API key", status: 404)
    static let beyondOwnRights = ProblemType(
        slug: "beyond-own-rights",
        title: "Nobody gives more rights than they have",
        status: 403
    )
    static let roleNotFound = ProblemType(slug: "role-not-found", title: "There is no such role", status: 404)
    static let roleNameTaken = ProblemType(slug: "role-name-taken", title: "The role's name is taken", status: 409)
    static let roleInUse = ProblemType(slug: "role-in-use", title: "The role is that of API keys", status: 409)
    static let lastAdminKey = ProblemType(slug: "last-admin-key", title: "The last admin key must stay", status: 409)
    static let limitReached = ProblemType(slug: "limit-reached", title: "A limit would be passed", status: 409)

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
            case .addressNotFound: .addressNotFound
            case .groupNotFound: .groupNotFound
            case .groupNameTaken: .groupNameTaken
            case .segmentNotFound: .segmentNotFound
            case .segmentNameTaken: .segmentNameTaken
            case .segmentKeyTaken: .segmentKeyTaken
            case .groupKeyTaken: .groupKeyTaken
            case .groupInUse: .groupInUse
            case .pricingRuleNotFound: .pricingRuleNotFound
            case .groupRuled: .groupRuled
            case .segmentInUse: .segmentInUse
            case .ruleNotFound: .ruleNotFound
            case .ruleNameTaken: .ruleNameTaken
            case .ruleInactive: .ruleInactive
            case .ruleCircle: .ruleCircle
            case .viewNotFound: .viewNotFound
            case .viewNameTaken: .viewNameTaken
            case .viewOfAnother: .viewOfAnother
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
