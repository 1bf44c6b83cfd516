import CustomerDomain

// Rules that give groups and tags, and views.
extension SampleEvents {
    private static let ruleID = RuleID(high: 0x0190_6DF0_8C0C_7A3B, low: 0x8C1F_22E0_9D4B_5A6C)
    private static let ruleGroup = GroupID(high: 0x0190_6DF0_8C04_7A3B, low: 0x8C1F_22E0_9D4B_5A65)
    private static let ruleTerms = RuleTerms(
        name: "Große Umsätze",
        description: "Spends more than 5,000",
        condition: .query("amount_spent > 5000"),
        takesAway: true
    )

    static let rules: [(String, Event)] = [
        ("RuleDefined", .ruleDefined(RuleDefined(id: ruleID, gift: .group(ruleGroup), terms: ruleTerms))),
        (
            "RuleDefined-tag",
            .ruleDefined(
                RuleDefined(
                    id: ruleID,
                    gift: .tag("high-risk"),
                    terms: RuleTerms(
                        name: "Risk",
                        condition: .segment(SegmentID(high: 0x0190_6DF0_8C0A_7A3B, low: 0x8C1F_22E0_9D4B_5A6A)),
                        isActive: false
                    )
                )
            )
        ),
        ("RuleChanged", .ruleChanged(ruleID, ruleTerms)),
        ("RuleRemoved", .ruleRemoved(ruleID)),
        ("RuleAssigned", .ruleAssigned(RuleMove(rule: ruleID, gift: .group(ruleGroup), isChange: true))),
        ("RuleAssigned-tag", .ruleAssigned(RuleMove(rule: ruleID, gift: .tag("high-risk"), isChange: false))),
        ("RuleWithdrew", .ruleWithdrew(RuleMove(rule: ruleID, gift: .tag("high-risk"), isChange: true))),
    ]

    private static let viewID = ViewID(high: 0x0190_6DF0_8C0D_7A3B, low: 0x8C1F_22E0_9D4B_5A6D)
    private static let viewTerms = ViewTerms(
        name: "Stammkunden in Köln",
        condition: "customer_cities CONTAINS 'Köln'",
        filters: [
            ViewFilter(name: "status", value: "active"), ViewFilter(name: "tag", value: "vip"),
            ViewFilter(name: "tag", value: "gift"),
        ],
        sort: "-totalSpent",
        columns: ["displayName", "totalSpent"],
        isShared: true
    )

    static let views: [(String, Event)] = [
        ("ViewSaved", .viewSaved(ViewSaved(id: viewID, terms: viewTerms))),
        ("ViewSaved-bare", .viewSaved(ViewSaved(id: viewID, terms: ViewTerms(name: "All")))),
        ("ViewChanged", .viewChanged(ViewSaved(id: viewID, terms: viewTerms))),
        ("ViewRemoved", .viewRemoved(viewID)),
    ]
}
