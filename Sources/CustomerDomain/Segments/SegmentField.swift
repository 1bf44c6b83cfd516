/// An attribute of customers that queries can ask about; the raw value is its name.
public enum SegmentField: String, Hashable, Sendable, CaseIterable {
    case amountSpent = "amount_spent"
    case averageOrderValue = "average_order_value"
    case numberOfOrders = "number_of_orders"
    case firstOrderDate = "first_order_date"
    case lastOrderDate = "last_order_date"
    case daysSinceLastOrder = "days_since_last_order"
    case customerAddedDate = "customer_added_date"
    case lastLoginDate = "last_login_date"
    case birthDate = "birth_date"
    case tags = "customer_tags"
    case groups = "customer_groups"
    case countries = "customer_countries"
    case regions = "customer_regions"
    case cities = "customer_cities"
    case emailDomain = "customer_email_domain"
    case language = "customer_language"
    case accountStatus = "customer_account_status"
    case type = "customer_type"
    case activity
    case emailConsent = "email_subscription_status"
    case smsConsent = "sms_subscription_status"
    case pointsBalance = "points_balance"
    case loyaltyTier = "loyalty_tier"
    case isLoyaltyMember = "is_loyalty_member"
    case storeCredit = "store_credit"
    case source

    /// The key of the metadata where a customer's language is.
    public static let languageKey = "preferredLanguage"

    /// What its values are.
    public enum Kind: Hashable, Sendable {
        /// An amount in the organization's currency.
        case money
        /// A whole number.
        case number
        /// A time, of which the day counts.
        case date
        /// A day that only its anniversary can be asked for.
        case birthday
        /// Text.
        case text
        /// Any number of texts.
        case list
        /// One of a few words.
        case choice([String])
        /// Yes or no.
        case flag
    }

    /// What its values are.
    public var kind: Kind {
        switch self {
        case .amountSpent, .averageOrderValue, .storeCredit: .money
        case .numberOfOrders, .daysSinceLastOrder, .pointsBalance: .number
        case .firstOrderDate, .lastOrderDate, .customerAddedDate, .lastLoginDate: .date
        case .birthDate: .birthday
        case .emailDomain, .language, .loyaltyTier, .source: .text
        case .tags, .groups, .countries, .regions, .cities: .list
        case .accountStatus: .choice(["active", "disabled"])
        case .type: .choice(AccountType.names)
        case .activity: .choice(["active", "inactive"])
        case .emailConsent, .smsConsent: .choice(ConsentState.names)
        case .isLoyaltyMember: .flag
        }
    }
}
