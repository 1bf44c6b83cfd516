/// Something that happened, as the log keeps it for ever.
///
/// Cases are added, never changed or removed; a case's stored form is in `CustomerRecords`.
/// Fields marked *personal* are stored apart, so that they can be sealed with the person's key.
public enum Event: Hashable, Sendable {
    case customerCreated(CustomerCreated)
    case customerUpdated(CustomerUpdated)
    case customerDisabled(reason: String?)
    case customerEnabled(reason: String?)
    case customerLoggedIn
    case guestClaimed
    case addressAdded(Address)
    case addressUpdated(AddressID, AddressFields)
    case addressRemoved(AddressID)
    /// The defaults from now on; `nil` for none.
    case defaultAddressesChanged(shipping: AddressID?, billing: AddressID?)
    case customerTagged([String])
    case customerUntagged([String])
    /// The whole metadata from now on; personal.
    case metadataChanged([String: String])
    case noteAdded(NoteAdded)
    case groupCreated(GroupCreated)
    case groupJoined(GroupOrdinal)
    case groupLeft(GroupOrdinal)
    case orderPlaced(Order)
    case orderStatusChanged(OrderStatusChanged)
    case orderCancelled(OrderCancelled)
    case refundRecorded(Refund)
    case loyaltyProgramConfigured(LoyaltyProgram)
    case loyaltyEnrolled(cardNumber: String)
    case pointsEarned(PointsEarned)
    case pointsAdjusted(PointsAdjusted)
    case pointsRedeemed(PointsRedeemed)
    /// Points that an order had earned go back, because of a refund or a cancellation.
    case pointsReversed(PointsReversed)
    /// On the survivor: it now answers for `merged`, whose orders, addresses, tags, groups, points and notes are its own.
    case customersMerged(merged: CustomerOrdinal)
    case customerErased(reason: String?)
    case organizationConfigured(OrganizationSettings)
    case apiKeyCreated(APIKey)
    case apiKeyRevoked(APIKeyID)
}

/// A customer came to be; gets the next free ordinal.
public struct CustomerCreated: Hashable, Sendable {
    public var id: CustomerID
    public var accountType: AccountType
    /// The shop's own id of the customer, unique in the organization.
    public var externalID: String?
    /// Where the customer came from: `web`, `import`.
    public var source: String?
    /// Personal.
    public var profile: Profile

    public init(
        id: CustomerID,
        accountType: AccountType,
        externalID: String? = nil,
        source: String? = nil,
        profile: Profile = Profile()
    ) {
        self.id = id
        self.accountType = accountType
        self.externalID = externalID
        self.source = source
        self.profile = profile
    }
}

/// Fields of a customer changed; only what really changed is in it.
public struct CustomerUpdated: Hashable, Sendable {
    /// Personal.
    public var profile: ProfileEdit
    public var externalID: Edit<String>

    public init(profile: ProfileEdit = ProfileEdit(), externalID: Edit<String> = .keep) {
        self.profile = profile
        self.externalID = externalID
    }
}

/// Somebody of the team wrote something down.
public struct NoteAdded: Hashable, Sendable {
    public var id: NoteID
    public var type: NoteType
    /// Personal.
    public var text: String

    public init(id: NoteID, type: NoteType, text: String) {
        self.id = id
        self.type = type
        self.text = text
    }
}

/// A group came to be; gets the next free group ordinal.
public struct GroupCreated: Hashable, Sendable {
    public var id: GroupID
    public var name: String
    public var description: String?

    public init(id: GroupID, name: String, description: String? = nil) {
        self.id = id
        self.name = name
        self.description = description
    }
}

/// An order moved on.
public struct OrderStatusChanged: Hashable, Sendable {
    public var number: String
    /// `nil` where it stayed.
    public var status: OrderStatus?
    /// `nil` where it stayed.
    public var fulfillmentStatus: FulfillmentStatus?

    public init(number: String, status: OrderStatus?, fulfillmentStatus: FulfillmentStatus?) {
        self.number = number
        self.status = status
        self.fulfillmentStatus = fulfillmentStatus
    }
}

/// An order will not happen; it no longer counts.
public struct OrderCancelled: Hashable, Sendable {
    public var number: String
    public var reason: String?

    public init(number: String, reason: String?) {
        self.number = number
        self.reason = reason
    }
}

/// Money went back to a customer, for one order or for goods whose order is not named.
public struct Refund: Hashable, Sendable {
    /// The shop's number of the refund, unique in the organization.
    public var reference: String
    /// The order it is for, when known.
    public var orderNumber: String?
    /// How much; more than zero.
    public var amount: Money
    /// What came back, when told; amounts are positive.
    public var lines: [OrderLine]
    public var reason: String?

    public init(
        reference: String,
        orderNumber: String? = nil,
        amount: Money,
        lines: [OrderLine] = [],
        reason: String? = nil
    ) {
        self.reference = reference
        self.orderNumber = orderNumber
        self.amount = amount
        self.lines = lines
        self.reason = reason
    }
}

/// Points were earned, by an order or for `reason`.
public struct PointsEarned: Hashable, Sendable {
    public var points: Int64
    public var orderNumber: String?
    public var reason: String?

    public init(points: Int64, orderNumber: String? = nil, reason: String? = nil) {
        self.points = points
        self.orderNumber = orderNumber
        self.reason = reason
    }
}

/// Somebody of the team gave or took points.
public struct PointsAdjusted: Hashable, Sendable {
    public var adjustment: PointsAdjustment
    /// More than zero.
    public var points: Int64
    public var reason: String

    public init(adjustment: PointsAdjustment, points: Int64, reason: String) {
        self.adjustment = adjustment
        self.points = points
        self.reason = reason
    }
}

/// A customer spent points.
public struct PointsRedeemed: Hashable, Sendable {
    /// More than zero.
    public var points: Int64
    public var orderNumber: String?
    public var reason: String?

    public init(points: Int64, orderNumber: String? = nil, reason: String? = nil) {
        self.points = points
        self.orderNumber = orderNumber
        self.reason = reason
    }
}

/// Points earned by an order went back.
public struct PointsReversed: Hashable, Sendable {
    /// More than zero.
    public var points: Int64
    public var orderNumber: String

    public init(points: Int64, orderNumber: String) {
        self.points = points
        self.orderNumber = orderNumber
    }
}
