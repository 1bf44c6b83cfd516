import CustomerDomain
import CustomerProjections
import EventSourcing

/// What the server sends of a return.
enum ReturnAnswer {
    private static let properties: [Property] = [
        .required("id", .identifier(ReturnKind.self)),
        .required("orderNumber", .anyText),
        .required("status", statuses),
        .required(
            "items",
            .list(
                of: .object(
                    .required("line", .count, "The item's place in the order, from 0."),
                    .required("sku", .anyText),
                    .required("quantity", .anyInteger),
                    .required("cause", causes)
                )
            ),
            "What was asked to come back; once received, what came."
        ),
        .required("refundReference", .nullable(.anyText), "The refund of the order that paid it back."),
        .required("requestedAt", .dateTime),
        .required("updatedAt", .dateTime),
    ]

    static let statuses = Schema.choice(of: ReturnStatus.self)
    static let causes = Schema.choice(of: ReturnCause.self)

    /// As an order shows it.
    static let ofOrder = Schema.component(
        Component(name: "OrderReturn", schema: .object(ObjectRule(properties: properties)))
    )

    private static let owner = Property.required(
        "customerId",
        .nullable(.identifier(CustomerKind.self)),
        "Whose order it is; null once that customer was erased."
    )

    static let row = Schema.component(
        Component(name: "ReturnSummary", schema: .object(ObjectRule(properties: properties + [owner])))
    )

    private static let step = Schema.named(
        "ReturnStep",
        .required("sequence", .anyInteger),
        .required("status", statuses),
        .required("by", .anyText),
        .required("at", .dateTime),
        .required("reason", .nullable(.anyText))
    )

    static let full = Schema.component(
        Component(
            name: "Return",
            schema: .object(
                ObjectRule(
                    properties: properties + [
                        owner, .required("steps", .list(of: step), "What happened to it, oldest first."),
                    ]
                )
            )
        )
    )
}

extension JSONWriter {
    mutating func value(_ returned: OrderReturn) {
        beginObject()
        fields(of: returned)
        endObject()
    }

    mutating func value(_ view: ReturnView) {
        beginObject()
        fields(of: view.returned)
        field("customerId", view.customer)
        endObject()
    }

    mutating func value(_ view: ReturnView, _ events: [RecordedEvent]) {
        beginObject()
        fields(of: view.returned)
        field("customerId", view.customer)
        key("steps")
        beginArray()
        for event in events {
            switch event.event {
            case .returnRequested(let requested): step(.requested, requested.reason, event)
            case .returnMoved(let moved): step(moved.status, moved.reason, event)
            default: break
            }
        }
        endArray()
        endObject()
    }

    private mutating func step(_ status: ReturnStatus, _ reason: String?, _ event: RecordedEvent) {
        beginObject()
        field("sequence", Int64(clamping: event.sequence.value))
        field("status", status.name)
        field("by", event.actor)
        field("at", event.occurredAt)
        field("reason", reason)
        endObject()
    }

    private mutating func fields(of returned: OrderReturn) {
        field("id", returned.id)
        field("orderNumber", returned.orderNumber)
        field("status", returned.status.name)
        key("items")
        beginArray()
        for item in returned.items {
            beginObject()
            field("line", item.line)
            field("sku", item.sku)
            field("quantity", item.quantity)
            field("cause", item.cause.name)
            endObject()
        }
        endArray()
        field("refundReference", returned.refundReference)
        field("requestedAt", returned.requestedAt)
        field("updatedAt", returned.updatedAt)
    }
}
