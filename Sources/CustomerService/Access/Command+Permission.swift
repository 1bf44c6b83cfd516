import CustomerDomain

extension Command {
    /// What staff need to be allowed to ask for this; `nil` where only an admin may.
    var requiredPermission: Permission? {
        switch self {
        case .createCustomer, .updateCustomer, .disableCustomer, .enableCustomer, .recordLogin, .claimGuest,
            .addAddress, .updateAddress, .removeAddress, .addTags, .removeTags, .changeConsents, .requestCode,
            .confirmCode, .changeSuppression, .verifyAddress:
            .updateCustomers
        case .addNote, .changeNote, .removeNote: .updateNotes
        case .openDataRequest, .checkIdentity, .decideDataRequest, .cancelDataRequest, .executeDataRequest:
            .manageRequests
        case .createGroup, .createDefaultGroups, .updateGroup, .deleteGroup, .addGroupMembers, .removeGroupMembers:
            .manageGroups
        case .createPricingRule, .replacePricingRule, .removePricingRule: .managePricing
        case .defineSegment, .changeSegment, .removeSegment: .manageSegments
        case .moveOrder: .moveOrders
        case .requestInvoice, .placeOrder, .placeGuestOrder, .changeOrderStatus, .cancelOrder, .refundOrder,
            .recordRefund, .requestReturn,
            .moveReturn, .refundReturn:
            .updateOrders
        case .defineRule, .changeRule, .removeRule, .applyRule: .manageRules
        case .saveView, .changeView, .removeView: .manageViews
        case .configureLoyalty, .enrollInLoyalty: .manageLoyalty
        case .earnPoints, .adjustPoints, .redeemPoints, .restorePoints: .adjustPoints
        case .issueCredit, .spendCredit, .revertCredit: .adjustCredit
        case .mergeCustomers, .unmergeCustomers: .mergeCustomers
        case .eraseCustomer: .eraseCustomers
        case .recordRead(let kind, _):
            switch kind {
            case .profile: .readCustomers
            case .export: .exportCustomers
            case .audit: .viewAudit
            }
        case .createAPIKey, .rotateAPIKey, .revokeAPIKey, .defineRole, .changeRole, .removeRole: .manageKeys
        case .configureOrganization, .createCustomField, .replaceCustomField, .removeCustomField: .manageOrganization
        case .createJob(let job): job.permission
        case .commitImport: .importCustomers
        // As the job asks for, which deciding knows.
        case .cancelJob, .fetchJobResult: .readCustomers
        case .createWebhook, .changeWebhook, .removeWebhook, .rotateWebhookSecret: .manageWebhooks
        case .disableWebhook, .progressJob, .finishJob, .expireJob, .expireCredit, .reviewLoyalty, .recordSegmentMoves,
            .recordKeyUse:
            nil
        }
    }
}
