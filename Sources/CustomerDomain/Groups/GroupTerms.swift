/// What a group is besides its name: how the shop calls it, what sort it is, and what its members get.
public struct GroupTerms: Hashable, Sendable {
    /// The shop's own key, unique in the organization.
    public var key: String?
    /// What sort of group it is.
    public var type: GroupType
    /// What its members get.
    public var benefits: GroupBenefits

    /// Terms of these parts.
    public init(key: String? = nil, type: GroupType = .other, benefits: GroupBenefits = GroupBenefits()) {
        self.key = key
        self.type = type
        self.benefits = benefits
    }
}

/// What sort of group it is.
public enum GroupType: UInt8, Hashable, Sendable, Named {
    /// Buys to sell again.
    case wholesale = 1
    /// Very important, or loyal.
    case vip = 2
    /// Companies with several buyers.
    case corporate = 3
    /// Of one region.
    case regional = 4
    /// Any other.
    case other = 5

    /// The name on the wire.
    public var name: String {
        switch self {
        case .wholesale: "wholesale"
        case .vip: "vip"
        case .corporate: "corporate"
        case .regional: "regional"
        case .other: "other"
        }
    }
}

/// What the members of a group get; what is `nil` the group does not say.
public struct GroupBenefits: Hashable, Sendable {
    /// Off every price, in hundredths of a percent.
    public var discount: Int64?
    /// Orders of more than this in minor units ship free; 0 for all orders.
    public var freeShippingOver: Int64?
    /// What an order must come to at least, in minor units, for the group's benefits to hold.
    public var minimumOrder: Int64?
    /// The currency of both amounts; there when one of them is, unless that is 0.
    public var currency: CurrencyCode?
    /// Invoices are due after so many days.
    public var paymentTermsDays: Int64?
    /// The name of the shop's list of prices.
    public var priceList: String?
    /// What else they get.
    public var perks: Set<GroupPerk>

    /// Benefits of these parts.
    public init(
        discount: Int64? = nil,
        freeShippingOver: Int64? = nil,
        minimumOrder: Int64? = nil,
        currency: CurrencyCode? = nil,
        paymentTermsDays: Int64? = nil,
        priceList: String? = nil,
        perks: Set<GroupPerk> = []
    ) {
        self.discount = discount
        self.freeShippingOver = freeShippingOver
        self.minimumOrder = minimumOrder
        self.currency = currency
        self.paymentTermsDays = paymentTermsDays
        self.priceList = priceList
        self.perks = perks
    }
}

/// What members of a group get that is no amount.
public enum GroupPerk: UInt8, Hashable, Sendable, Named {
    /// Their tickets come first.
    case prioritySupport = 1
    /// Somebody of the team answers for them.
    case dedicatedSupport = 2
    /// They buy before a sale begins.
    case earlyAccess = 3
    /// They pay no tax.
    case taxExempt = 4
    /// They order by purchase order.
    case purchaseOrders = 5
    /// Their orders wait for an approver of theirs.
    case approvalWorkflow = 6
    /// Promotions are in their language, at their time of day.
    case localizedPromotions = 7

    /// The name on the wire.
    public var name: String {
        switch self {
        case .prioritySupport: "priority_support"
        case .dedicatedSupport: "dedicated_support"
        case .earlyAccess: "early_access"
        case .taxExempt: "tax_exempt"
        case .purchaseOrders: "purchase_orders"
        case .approvalWorkflow: "approval_workflow"
        case .localizedPromotions: "localized_promotions"
        }
    }
}
