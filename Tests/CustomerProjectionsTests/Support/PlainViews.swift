import CustomerDomain
import EventSourcing

/// Makes views of events field by field, without any bytes between: what reading a record must come to.
///
/// The views are valid as long as this is.
final class PlainViews {
    private var texts: [UnsafeMutableBufferPointer<UInt8>] = []

    deinit {
        for text in texts { text.deallocate() }
    }

    func view(_ event: RecordedEvent) -> RecordView {
        RecordView(
            sequence: event.sequence,
            recordedAt: event.recordedAt,
            occurredAt: event.occurredAt,
            actor: textUnlessEmpty(event.actor),
            requestID: text(event.requestID),
            customer: event.customer,
            customerVersion: event.customerVersion,
            idempotency: event.idempotency.map {
                IdempotencyView(key: textUnlessEmpty($0.key), fingerprint: $0.fingerprint)
            },
            event: view(event.event)
        )
    }

    private func view(_ event: Event) -> EventView {
        switch event {
        case .customerCreated(let created): .customerCreated(view(created))
        case .customerLoggedIn: .customerLoggedIn
        case .addressAdded(let address): .addressAdded(view(address))
        case .groupJoined(let group): .groupJoined(group)
        case .orderPlaced(let order): .orderPlaced(view(order))
        case .orderStatusChanged(let change): .orderStatusChanged(view(change))
        case .loyaltyEnrolled(let cardNumber): .loyaltyEnrolled(cardNumber: textUnlessEmpty(cardNumber))
        case .pointsEarned(let earned): .pointsEarned(view(earned))
        default: .other(event)
        }
    }

    private func view(_ created: CustomerCreated) -> CustomerCreatedView {
        var view = CustomerCreatedView()
        view.id = created.id
        view.accountType = created.accountType
        view.externalID = text(created.externalID)
        view.source = text(created.source)
        view.profile.email = text(created.profile.email?.text)
        view.profile.firstName = text(created.profile.firstName)
        view.profile.lastName = text(created.profile.lastName)
        view.profile.phone = text(created.profile.phone?.text)
        view.profile.birthDate = created.profile.birthDate
        view.profile.role = text(created.profile.role)
        return view
    }

    private func view(_ address: Address) -> AddressView {
        var view = AddressView()
        view.id = address.id
        view.isDefaultShipping = address.isDefaultShipping
        view.isDefaultBilling = address.isDefaultBilling
        view.fields.label = text(address.fields.label)
        view.fields.firstName = text(address.fields.firstName)
        view.fields.lastName = text(address.fields.lastName)
        view.fields.company = text(address.fields.company)
        view.fields.line1 = text(address.fields.line1)
        view.fields.line2 = text(address.fields.line2)
        view.fields.city = text(address.fields.city)
        view.fields.state = text(address.fields.state)
        view.fields.postalCode = text(address.fields.postalCode)
        view.fields.country = address.fields.country
        view.fields.phone = text(address.fields.phone)
        view.fields.use = address.fields.use
        return view
    }

    private func view(_ order: Order) -> PlacedOrderView {
        var view = PlacedOrderView(currency: order.currency)
        view.number = textUnlessEmpty(order.number)
        view.status = order.status
        view.fulfillmentStatus = order.fulfillmentStatus
        view.recipientFirstName = text(order.shippingAddress?.firstName)
        view.recipientLastName = text(order.shippingAddress?.lastName)
        view.total = order.total
        view.itemCount = order.lines.reduce(0) { $0.addingSaturating($1.quantity) }
        return view
    }

    private func view(_ change: OrderStatusChanged) -> OrderStatusView {
        var view = OrderStatusView()
        view.number = textUnlessEmpty(change.number)
        view.status = change.status
        view.fulfillmentStatus = change.fulfillmentStatus
        return view
    }

    private func view(_ earned: PointsEarned) -> EarnedPointsView {
        var view = EarnedPointsView()
        view.points = earned.points
        view.orderNumber = text(earned.orderNumber)
        view.reason = text(earned.reason)
        (view.source, view.expiresAt, view.pending) = (earned.source, earned.expiresAt, earned.pending)
        return view
    }

    private func textUnlessEmpty(_ text: String) -> TextView? { text.isEmpty ? nil : self.text(text) }

    private func text(_ text: String?) -> TextView? {
        guard let text else { return nil }
        // One byte more, because an empty buffer may be nowhere.
        let bytes = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: text.utf8.count + 1)
        _ = bytes.initialize(from: text.utf8)
        texts.append(bytes)
        return TextView(unchecked: UnsafeBufferPointer(rebasing: bytes[..<text.utf8.count]))
    }
}
