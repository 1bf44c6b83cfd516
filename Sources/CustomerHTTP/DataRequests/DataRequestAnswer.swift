import CustomerDomain
import CustomerProjections
import CustomerService
import EventSourcing

/// What the server sends of requests of persons about their data.
enum DataRequestAnswer {
    static let kinds = Schema.choice(of: DataRight.self)
    static let statuses = Schema.choice(of: DataRequestStatus.self)
    static let channels = Schema.choice(of: DataRequestChannel.self)
    static let methods = Schema.choice(of: IdentityMethod.self)
    static let categories = Schema.choice(of: RefusalCategory.self)

    private static let rowProperties: [Property] = [
        .required("id", .identifier(DataRequestKind.self)),
        .required("customerId", .identifier(CustomerKind.self), "Who answers for who asked."),
        .required("kind", kinds),
        .required("status", statuses),
        .required("channel", channels),
        .required("openedAt", .dateTime),
        .required("openedBy", .anyText),
        .required("dueAt", .dateTime),
        .required("overdue", .boolean),
    ]

    private static let step = Schema.named(
        "DataRequestStep",
        .required("sequence", .anyInteger, "The event."),
        .required(
            "step",
            .choice(["opened", "identity_checked", "approved", "refused", "cancelled", "executed", "lapsed"])
        ),
        .required("by", .anyText, "The API key."),
        .required("at", .dateTime),
        .required("method", .nullable(methods), "Of a check: how."),
        .required("category", .nullable(categories), "Of a refusal: why."),
        .required("version", .nullable(.count), "Of a rectification: the customer's version that is right."),
        .required("text", .nullable(.anyText), "What was written down; gone once the customer is erased.")
    )

    static let row = Schema.component(
        Component(name: "DataRequestRow", schema: .object(ObjectRule(properties: rowProperties)))
    )

    static let request = Schema.component(
        Component(
            name: "DataRequest",
            schema: .object(ObjectRule(properties: rowProperties + [.required("steps", .list(of: step))]))
        )
    )
}

extension JSONWriter {
    /// Writes a request as the register has it.
    mutating func value(_ request: DataRequestView) {
        beginObject()
        fields(of: request)
        endObject()
    }

    /// Writes a request with what happened to it.
    mutating func value(_ request: DataRequestView, _ events: [RecordedEvent]) {
        beginObject()
        fields(of: request)
        key("steps")
        beginArray()
        for event in events { step(event) }
        endArray()
        endObject()
    }

    private mutating func fields(of request: DataRequestView) {
        field("id", request.id)
        field("customerId", request.customer)
        field("kind", request.right.name)
        field("status", request.status.name)
        field("channel", request.channel.name)
        field("openedAt", request.openedAt)
        field("openedBy", request.openedBy)
        field("dueAt", request.dueAt)
        field("overdue", request.isOverdue)
    }

    private mutating func step(_ recorded: RecordedEvent) {
        let step = DataRequestStep(recorded.event)
        beginObject()
        field("sequence", Int64(clamping: recorded.sequence.value))
        field("step", step.name)
        field("by", recorded.actor)
        field("at", recorded.occurredAt)
        field("method", step.method?.name)
        field("category", step.category?.name)
        field("version", step.version.map { Int64($0) })
        field("text", step.text)
        endObject()
    }
}

/// An event as a step of a request.
private struct DataRequestStep {
    var name = "lapsed"
    var method: IdentityMethod?
    var category: RefusalCategory?
    var version: UInt32?
    var text: String?

    init(_ event: Event) {
        switch event {
        case .dataRequestOpened(let opened): (name, text) = ("opened", opened.details)
        case .dataRequestIdentityChecked(let checked):
            (name, method, text) = ("identity_checked", checked.method, checked.note)
        case .dataRequestDecided(let decided):
            name = decided.refusal == nil ? "approved" : "refused"
            (category, text) = (decided.refusal, decided.reason)
        case .dataRequestCancelled(let cancelled): (name, text) = ("cancelled", cancelled.reason)
        case .dataRequestExecuted(let executed): (name, version) = ("executed", executed.rectifiedVersion)
        default: break
        }
    }
}
