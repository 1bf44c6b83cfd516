import CustomerDomain
import CustomerProjections

/// What the server sends of an order.
enum OrderAnswer {
    private static let properties: [Property] = [
        .required("number", .anyText),
        .required("customerId", .nullable(.identifier(CustomerKind.self)), "null once the customer was erased."),
        .required("placedAt", .dateTime),
        .required("status", .choice(of: OrderStatus.self)),
        .required("fulfillmentStatus", .choice(of: FulfillmentStatus.self)),
        .required("latestStatus", .anyText, "The later of both, as a table shows it."),
        .required("currency", .anyText),
        .required("total", .anyInteger, "In minor units."),
        .required("refunded", .anyInteger, "In minor units."),
        .required("itemCount", .count, "How many pieces."),
        .required("pointsEarned", .anyInteger),
    ]

    static let summary = Schema.component(
        Component(name: "OrderSummary", schema: .object(ObjectRule(properties: properties)))
    )

    static let item = Schema.named(
        "OrderItem",
        .required("sku", .anyText),
        .required("name", .anyText),
        .required("quantity", .anyInteger),
        .required("unitPrice", .anyInteger, "In minor units."),
        .required("total", .anyInteger, "In minor units.")
    )

    static let refund = Schema.named(
        "Refund",
        .required("reference", .anyText),
        .required("orderNumber", .nullable(.anyText)),
        .required("amount", .anyInteger, "In minor units."),
        .required("currency", .anyText),
        .required("items", .list(of: item)),
        .required("reason", .nullable(.anyText)),
        .required("occurredAt", .dateTime)
    )

    static let order = Schema.component(
        Component(
            name: "Order",
            schema: .object(
                ObjectRule(
                    properties: properties + [
                        .required("items", .list(of: item)),
                        .required("paymentMethod", .nullable(.anyText)),
                        .required("shippingAddress", .nullable(AddressAnswer.fields)),
                        .required("refunds", .list(of: refund)),
                        .required("returns", .list(of: ReturnAnswer.ofOrder)),
                        .required(
                            "formerCustomerIds",
                            .list(of: .identifier(CustomerKind.self)),
                            "Who had the order before it was moved, oldest first."
                        ),
                    ]
                )
            )
        )
    )
}

/// An order in full: what the projections know, and what the log keeps.
struct OrderDetail: Sendable {
    var view: OrderView
    var order: Order
    var refunds: [RecordedEvent]
    var returns: [OrderReturn]
    var formerCustomers: [CustomerID] = []
}

extension OrderView {
    /// Cancelled, or where the goods stand once something was sent, or else where the order stands.
    fileprivate var latestStatus: String {
        status == .cancelled || fulfillmentStatus == .unfulfilled ? status.description : fulfillmentStatus.description
    }
}

extension JSONWriter {
    mutating func value(_ order: OrderView) {
        beginObject()
        fields(of: order)
        endObject()
    }

    mutating func value(_ detail: OrderDetail) {
        beginObject()
        fields(of: detail.view)
        items(detail.order.lines)
        field("paymentMethod", detail.order.paymentMethod)
        key("shippingAddress")
        if let address = detail.order.shippingAddress { value(address) } else { null() }
        key("refunds")
        beginArray()
        for event in detail.refunds {
            if case .refundRecorded(let refund) = event.event { value(refund, at: event) }
        }
        endArray()
        key("returns")
        beginArray()
        for returned in detail.returns { value(returned) }
        endArray()
        key("formerCustomerIds")
        beginArray()
        for customer in detail.formerCustomers { value(customer.description) }
        endArray()
        endObject()
    }

    mutating func value(_ refund: Refund, at event: RecordedEvent) {
        beginObject()
        field("reference", refund.reference)
        field("orderNumber", refund.orderNumber)
        field("amount", refund.amount.minorUnits)
        field("currency", refund.amount.currency)
        items(refund.lines)
        field("reason", refund.reason)
        field("occurredAt", event.occurredAt)
        endObject()
    }

    mutating func items(_ lines: [OrderLine]) {
        key("items")
        beginArray()
        for line in lines {
            beginObject()
            field("sku", line.sku)
            field("name", line.name)
            field("quantity", line.quantity)
            field("unitPrice", line.unitPrice)
            field("total", line.total)
            endObject()
        }
        endArray()
    }

    private mutating func fields(of order: OrderView) {
        field("number", order.number)
        field("customerId", order.customer)
        field("placedAt", order.placedAt)
        field("status", order.status.description)
        field("fulfillmentStatus", order.fulfillmentStatus.description)
        field("latestStatus", order.latestStatus)
        field("currency", order.total.currency)
        field("total", order.total.minorUnits)
        field("refunded", order.refunded)
        field("itemCount", order.itemCount)
        field("pointsEarned", order.pointsEarned)
    }

    mutating func cart(_ order: Order, of customer: CustomerID) {
        beginObject()
        field("customerId", customer)
        key("order")
        beginObject()
        field("currency", order.currency)
        key("items")
        beginArray()
        for line in order.lines {
            beginObject()
            field("sku", line.sku)
            field("name", line.name)
            field("quantity", line.quantity)
            field("unitPrice", line.unitPrice)
            endObject()
        }
        endArray()
        if let method = order.paymentMethod { field("paymentMethod", method) }
        if let address = order.shippingAddress {
            key("shippingAddress")
            value(address)
        }
        endObject()
        field("total", order.total)
        endObject()
    }
}
