/// The groups that a shop usually begins with; data like any other, to be changed or deleted.
public enum DefaultGroups {
    /// How many there are.
    public static let count = 3

    /// Retail, Wholesale (30 % off, free shipping over 500, at least 250, 30 days to pay) and VIP (15 % off, free shipping).
    ///
    /// - Parameters:
    ///   - ids: The identifiers of the groups, one for each.
    ///   - currency: The currency of the amounts.
    /// - Returns: The groups.
    public static func groups(_ ids: [GroupID], currency: CurrencyCode) -> [GroupUpdated] {
        let unit = (0..<currency.minorDigitCount).reduce(1 as Int64) { unit, _ in unit * 10 }
        let benefits: [(String, String, GroupType, GroupBenefits)] = [
            ("retail", "Retail", .other, GroupBenefits()),
            (
                "wholesale", "Wholesale", .wholesale,
                GroupBenefits(
                    discount: 3_000,
                    freeShippingOver: 500 * unit,
                    minimumOrder: 250 * unit,
                    currency: currency,
                    paymentTermsDays: 30
                )
            ),
            (
                "vip", "VIP", .vip,
                GroupBenefits(discount: 1_500, freeShippingOver: 0, perks: [.prioritySupport, .earlyAccess])
            ),
        ]
        return zip(ids, benefits)
            .map { id, group in
                let (key, name, type, benefits) = group
                return GroupUpdated(id: id, name: name, terms: GroupTerms(key: key, type: type, benefits: benefits))
            }
    }
}
