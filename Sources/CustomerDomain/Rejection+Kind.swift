extension Rejection {
    /// What sort of refusal it is, so that an edge can choose its status code without knowing every case.
    public enum Kind: Hashable, Sendable, CaseIterable {
        /// The request's own content is at fault.
        case invalid
        /// What it names does not exist.
        case notFound
        /// What it names existed, and does not any longer.
        case gone
        /// It collides with how things stand.
        case conflict
        /// How things stand forbids it until somebody allows it.
        case forbidden
        /// The caller's idea of how things stand is out of date.
        case precondition
    }

    /// What sort of refusal it is.
    public var kind: Kind {
        switch self {
        case .invalid, .mergeWithItself: .invalid
        case .customerNotFound, .addressNotFound, .groupNotFound, .pricingRuleNotFound, .customFieldNotFound,
            .orderNotFound, .apiKeyNotFound,
            .dataRequestNotFound, .creditSpendNotFound, .jobNotFound, .redemptionNotFound, .segmentNotFound,
            .roleNotFound, .noteNotFound, .returnNotFound, .webhookNotFound, .webhookMessageNotFound, .ruleNotFound,
            .viewNotFound:
            .notFound
        case .customerErased, .customerMerged, .jobExpired: .gone
        case .customerDisabled, .noteOfAnother, .dataRequestOfAnother, .fourEyes, .permissionMissing, .beyondOwnRights,
            .viewOfAnother:
            .forbidden
        case .versionMismatch, .changedMeanwhile: .precondition
        case .emailTaken, .externalIDTaken, .notAGuest, .groupNameTaken, .groupKeyTaken, .groupInUse, .orderNumberTaken,
            .orderCancelled, .returnStatus,
            .orderNotCancellable, .refundReferenceTaken, .refundExceedsOrder, .nothingToRefund,
            .loyaltyProgramInactive, .loyaltyAccountMissing, .loyaltyAccountExists, .loyaltyCardTaken,
            .insufficientPoints, .notMerged, .mergeNotLatest, .mergeFixed, .currencyFixed, .dataRequestStatus,
            .addressExists, .customFieldKeyTaken, .lastAdminKey, .limitReached, .insufficientCredit, .nothingToRevert,
            .revertExceedsSpend,
            .jobStatus,
            .nothingToRestore, .restoreExceedsRedemption, .segmentNameTaken, .segmentKeyTaken, .roleNameTaken,
            .roleInUse, .contactUnverified, .codeMissing, .codeExpired, .codeSpent, .noPassword, .noEmail,
            .emailSuppressed, .groupRuled, .segmentInUse, .ruleNameTaken, .ruleInactive, .ruleCircle, .viewNameTaken:
            .conflict
        }
    }

    /// The path of the field at fault on the wire, such as `items/0/quantity`; `nil` when it is no single field.
    public var field: String? {
        switch self {
        case .invalid(let field, _): field
        case .emailTaken: "email"
        case .externalIDTaken: "externalId"
        case .groupKeyTaken, .segmentKeyTaken, .customFieldKeyTaken: "key"
        case .groupNameTaken, .segmentNameTaken, .roleNameTaken, .ruleNameTaken, .viewNameTaken: "name"
        case .orderNumberTaken: "number"
        case .refundReferenceTaken: "reference"
        case .refundExceedsOrder: "amount"
        case .loyaltyCardTaken: "cardNumber"
        case .insufficientPoints, .restoreExceedsRedemption: "points"
        case .insufficientCredit, .revertExceedsSpend: "amount"
        case .currencyFixed: "currency"
        default: nil
        }
    }

    /// A stable name of the case in snake case, for programs.
    public var code: String {
        switch self {
        case .invalid: "invalid"
        case .customerNotFound: "customer_not_found"
        case .customerErased: "customer_erased"
        case .customerMerged: "customer_merged"
        case .customerDisabled: "customer_disabled"
        case .emailTaken: "email_taken"
        case .externalIDTaken: "external_id_taken"
        case .notAGuest: "not_a_guest"
        case .addressExists: "address_exists"
        case .contactUnverified: "contact_unverified"
        case .codeMissing: "code_missing"
        case .codeExpired: "code_expired"
        case .codeSpent: "code_spent"
        case .noPassword: "no_password"
        case .noEmail: "no_email"
        case .emailSuppressed: "email_suppressed"
        case .addressNotFound: "address_not_found"
        case .groupNotFound: "group_not_found"
        case .groupNameTaken: "group_name_taken"
        case .segmentNotFound: "segment_not_found"
        case .segmentNameTaken: "segment_name_taken"
        case .segmentKeyTaken: "segment_key_taken"
        case .groupKeyTaken: "group_key_taken"
        case .groupInUse: "group_in_use"
        case .noteNotFound: "note_not_found"
        case .noteOfAnother: "note_of_another"
        case .returnNotFound: "return_not_found"
        case .returnStatus: "return_status"
        case .groupRuled: "group_ruled"
        case .segmentInUse: "segment_in_use"
        case .ruleNotFound: "rule_not_found"
        case .ruleNameTaken: "rule_name_taken"
        case .ruleInactive: "rule_inactive"
        case .ruleCircle: "rule_circle"
        case .viewNotFound: "view_not_found"
        case .viewNameTaken: "view_name_taken"
        case .viewOfAnother: "view_of_another"
        case .pricingRuleNotFound: "pricing_rule_not_found"
        case .customFieldNotFound: "custom_field_not_found"
        case .customFieldKeyTaken: "custom_field_key_taken"
        case .orderNotFound: "order_not_found"
        case .orderNumberTaken: "order_number_taken"
        case .orderCancelled: "order_cancelled"
        case .orderNotCancellable: "order_not_cancellable"
        case .refundReferenceTaken: "refund_reference_taken"
        case .refundExceedsOrder: "refund_exceeds_order"
        case .nothingToRefund: "nothing_to_refund"
        case .loyaltyProgramInactive: "loyalty_program_inactive"
        case .loyaltyAccountMissing: "loyalty_account_missing"
        case .loyaltyAccountExists: "loyalty_account_exists"
        case .loyaltyCardTaken: "loyalty_card_taken"
        case .insufficientPoints: "insufficient_points"
        case .redemptionNotFound: "redemption_not_found"
        case .nothingToRestore: "nothing_to_restore"
        case .restoreExceedsRedemption: "restore_exceeds_redemption"
        case .insufficientCredit: "insufficient_credit"
        case .creditSpendNotFound: "credit_spend_not_found"
        case .nothingToRevert: "nothing_to_revert"
        case .revertExceedsSpend: "revert_exceeds_spend"
        case .mergeWithItself: "merge_with_itself"
        case .notMerged: "not_merged"
        case .mergeNotLatest: "merge_not_latest"
        case .mergeFixed: "merge_fixed"
        case .currencyFixed: "currency_fixed"
        case .dataRequestNotFound: "data_request_not_found"
        case .dataRequestStatus: "data_request_status"
        case .dataRequestOfAnother: "data_request_of_another"
        case .fourEyes: "four_eyes"
        case .permissionMissing: "permission_missing"
        case .jobNotFound: "job_not_found"
        case .jobStatus: "job_status"
        case .jobExpired: "job_expired"
        case .webhookNotFound: "webhook_not_found"
        case .webhookMessageNotFound: "webhook_message_not_found"
        case .apiKeyNotFound: "api_key_not_found"
        case .lastAdminKey: "last_admin_key"
        case .beyondOwnRights: "beyond_own_rights"
        case .roleNotFound: "role_not_found"
        case .roleNameTaken: "role_name_taken"
        case .roleInUse: "role_in_use"
        case .changedMeanwhile: "changed_meanwhile"
        case .limitReached: "limit_reached"
        case .versionMismatch: "version_mismatch"
        }
    }
}
