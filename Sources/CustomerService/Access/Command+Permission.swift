import CustomerDomain

extension Command {
    /// What staff need to be allowed to ask for this; `nil` where only an admin may.
    var requiredPermission: Permission? {
        switch self {
        case .createCustomer, .updateCustomer, .disableCustomer, .enableCustomer, .recordLogin, .claimGuest,
            .addAddress, .updateAddress, .removeAddress, .addTags, .removeTags, .changeConsents,
            .requestCode, .confirmCode, .changeSuppression:
            .updateCustomers
        case .addNote: .updateNotes
        case .openDataRequest, .checkIdentity, .decideDataRequest, .cancelDataRequest, .executeDataRequest:
            .manageRequests
        case .createGroup, .addGroupMembers, .removeGroupMembers: .manageGroups
        case .placeOrder, .changeOrderStatus, .cancelOrder, .refundOrder, .recordRefund: .updateOrders
        case .configureLoyalty, .enrollInLoyalty: .manageLoyalty
        case .earnPoints, .adjustPoints, .redeemPoints: .adjustPoints
        case .issueCredit, .spendCredit, .revertCredit: .adjustCredit
        case .mergeCustomers, .unmergeCustomers: .mergeCustomers
        case .eraseCustomer: .eraseCustomers
        case .recordRead(let kind, _):
            switch kind {
            case .profile: .readCustomers
            case .export: .exportCustomers
            case .audit: .viewAudit
            }
        case .expireCredit, .configureOrganization, .createAPIKey, .revokeAPIKey: nil
        }
    }
}
