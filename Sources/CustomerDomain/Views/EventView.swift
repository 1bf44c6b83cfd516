public import EventSourcing

/// An ``Event`` where it lies in a record.
///
/// The events that logs mostly consist of are here without a copy of their texts, and only with what the projections keep;
/// the others are whole.
public enum EventView {
    /// A customer came to be.
    case customerCreated(CustomerCreatedView)
    /// The customer logged in.
    case customerLoggedIn
    /// An address more.
    case addressAdded(AddressView)
    /// The customer is in the group.
    case groupJoined(GroupOrdinal)
    /// The customer ordered.
    case orderPlaced(PlacedOrderView)
    /// An order moved on.
    case orderStatusChanged(OrderStatusView)
    /// The customer has a loyalty account, empty.
    case loyaltyEnrolled(cardNumber: TextView?)
    /// Points were earned.
    case pointsEarned(EarnedPointsView)
    /// Any other event.
    indirect case other(Event)
}

/// A ``CustomerCreated`` where it lies.
public struct CustomerCreatedView {
    /// The new customer's identifier.
    public var id = CustomerID(high: 0, low: 0)
    /// Whether it has credentials.
    public var accountType = AccountType.registered
    /// The shop's own id of the customer.
    public var externalID: TextView?
    /// Where the customer came from.
    public var source: TextView?
    /// Name and contact.
    public var profile = ProfileView()

    /// A creation that says nothing yet.
    public init() {}
}

/// A ``Profile`` where it lies.
public struct ProfileView {
    /// The e-mail address as it was given.
    public var email: TextView?
    /// The given name.
    public var firstName: TextView?
    /// The family name.
    public var lastName: TextView?
    /// The phone number as it was given.
    public var phone: TextView?
    /// The date of birth.
    public var birthDate: CalendarDate?
    /// What it does for whom it buys.
    public var role: TextView?

    /// A profile without any field.
    public init() {}
}

/// What the projections keep of an ``Order``, where it lies; with what follows from its lines instead of them.
public struct PlacedOrderView {
    /// The shop's number of the order; `nil` for the empty text.
    public var number: TextView?
    /// The currency of all amounts.
    public var currency: CurrencyCode
    /// Where the order stands.
    public var status = OrderStatus.placed
    /// Where the goods stand.
    public var fulfillmentStatus = FulfillmentStatus.unfulfilled
    /// The given name that it ships to.
    public var recipientFirstName: TextView?
    /// The family name that it ships to.
    public var recipientLastName: TextView?
    /// The sum of the lines, as ``Order/total``.
    public var total: Int64 = 0
    /// How many pieces, as far as an `Int64` reaches.
    public var itemCount: Int64 = 0

    /// An order in this currency that says nothing else yet.
    public init(currency: CurrencyCode) {
        self.currency = currency
    }

    /// Takes a line in.
    public mutating func add(quantity: Int64, total lineTotal: Int64) {
        itemCount = itemCount.addingSaturating(quantity)
        total = total.addingSaturating(lineTotal)
    }
}

/// An ``OrderStatusChanged`` where it lies.
public struct OrderStatusView {
    /// The order's number; `nil` for the empty text.
    public var number: TextView?
    /// Where the order stands now; `nil` where it stayed.
    public var status: OrderStatus?
    /// Where the goods stand now; `nil` where it stayed.
    public var fulfillmentStatus: FulfillmentStatus?

    /// A change that says nothing yet.
    public init() {}
}

/// A ``PointsEarned`` where it lies.
public struct EarnedPointsView {
    /// How many.
    public var points: Int64 = 0
    /// The order that earned them.
    public var orderNumber: TextView?
    /// What they were earned for.
    public var reason: TextView?
    /// The kind of reason.
    public var source = PointsSource.unnamed
    /// From when on nothing of them can be spent.
    public var expiresAt: Timestamp?
    /// What they wait for.
    public var pending: PendingPoints?

    /// No points yet.
    public init() {}
}
