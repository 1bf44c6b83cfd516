import CustomerDomain
import CustomerRecords
import Testing

@Suite struct EventTypeTests {
    /// What is stored and what scripts rely on; a line here is never changed.
    @Test func `numbers and names stay for ever`() {
        let table = [
            "CustomerCreated", "CustomerUpdated", "CustomerDisabled", "CustomerEnabled", "CustomerLoggedIn",
            "GuestClaimed", "AddressAdded", "AddressUpdated", "AddressRemoved", "DefaultAddressesChanged",
            "CustomerTagged", "CustomerUntagged", "MetadataChanged", "NoteAdded", "GroupCreated", "GroupJoined",
            "GroupLeft", "OrderPlaced", "OrderStatusChanged", "OrderCancelled", "RefundRecorded",
            "LoyaltyProgramConfigured", "LoyaltyEnrolled", "PointsEarned", "PointsAdjusted", "PointsRedeemed",
            "PointsReversed", "CustomersMerged", "CustomerErased", "OrganizationConfigured", "APIKeyCreated",
            "APIKeyRevoked",
        ]
        // Numbers that were given to several people at a time have gaps until all are there.
        let later: [(UInt32, String)] = [
            (33, "ConsentChanged"), (34, "DataRequestOpened"), (35, "DataRequestIdentityChecked"),
            (36, "DataRequestDecided"), (37, "DataRequestCancelled"), (38, "DataRequestExecuted"),
            (39, "CustomersUnmerged"),
            (40, "PersonalDataRead"),
            (41, "CreditIssued"), (42, "CreditSpent"), (43, "CreditReverted"), (44, "CreditExpired"),
            (45, "AddressVerified"), (46, "CustomFieldSet"), (47, "CustomFieldRemoved"),
            (48, "WelcomeRequested"),
            (50, "SegmentDefined"), (51, "SegmentChanged"), (52, "SegmentRemoved"), (53, "SegmentEntered"),
            (54, "SegmentLeft"),
            (55, "PointsRestored"), (56, "PointsExpired"), (57, "PointsActivated"), (58, "TierChanged"),
            (59, "BirthdayRewarded"),
            (63, "JobCreated"), (64, "JobProgressed"), (65, "JobCancelAsked"), (66, "JobFinished"), (67, "JobExpired"),
            (68, "JobResultFetched"),
            (70, "APIKeyRotated"), (71, "APIKeyUsed"), (72, "RoleTemplateDefined"), (73, "RoleTemplateChanged"),
            (74, "RoleTemplateRemoved"),
            (77, "WebhookCreated"), (78, "WebhookChanged"), (79, "WebhookRemoved"),
            (80, "WebhookDisabled"), (81, "WebhookSecretRotated"),
            (82, "VerificationRequested"), (83, "VerificationFailed"), (84, "ContactVerified"),
            (85, "SuppressionChanged"), (86, "PasswordResetRequested"), (87, "PasswordReset"),
            (92, "GroupUpdated"), (93, "GroupDeleted"), (94, "MembershipChanged"),
            (95, "PricingRuleSet"), (96, "PricingRuleRemoved"), (88, "NoteChanged"), (89, "NoteRemoved"),
            (90, "InvoiceRequested"), (97, "OrderMovedAway"),
            (98, "OrderMoved"), (99, "ReturnRequested"), (100, "ReturnMoved"),
            (101, "RuleDefined"), (102, "RuleChanged"), (103, "RuleRemoved"), (104, "RuleAssigned"),
            (105, "RuleWithdrew"), (106, "ViewSaved"), (107, "ViewChanged"), (108, "ViewRemoved"),
        ]
        let all = zip(1..., table).map { (UInt32($0), $1) } + later
        #expect(EventType.allCases.map(\.name) == all.map(\.1))
        #expect(EventType.allCases.map(\.rawValue) == all.map(\.0))
    }

    @Test(arguments: EventType.allCases)
    func `a type is found by its name`(type: EventType) {
        #expect(EventType(name: type.name) == type)
        #expect(EventType(name: type.name.lowercased()) == nil)
    }

    @Test func `an event has the type of its sample's name`() {
        for sample in SampleEvents.all { #expect(sample.event.name == sample.name.prefix { $0 != "-" }) }
    }
}
