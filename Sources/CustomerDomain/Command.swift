/// Something a client asks for; identifiers are minted before, so that deciding stays pure.
public enum Command: Hashable, Sendable {
    case createCustomer(CreateCustomer)
    case updateCustomer(UpdateCustomer)
    case disableCustomer(CustomerID, reason: String?)
    case enableCustomer(CustomerID, reason: String?)
    case recordLogin(CustomerID)
    case claimGuest(CustomerID)
    case addAddress(AddAddress)
    case updateAddress(UpdateAddress)
    case removeAddress(CustomerID, AddressID)
    case addTags(CustomerID, [String])
    case removeTags(CustomerID, [String])
    case addNote(CustomerID, NoteAdded)
    case createGroup(GroupCreated)
    case addGroupMembers(GroupID, [CustomerID])
    case removeGroupMembers(GroupID, [CustomerID])
    case placeOrder(CustomerID, Order)
    case changeOrderStatus(OrderStatusChanged)
    case cancelOrder(OrderCancelled)
    case refundOrder(RefundOrder)
    /// A refund that names no order.
    case recordRefund(CustomerID, Refund)
    case configureLoyalty(LoyaltyProgram)
    case enrollInLoyalty(CustomerID, cardNumber: String)
    case earnPoints(CustomerID, PointsEarned)
    case adjustPoints(CustomerID, PointsAdjusted)
    case redeemPoints(CustomerID, PointsRedeemed)
    case mergeCustomers(survivor: CustomerID, merged: CustomerID)
    case eraseCustomer(CustomerID, reason: String?)
    case configureOrganization(OrganizationSettings)
    case createAPIKey(APIKey)
    case revokeAPIKey(APIKeyID)
}

/// Asks for a new customer.
public struct CreateCustomer: Hashable, Sendable {
    public var customer: CustomerCreated
    public var tags: [String]
    public var metadata: [String: String]
    public var addresses: [Address]
    public var groups: [GroupID]

    public init(
        _ customer: CustomerCreated,
        tags: [String] = [],
        metadata: [String: String] = [:],
        addresses: [Address] = [],
        groups: [GroupID] = []
    ) {
        self.customer = customer
        self.tags = tags
        self.metadata = metadata
        self.addresses = addresses
        self.groups = groups
    }
}

/// Asks for changes of one customer, all or none.
public struct UpdateCustomer: Hashable, Sendable {
    public var id: CustomerID
    public var profile: ProfileEdit
    public var externalID: Edit<String>
    /// The whole set of tags from now on; `nil` to keep.
    public var tags: [String]?
    /// What happens to the metadata; `nil` to keep.
    public var metadata: MetadataEdit?
    /// `active` or `disabled`; `nil` to keep.
    public var status: CustomerStatus?

    public init(
        id: CustomerID,
        profile: ProfileEdit = ProfileEdit(),
        externalID: Edit<String> = .keep,
        tags: [String]? = nil,
        metadata: MetadataEdit? = nil,
        status: CustomerStatus? = nil
    ) {
        self.id = id
        self.profile = profile
        self.externalID = externalID
        self.tags = tags
        self.metadata = metadata
        self.status = status
    }
}

/// What an update does with the metadata.
public enum MetadataEdit: Hashable, Sendable {
    /// This is the whole metadata from now on.
    case replace([String: String])
    /// Keys get values, or go (`nil`); others stay (RFC 7396).
    case merge([String: String?])
}

/// Asks for one more address.
public struct AddAddress: Hashable, Sendable {
    public var customer: CustomerID
    public var address: Address

    public init(customer: CustomerID, address: Address) {
        self.customer = customer
        self.address = address
    }
}

/// Asks for changes of one address.
public struct UpdateAddress: Hashable, Sendable {
    public var customer: CustomerID
    public var address: AddressID
    public var fields: AddressEdit
    /// Whether it shall be the default for shipping; `nil` to keep.
    public var isDefaultShipping: Bool?
    /// Whether it shall be the default for billing; `nil` to keep.
    public var isDefaultBilling: Bool?

    public init(
        customer: CustomerID,
        address: AddressID,
        fields: AddressEdit = AddressEdit(),
        isDefaultShipping: Bool? = nil,
        isDefaultBilling: Bool? = nil
    ) {
        self.customer = customer
        self.address = address
        self.fields = fields
        self.isDefaultShipping = isDefaultShipping
        self.isDefaultBilling = isDefaultBilling
    }
}

/// Asks for money back on an order.
public struct RefundOrder: Hashable, Sendable {
    public var orderNumber: String
    /// The shop's number of the refund, unique in the organization.
    public var reference: String
    /// How much, in minor units of the order's currency; `nil` for all that is left.
    public var minorUnits: Int64?
    public var reason: String?

    public init(orderNumber: String, reference: String, minorUnits: Int64? = nil, reason: String? = nil) {
        self.orderNumber = orderNumber
        self.reference = reference
        self.minorUnits = minorUnits
        self.reason = reason
    }
}
