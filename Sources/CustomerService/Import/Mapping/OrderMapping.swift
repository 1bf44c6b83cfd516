public import CustomerDomain

/// How a CSV file of order lines is read: which column is what, and the rules for what no column says.
///
/// Its JSON form is described in `docs/IMPORT.md`.
public struct OrderMapping: Hashable, Sendable {
    /// What a column can be.
    public enum Field: String, Hashable, Sendable, CaseIterable {
        case order, customer, sku, quantity, unitPrice, occurredAt
        case name, currency, country, paymentMethod, email, firstName, lastName, phone

        /// Whether a file must have it.
        public var isRequired: Bool {
            switch self {
            case .order, .customer, .sku, .quantity, .unitPrice, .occurredAt: true
            case .name, .currency, .country, .paymentMethod, .email, .firstName, .lastName, .phone: false
            }
        }
    }

    /// What becomes of an order of which some lines cannot be taken.
    public enum PartialOrders: String, Hashable, Sendable, CaseIterable {
        /// The other lines are the order.
        case take
        /// None of its lines is taken.
        case refuse
    }

    /// For each field, the names that its column may have.
    public var columns: [Field: [String]] = [:]
    /// The byte between fields.
    public var delimiter = UInt8(ascii: ",")
    /// Whether rows that are not UTF-8 are ISO 8859-1.
    public var readsLatin1 = false
    /// The byte before the decimals of a price.
    public var decimalSeparator = UInt8(ascii: ".")
    /// The currency where no column names one.
    public var currency: CurrencyCode?
    /// The patterns of dates; the first that fits counts.
    public var datePatterns: [DatePattern] = []
    /// How far the dates' zone is east of UTC, where a date does not say it, in seconds.
    public var zoneOffsetSeconds = 0
    /// Codes of country names that ISO 3166 does not know; `nil` for names that are no country.
    public var countries: [String: CountryCode?] = [:]
    /// How lines group into orders.
    public var orders = Orders()
    /// How customers are known and made.
    public var customers = Customers()

    /// How lines group into orders.
    public struct Orders: Hashable, Sendable {
        /// What the numbers of returns begin with; `nil` when the file has none.
        public var returnPrefix: String?
        /// What the numbers of bookings that are neither order nor return begin with.
        public var adjustmentPrefixes: [String] = []
        /// How many orders may begin before an order is taken to be complete.
        public var openOrderCount = 64
        /// What becomes of an order of which some lines cannot be taken.
        public var partial = PartialOrders.take
        /// Where the orders stand.
        public var status = OrderStatus.completed
        /// Where their goods stand.
        public var fulfillmentStatus = FulfillmentStatus.shipped
        /// How they were paid, where no column says it.
        public var paymentMethod: String?
    }

    /// How customers are known and made.
    public struct Customers: Hashable, Sendable {
        /// What is cut off the end of a customer's id: `.0` makes `17850.0` the id `17850`.
        public var dropSuffix: String?
        /// Whether those who are new get an account.
        public var accountType = AccountType.registered
        /// Where they came from.
        public var source = "import"
        /// Whether customers without name and e-mail get made-up ones.
        public var syntheticProfiles = false
    }

    /// A mapping of no columns.
    public init() {}
}
