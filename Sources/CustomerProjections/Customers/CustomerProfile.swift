public import CustomerDomain

/// A customer as the detail page shows it.
public struct CustomerProfile: Hashable, Sendable {
    /// What the list shows.
    public var summary: CustomerSummary
    /// The date of birth.
    public var birthDate: CalendarDate?
    /// Free keys and values.
    public var metadata: [String: String]
    /// In the order in which they were added.
    public var addresses: [Address]
    /// How many notes there are.
    public var noteCount: Int
    /// What holds of each kind of consent that the customer was asked for.
    public var consents: [ConsentKind: Consent]
    /// Whether it is reached by e-mail and phone.
    public var contacts: Contacts
    /// What store credit it has, by currency.
    public var credit: [CreditBalance]
    /// What its orders come to, in the words of who sorts customers into groups.
    public var figures: CustomerFigures
    /// Who answers for the customer, once merged; never itself merged.
    public var mergedInto: CustomerID?
    /// Totals in other currencies than the organization's, by their codes.
    public var otherCurrencies: [CurrencyTotals]
}

/// What a customer spent in one currency.
public struct CurrencyTotals: Hashable, Sendable {
    /// The currency.
    public var currency: CurrencyCode
    /// Orders that were not cancelled.
    public var orderCount: Int64
    /// Sum of these orders, in minor units.
    public var grossSpent: Int64
    /// What went back, in minor units.
    public var refunded: Int64
}
