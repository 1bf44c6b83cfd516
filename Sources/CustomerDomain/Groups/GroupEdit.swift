/// What an update does with a group.
public struct GroupEdit: Hashable, Sendable {
    /// The name from now on; `nil` to keep.
    public var name: String?
    /// The edit of what it is for.
    public var description: Edit<String>
    /// The edit of the shop's own key.
    public var key: Edit<String>
    /// The sort from now on; `nil` to keep.
    public var type: GroupType?
    /// The edit of what members get.
    public var benefits: BenefitsEdit

    /// An edit of these parts.
    public init(
        name: String? = nil,
        description: Edit<String> = .keep,
        key: Edit<String> = .keep,
        type: GroupType? = nil,
        benefits: BenefitsEdit = BenefitsEdit()
    ) {
        self.name = name
        self.description = description
        self.key = key
        self.type = type
        self.benefits = benefits
    }

    /// The group after the edit.
    public func applied(to group: GroupUpdated) -> GroupUpdated {
        GroupUpdated(
            id: group.id,
            name: name ?? group.name,
            description: description.applied(to: group.description),
            terms: GroupTerms(
                key: key.applied(to: group.terms.key),
                type: type ?? group.terms.type,
                benefits: benefits.applied(to: group.terms.benefits)
            )
        )
    }
}

/// What an update does with a group's benefits, each by itself.
public struct BenefitsEdit: Hashable, Sendable {
    /// Whether what was there goes first.
    public var startsAnew = false
    /// See ``GroupBenefits/discount``.
    public var discount: Edit<Int64> = .keep
    /// See ``GroupBenefits/freeShippingOver``.
    public var freeShippingOver: Edit<Int64> = .keep
    /// See ``GroupBenefits/minimumOrder``.
    public var minimumOrder: Edit<Int64> = .keep
    /// See ``GroupBenefits/currency``.
    public var currency: Edit<CurrencyCode> = .keep
    /// See ``GroupBenefits/paymentTermsDays``.
    public var paymentTermsDays: Edit<Int64> = .keep
    /// See ``GroupBenefits/priceList``.
    public var priceList: Edit<String> = .keep
    /// All perks from now on; `nil` to keep.
    public var perks: Set<GroupPerk>?

    /// An edit that keeps all.
    public init() {}

    /// The benefits after the edit.
    public func applied(to benefits: GroupBenefits) -> GroupBenefits {
        let before = startsAnew ? GroupBenefits() : benefits
        return GroupBenefits(
            discount: discount.applied(to: before.discount),
            freeShippingOver: freeShippingOver.applied(to: before.freeShippingOver),
            minimumOrder: minimumOrder.applied(to: before.minimumOrder),
            currency: currency.applied(to: before.currency),
            paymentTermsDays: paymentTermsDays.applied(to: before.paymentTermsDays),
            priceList: priceList.applied(to: before.priceList),
            perks: perks ?? before.perks
        )
    }
}
