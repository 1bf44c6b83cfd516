import CustomerDomain

/// What a client sends of an order.
enum OrderBody {
    /// How many items one request may have; larger orders come by import.
    static let maximumItemCount = 1_000

    /// Statuses of the order itself, and the two of its goods that many shops write in their place.
    static let statuses = ["pending", "placed", "paid", "processing", "completed", "shipped", "delivered"]
    static let fulfillmentStatuses = FulfillmentStatus.names

    static let item = Schema.named(
        "OrderItemCreate",
        .required("sku", .line(Limits.sku)),
        .required("name", .line(Limits.productName)),
        .required("quantity", .integer(Limits.quantity)),
        .required("unitPrice", .integer(Limits.unitPrice), "In minor units of the currency.")
    )

    private static let properties: [Property] = [
        .required("number", .line(Limits.orderNumber), "The shop's number, unique in the organization."),
        .required("currency", .currency),
        .required("items", .array(item, 1...maximumItemCount)),
        .optional("occurredAt", .dateTime, "When it was placed; now when absent."),
        .optional("status", .choice(statuses), "placed when absent; shipped and delivered set fulfillmentStatus."),
        .optional("fulfillmentStatus", .choice(fulfillmentStatuses), "unfulfilled when absent."),
        .optional("paymentMethod", .line(Limits.paymentMethod)),
        .optional("shippingAddress", AddressBody.shipping),
    ]

    static let create = Schema.component(
        Component(name: "OrderCreate", schema: .object(ObjectRule(properties: properties)))
    )

    /// An order of a guest.
    static let createOfGuest = Schema.component(
        Component(
            name: "GuestOrderCreate",
            schema: .object(
                ObjectRule(
                    properties: properties + [
                        .required(
                            "customer",
                            .named(
                                "GuestCreate",
                                .required("email", .email),
                                .optional("firstName", .line(Limits.name)),
                                .optional("lastName", .line(Limits.name)),
                                .optional("phone", .phone)
                            ),
                            "Who ordered; where there is a guest of the e-mail address, that one."
                        )
                    ]
                )
            )
        )
    )

    static let move = Schema.named(
        "OrderMove",
        .required("customerId", .identifier(CustomerKind.self), "Whose the order shall be."),
        .optional("reason", .paragraphs(Limits.reason))
    )

    static let patch = Schema.component(
        Component(
            name: "OrderPatch",
            schema: .object(
                ObjectRule(
                    properties: [
                        .optional("status", .choice(statuses), "shipped and delivered set fulfillmentStatus."),
                        .optional("fulfillmentStatus", .choice(fulfillmentStatuses)),
                    ],
                    anyOf: ["status", "fulfillmentStatus"]
                )
            )
        )
    )

    static let cancel = Schema.named("OrderCancel", .optional("reason", .paragraphs(Limits.reason)))

    static let refund = Schema.named(
        "RefundCreate",
        .required("reference", .line(Limits.refundReference), "The shop's number of the refund, unique."),
        .optional("amount", .integer(1...Limits.amount), "In minor units; all that is left when absent."),
        .optional("reason", .paragraphs(Limits.reason)),
        .optional("occurredAt", .dateTime, "When it was paid back; now when absent."),
        .optional("storeCredit", CreditBody.refund, "Pays it back as store credit; needs credit:adjust, too.")
    )

    /// The order of a body that matched ``create``.
    static func order(_ body: JSONValue) throws(Problem) -> Order {
        guard let number = body.text("number"), let currency = body.currency("currency") else {
            throw Problem(.invalidFields, "The order has no number or currency.")
        }
        let lines = (body["items"]?.elements ?? [])
            .map { item in
                OrderLine(
                    sku: item.text("sku") ?? "",
                    name: item.text("name") ?? "",
                    quantity: item.whole("quantity") ?? 0,
                    unitPrice: item.whole("unitPrice") ?? 0
                )
            }
        let (status, goods) = standing(body)
        return Order(
            number: number,
            currency: currency,
            lines: lines,
            status: status ?? .placed,
            fulfillmentStatus: goods ?? .unfulfilled,
            paymentMethod: body.text("paymentMethod"),
            shippingAddress: body["shippingAddress"].map { AddressBody.fields($0) }
        )
    }

    /// The two statuses of a body, where `shipped` and `delivered` are of the goods.
    static func standing(_ body: JSONValue) -> (OrderStatus?, FulfillmentStatus?) {
        (body.choice("status"), body.choice("fulfillmentStatus") ?? body.choice("status"))
    }
}
