public import CustomerDomain
public import EventSourcing

/// A customer as the list shows it.
public struct CustomerSummary: Hashable, Sendable {
    /// The identifier that clients use.
    public var id: CustomerID
    /// The number inside the organization.
    public var ordinal: CustomerOrdinal
    /// How many events the customer has.
    public var version: UInt32
    /// As it was given.
    public var email: String?
    /// The given name of the account.
    public var firstName: String?
    /// The family name of the account.
    public var lastName: String?
    /// First and last name of the account, else of the last order's shipping address, else the e-mail address; may be empty.
    public var displayName: String
    /// As it was given.
    public var phone: String?
    /// What it does for whom it buys, in the shop's own words.
    public var role: String?
    /// Where the record stands.
    public var status: CustomerStatus
    /// Whether the customer has credentials.
    public var accountType: AccountType
    /// Whether the customer ordered or logged in recently.
    public var activity: Activity
    /// The shop's own id.
    public var externalID: String?
    /// Where the customer came from.
    public var source: String?
    /// Orders that were not cancelled, in all currencies.
    public var orderCount: Int64
    /// Sum of the orders that were not cancelled, in minor units of ``currency``.
    public var grossSpent: Int64
    /// What went back, in minor units of ``currency``.
    public var refunded: Int64
    /// Gross per order in ``currency``, half-up; `nil` without such an order.
    public var averageOrderValue: Int64?
    /// The organization's currency; `nil` until it has one.
    public var currency: CurrencyCode?
    /// In the order in which they were added.
    public var tags: [String]
    /// By the age of the groups.
    public var groups: [GroupName]
    /// Business time of the registration.
    public var createdAt: Timestamp
    /// Business time of the latest change.
    public var updatedAt: Timestamp
    /// Business time of the first order that was not cancelled.
    public var firstOrderAt: Timestamp?
    /// Business time of the last order that was not cancelled.
    public var lastOrderAt: Timestamp?
    /// Business time of the last login.
    public var lastLoginAt: Timestamp?
    /// Whether points can be adjusted.
    public var hasLoyaltyAccount: Bool
    /// Points that can be spent; 0 without an account.
    public var pointsBalance: Int64
    /// The tier of the loyalty account.
    public var tierName: String?
    /// Country of the default shipping address, else of the first address that has one.
    public var country: CountryCode?

    /// Gross less refunds, in minor units of ``currency``.
    public var netSpent: Int64 { grossSpent - refunded }
}

/// A group by its names.
public struct GroupName: Hashable, Sendable {
    /// The identifier that clients use.
    public var id: GroupID
    /// The name.
    public var name: String
}
