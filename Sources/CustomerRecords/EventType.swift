public import CustomerDomain

/// The types of events as the log knows them: one number and one name each, for ever.
///
/// New types take the next number. Neither numbers nor names are changed or used again.
public enum EventType: UInt32, Hashable, Sendable, Named {
    case customerCreated = 1
    case customerUpdated = 2
    case customerDisabled = 3
    case customerEnabled = 4
    case customerLoggedIn = 5
    case guestClaimed = 6
    case addressAdded = 7
    case addressUpdated = 8
    case addressRemoved = 9
    case defaultAddressesChanged = 10
    case customerTagged = 11
    case customerUntagged = 12
    case metadataChanged = 13
    case noteAdded = 14
    case groupCreated = 15
    case groupJoined = 16
    case groupLeft = 17
    case orderPlaced = 18
    case orderStatusChanged = 19
    case orderCancelled = 20
    case refundRecorded = 21
    case loyaltyProgramConfigured = 22
    case loyaltyEnrolled = 23
    case pointsEarned = 24
    case pointsAdjusted = 25
    case pointsRedeemed = 26
    case pointsReversed = 27
    case customersMerged = 28
    case customerErased = 29
    case organizationConfigured = 30
    case apiKeyCreated = 31
    case apiKeyRevoked = 32
    case consentChanged = 33
    case dataRequestOpened = 34
    case dataRequestIdentityChecked = 35
    case dataRequestDecided = 36
    case dataRequestCancelled = 37
    case dataRequestExecuted = 38
    case customersUnmerged = 39
    case personalDataRead = 40
    case creditIssued = 41
    case creditSpent = 42
    case creditReverted = 43
    case creditExpired = 44
    case addressVerified = 45
    case customFieldSet = 46
    case customFieldRemoved = 47
    case welcomeRequested = 48
    case segmentDefined = 50
    case segmentChanged = 51
    case segmentRemoved = 52
    case segmentEntered = 53
    case segmentLeft = 54
    case pointsRestored = 55
    case pointsExpired = 56
    case pointsActivated = 57
    case tierChanged = 58
    case birthdayRewarded = 59
    case jobCreated = 63
    case jobProgressed = 64
    case jobCancelAsked = 65
    case jobFinished = 66
    case jobExpired = 67
    case jobResultFetched = 68
    case apiKeyRotated = 70
    case apiKeyUsed = 71
    case roleTemplateDefined = 72
    case roleTemplateChanged = 73
    case roleTemplateRemoved = 74
    case webhookCreated = 77
    case webhookChanged = 78
    case webhookRemoved = 79
    case webhookDisabled = 80
    case webhookSecretRotated = 81
    case verificationRequested = 82
    case verificationFailed = 83
    case contactVerified = 84
    case suppressionChanged = 85
    case passwordResetRequested = 86
    case passwordReset = 87
    case groupUpdated = 92
    case groupDeleted = 93
    case membershipChanged = 94
    case pricingRuleSet = 95
    case pricingRuleRemoved = 96
    case noteChanged = 88
    case noteRemoved = 89
    case invoiceRequested = 90
    case orderMovedAway = 97
    case orderMoved = 98
    case returnRequested = 99
    case returnMoved = 100
    case ruleDefined = 101
    case ruleChanged = 102
    case ruleRemoved = 103
    case ruleAssigned = 104
    case ruleWithdrew = 105
    case viewSaved = 106
    case viewChanged = 107
    case viewRemoved = 108

    /// The version of the type's stored form that is written now; all up to it can be read.
    public var schemaVersion: UInt32 { 1 }

    /// The name on the wire, in the tool's output and in filters: `CustomerCreated`.
    public var name: String {
        switch self {
        case .customerCreated: "CustomerCreated"
        case .customerUpdated: "CustomerUpdated"
        case .customerDisabled: "CustomerDisabled"
        case .customerEnabled: "CustomerEnabled"
        case .customerLoggedIn: "CustomerLoggedIn"
        case .guestClaimed: "GuestClaimed"
        case .addressAdded: "AddressAdded"
        case .addressUpdated: "AddressUpdated"
        case .addressRemoved: "AddressRemoved"
        case .defaultAddressesChanged: "DefaultAddressesChanged"
        case .customerTagged: "CustomerTagged"
        case .customerUntagged: "CustomerUntagged"
        case .metadataChanged: "MetadataChanged"
        case .noteAdded: "NoteAdded"
        case .groupCreated: "GroupCreated"
        case .groupJoined: "GroupJoined"
        case .groupLeft: "GroupLeft"
        case .orderPlaced: "OrderPlaced"
        case .orderStatusChanged: "OrderStatusChanged"
        case .orderCancelled: "OrderCancelled"
        case .refundRecorded: "RefundRecorded"
        case .loyaltyProgramConfigured: "LoyaltyProgramConfigured"
        case .loyaltyEnrolled: "LoyaltyEnrolled"
        case .pointsEarned: "PointsEarned"
        case .pointsAdjusted: "PointsAdjusted"
        case .pointsRedeemed: "PointsRedeemed"
        case .pointsReversed: "PointsReversed"
        case .customersMerged: "CustomersMerged"
        case .customerErased: "CustomerErased"
        case .organizationConfigured: "OrganizationConfigured"
        case .apiKeyCreated: "APIKeyCreated"
        case .apiKeyRevoked: "APIKeyRevoked"
        case .consentChanged: "ConsentChanged"
        case .dataRequestOpened: "DataRequestOpened"
        case .dataRequestIdentityChecked: "DataRequestIdentityChecked"
        case .dataRequestDecided: "DataRequestDecided"
        case .dataRequestCancelled: "DataRequestCancelled"
        case .dataRequestExecuted: "DataRequestExecuted"
        case .customersUnmerged: "CustomersUnmerged"
        case .personalDataRead: "PersonalDataRead"
        case .creditIssued: "CreditIssued"
        case .creditSpent: "CreditSpent"
        case .creditReverted: "CreditReverted"
        case .creditExpired: "CreditExpired"
        case .jobCreated: "JobCreated"
        case .jobProgressed: "JobProgressed"
        case .jobCancelAsked: "JobCancelAsked"
        case .jobFinished: "JobFinished"
        case .jobExpired: "JobExpired"
        case .jobResultFetched: "JobResultFetched"
        case .pointsRestored: "PointsRestored"
        case .pointsExpired: "PointsExpired"
        case .pointsActivated: "PointsActivated"
        case .tierChanged: "TierChanged"
        case .birthdayRewarded: "BirthdayRewarded"
        case .addressVerified: "AddressVerified"
        case .customFieldSet: "CustomFieldSet"
        case .customFieldRemoved: "CustomFieldRemoved"
        case .welcomeRequested: "WelcomeRequested"
        case .segmentDefined: "SegmentDefined"
        case .segmentChanged: "SegmentChanged"
        case .segmentRemoved: "SegmentRemoved"
        case .segmentEntered: "SegmentEntered"
        case .segmentLeft: "SegmentLeft"
        case .apiKeyRotated: "APIKeyRotated"
        case .apiKeyUsed: "APIKeyUsed"
        case .roleTemplateDefined: "RoleTemplateDefined"
        case .roleTemplateChanged: "RoleTemplateChanged"
        case .roleTemplateRemoved: "RoleTemplateRemoved"
        case .groupUpdated: "GroupUpdated"
        case .groupDeleted: "GroupDeleted"
        case .membershipChanged: "MembershipChanged"
        case .pricingRuleSet: "PricingRuleSet"
        case .pricingRuleRemoved: "PricingRuleRemoved"
        case .ruleDefined: "RuleDefined"
        case .ruleChanged: "RuleChanged"
        case .ruleRemoved: "RuleRemoved"
        case .ruleAssigned: "RuleAssigned"
        case .ruleWithdrew: "RuleWithdrew"
        case .viewSaved: "ViewSaved"
        case .viewChanged: "ViewChanged"
        case .viewRemoved: "ViewRemoved"
        case .webhookCreated: "WebhookCreated"
        case .webhookChanged: "WebhookChanged"
        case .webhookRemoved: "WebhookRemoved"
        case .webhookDisabled: "WebhookDisabled"
        case .webhookSecretRotated: "WebhookSecretRotated"
        case .noteChanged: "NoteChanged"
        case .noteRemoved: "NoteRemoved"
        case .invoiceRequested: "InvoiceRequested"
        case .orderMovedAway: "OrderMovedAway"
        case .orderMoved: "OrderMoved"
        case .returnRequested: "ReturnRequested"
        case .returnMoved: "ReturnMoved"
        case .verificationRequested: "VerificationRequested"
        case .verificationFailed: "VerificationFailed"
        case .contactVerified: "ContactVerified"
        case .suppressionChanged: "SuppressionChanged"
        case .passwordResetRequested: "PasswordResetRequested"
        case .passwordReset: "PasswordReset"
        }
    }
}

extension EventType {
    /// The type of an event.
    public init(of event: Event) {
        self =
            switch event {
            case .customerCreated: .customerCreated
            case .customerUpdated: .customerUpdated
            case .customerDisabled: .customerDisabled
            case .customerEnabled: .customerEnabled
            case .customerLoggedIn: .customerLoggedIn
            case .guestClaimed: .guestClaimed
            case .addressAdded: .addressAdded
            case .addressUpdated: .addressUpdated
            case .addressRemoved: .addressRemoved
            case .defaultAddressesChanged: .defaultAddressesChanged
            case .customerTagged: .customerTagged
            case .customerUntagged: .customerUntagged
            case .metadataChanged: .metadataChanged
            case .noteAdded: .noteAdded
            case .groupCreated: .groupCreated
            case .groupJoined: .groupJoined
            case .groupLeft: .groupLeft
            case .orderPlaced: .orderPlaced
            case .orderStatusChanged: .orderStatusChanged
            case .orderCancelled: .orderCancelled
            case .refundRecorded: .refundRecorded
            case .loyaltyProgramConfigured: .loyaltyProgramConfigured
            case .loyaltyEnrolled: .loyaltyEnrolled
            case .pointsEarned: .pointsEarned
            case .pointsAdjusted: .pointsAdjusted
            case .pointsRedeemed: .pointsRedeemed
            case .pointsReversed: .pointsReversed
            case .customersMerged: .customersMerged
            case .customerErased: .customerErased
            case .organizationConfigured: .organizationConfigured
            case .apiKeyCreated: .apiKeyCreated
            case .apiKeyRevoked: .apiKeyRevoked
            case .consentChanged: .consentChanged
            case .dataRequestOpened: .dataRequestOpened
            case .dataRequestIdentityChecked: .dataRequestIdentityChecked
            case .dataRequestDecided: .dataRequestDecided
            case .dataRequestCancelled: .dataRequestCancelled
            case .dataRequestExecuted: .dataRequestExecuted
            case .customersUnmerged: .customersUnmerged
            case .personalDataRead: .personalDataRead
            case .creditIssued: .creditIssued
            case .creditSpent: .creditSpent
            case .creditReverted: .creditReverted
            case .creditExpired: .creditExpired
            case .jobCreated: .jobCreated
            case .jobProgressed: .jobProgressed
            case .jobCancelAsked: .jobCancelAsked
            case .jobFinished: .jobFinished
            case .jobExpired: .jobExpired
            case .jobResultFetched: .jobResultFetched
            case .pointsRestored: .pointsRestored
            case .pointsExpired: .pointsExpired
            case .pointsActivated: .pointsActivated
            case .tierChanged: .tierChanged
            case .birthdayRewarded: .birthdayRewarded
            case .addressVerified: .addressVerified
            case .customFieldSet: .customFieldSet
            case .customFieldRemoved: .customFieldRemoved
            case .welcomeRequested: .welcomeRequested
            case .segmentDefined: .segmentDefined
            case .segmentChanged: .segmentChanged
            case .segmentRemoved: .segmentRemoved
            case .segmentEntered: .segmentEntered
            case .segmentLeft: .segmentLeft
            case .apiKeyRotated: .apiKeyRotated
            case .apiKeyUsed: .apiKeyUsed
            case .roleTemplateDefined: .roleTemplateDefined
            case .roleTemplateChanged: .roleTemplateChanged
            case .roleTemplateRemoved: .roleTemplateRemoved
            case .groupUpdated: .groupUpdated
            case .groupDeleted: .groupDeleted
            case .membershipChanged: .membershipChanged
            case .pricingRuleSet: .pricingRuleSet
            case .pricingRuleRemoved: .pricingRuleRemoved
            case .ruleDefined: .ruleDefined
            case .ruleChanged: .ruleChanged
            case .ruleRemoved: .ruleRemoved
            case .ruleAssigned: .ruleAssigned
            case .ruleWithdrew: .ruleWithdrew
            case .viewSaved: .viewSaved
            case .viewChanged: .viewChanged
            case .viewRemoved: .viewRemoved
            case .webhookCreated: .webhookCreated
            case .webhookChanged: .webhookChanged
            case .webhookRemoved: .webhookRemoved
            case .webhookDisabled: .webhookDisabled
            case .webhookSecretRotated: .webhookSecretRotated
            case .noteChanged: .noteChanged
            case .noteRemoved: .noteRemoved
            case .invoiceRequested: .invoiceRequested
            case .orderMovedAway: .orderMovedAway
            case .orderMoved: .orderMoved
            case .returnRequested: .returnRequested
            case .returnMoved: .returnMoved
            case .verificationRequested: .verificationRequested
            case .verificationFailed: .verificationFailed
            case .contactVerified: .contactVerified
            case .suppressionChanged: .suppressionChanged
            case .passwordResetRequested: .passwordResetRequested
            case .passwordReset: .passwordReset
            }
    }
}
