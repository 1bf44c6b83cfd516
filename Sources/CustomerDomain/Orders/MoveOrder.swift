/// Gives an order to whom it belongs, and a guest's order to its guest.
public struct MoveOrder: Hashable, Sendable {
    /// The order's number.
    public var number: String
    /// Whose it shall be.
    public var customer: CustomerID
    /// Why, in words; personal.
    public var reason: String?

    /// A move of these parts.
    public init(number: String, to customer: CustomerID, reason: String? = nil) {
        self.number = number
        self.customer = customer
        self.reason = reason
    }
}

/// An order is somebody else's from now on; on who had it.
public struct OrderMovedAway: Hashable, Sendable {
    /// The order's number.
    public var number: String
    /// Whose it is now.
    public var to: CustomerOrdinal
    /// Why, in words; personal.
    public var reason: String?

    /// A move of these parts.
    public init(number: String, to: CustomerOrdinal, reason: String? = nil) {
        self.number = number
        self.to = to
        self.reason = reason
    }
}

/// An order came from somebody else; on who has it now.
public struct OrderMoved: Hashable, Sendable {
    /// The order's number.
    public var number: String
    /// Who had it.
    public var from: CustomerOrdinal
    /// Why, in words; personal.
    public var reason: String?

    /// A move of these parts.
    public init(number: String, from: CustomerOrdinal, reason: String? = nil) {
        self.number = number
        self.from = from
        self.reason = reason
    }
}

/// An order of somebody who has no account, and is known by an e-mail address.
public struct PlaceGuestOrder: Hashable, Sendable {
    /// The identifier of the guest, should there be none of the address.
    public var guest: CustomerID
    /// Who ordered; the e-mail address is required.
    public var profile: Profile
    /// What was ordered.
    public var order: Order

    /// An order of these parts.
    public init(guest: CustomerID, profile: Profile, order: Order) {
        self.guest = guest
        self.profile = profile
        self.order = order
    }
}
