// Copies of what lies in a record.

extension CustomerCreated {
    /// A copy of the creation.
    public init(_ view: CustomerCreatedView) {
        self.init(
            id: view.id,
            accountType: view.accountType,
            externalID: view.externalID.map { String($0) },
            source: view.source.map { String($0) },
            profile: Profile(view.profile)
        )
    }
}

extension Profile {
    /// A copy of the profile.
    public init(_ view: ProfileView) {
        self.init(
            email: view.email.map { EmailAddress(unchecked: String($0)) },
            firstName: view.firstName.map { String($0) },
            lastName: view.lastName.map { String($0) },
            phone: view.phone.map { PhoneNumber(unchecked: String($0)) },
            birthDate: view.birthDate,
            role: view.role.map { String($0) }
        )
    }
}

extension Order {
    /// A copy of the order, with what the view leaves out.
    public init(
        _ view: PlacedOrderView,
        lines: [OrderLine],
        paymentMethod: String?,
        shippingAddress: AddressFields?
    ) {
        self.init(
            number: view.number.map { String($0) } ?? "",
            currency: view.currency,
            lines: lines,
            status: view.status,
            fulfillmentStatus: view.fulfillmentStatus,
            paymentMethod: paymentMethod,
            shippingAddress: shippingAddress
        )
    }
}

extension OrderStatusChanged {
    /// A copy of the change.
    public init(_ view: OrderStatusView) {
        self.init(
            number: view.number.map { String($0) } ?? "",
            status: view.status,
            fulfillmentStatus: view.fulfillmentStatus
        )
    }
}

extension PointsEarned {
    /// A copy of the points.
    public init(_ view: EarnedPointsView) {
        self.init(
            points: view.points,
            orderNumber: view.orderNumber.map { String($0) },
            reason: view.reason.map { String($0) },
            source: view.source,
            expiresAt: view.expiresAt,
            pending: view.pending
        )
    }
}
