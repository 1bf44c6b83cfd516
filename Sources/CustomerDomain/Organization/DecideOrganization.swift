extension Decision {
    /// Once there are orders the currency stays; settings without a currency then mean the one there is.
    func configureOrganization(
        _ settings: OrganizationSettings,
        expecting: OrganizationSettings?
    ) throws(Rejection) -> [Decided] {
        if let expecting, expecting != facts.settings { throw .changedMeanwhile }
        try check(settings.displayName, "displayName", Limits.name)
        try check(settings.timeZone, "timeZone", Limits.timeZone)
        try check(settings.activityWindowDays, "activityWindowDays", Limits.activityWindowDays)
        var settings = settings
        if facts.hasOrders, let fixed = facts.settings.currency {
            settings.currency = settings.currency ?? fixed
            if settings.currency != fixed { throw .currencyFixed(fixed) }
        }
        if settings == facts.settings { return [] }
        return [Decided(customer: nil, event: .organizationConfigured(settings))]
    }
}
