import CustomerDomain
import CustomerService
import EventSourcing

/// What the server sends of an event.
enum EventAnswer {
    /// The names of all types of events that a customer may have.
    static let typeNames = [
        "customerCreated", "customerUpdated", "customerDisabled", "customerEnabled", "customerLoggedIn", "guestClaimed",
        "addressAdded", "addressUpdated", "addressRemoved", "defaultAddressesChanged", "customerTagged",
        "customerUntagged", "metadataChanged", "noteAdded", "groupCreated", "groupJoined", "groupLeft", "orderPlaced",
        "orderStatusChanged", "orderCancelled", "refundRecorded", "loyaltyProgramConfigured", "loyaltyEnrolled",
        "pointsEarned", "pointsAdjusted", "pointsRedeemed", "pointsReversed", "customersMerged", "customerErased",
        "organizationConfigured", "apiKeyCreated", "apiKeyRevoked",
    ]
}

extension Event {
    /// The event's name on the wire.
    var wireName: String {
        switch self {
        case .customerCreated: "customerCreated"
        case .customerUpdated: "customerUpdated"
        case .customerDisabled: "customerDisabled"
        case .customerEnabled: "customerEnabled"
        case .customerLoggedIn: "customerLoggedIn"
        case .guestClaimed: "guestClaimed"
        case .addressAdded: "addressAdded"
        case .addressUpdated: "addressUpdated"
        case .addressRemoved: "addressRemoved"
        case .defaultAddressesChanged: "defaultAddressesChanged"
        case .customerTagged: "customerTagged"
        case .customerUntagged: "customerUntagged"
        case .metadataChanged: "metadataChanged"
        case .noteAdded: "noteAdded"
        case .groupCreated: "groupCreated"
        case .groupJoined: "groupJoined"
        case .groupLeft: "groupLeft"
        case .orderPlaced: "orderPlaced"
        case .orderStatusChanged: "orderStatusChanged"
        case .orderCancelled: "orderCancelled"
        case .refundRecorded: "refundRecorded"
        case .loyaltyProgramConfigured: "loyaltyProgramConfigured"
        case .loyaltyEnrolled: "loyaltyEnrolled"
        case .pointsEarned: "pointsEarned"
        case .pointsAdjusted: "pointsAdjusted"
        case .pointsRedeemed: "pointsRedeemed"
        case .pointsReversed: "pointsReversed"
        case .customersMerged: "customersMerged"
        case .customerErased: "customerErased"
        case .organizationConfigured: "organizationConfigured"
        case .apiKeyCreated: "apiKeyCreated"
        case .apiKeyRevoked: "apiKeyRevoked"
        }
    }

    /// What staff need to be allowed to see what it says, beyond reading customers.
    fileprivate var detailPermission: Permission {
        switch self {
        case .noteAdded: .readNotes
        case .orderPlaced, .orderStatusChanged, .orderCancelled, .refundRecorded: .readOrders
        default: .readCustomers
        }
    }
}

extension JSONWriter {
    /// Writes an event as the timeline has it.
    mutating func value(_ recorded: RecordedEvent, seenBy scope: Scope) {
        beginObject()
        field("sequence", Int64(clamping: recorded.sequence.value))
        field("type", recorded.event.wireName)
        field("occurredAt", recorded.occurredAt)
        field("recordedAt", recorded.recordedAt)
        field("actor", recorded.actor)
        field("requestId", recorded.requestID)
        field("version", Int(recorded.customerVersion))
        key("data")
        beginObject()
        if scope.allows(recorded.event.detailPermission) { data(of: recorded) }
        endObject()
        endObject()
    }

    private mutating func data(of recorded: RecordedEvent) {
        switch recorded.event {
        case .customerCreated(let created): data(of: created)
        case .customerUpdated(let updated): data(of: updated)
        case .customerDisabled(let reason), .customerEnabled(let reason), .customerErased(let reason):
            field("reason", reason)
        case .customerLoggedIn, .guestClaimed, .customersMerged, .groupJoined, .groupLeft: break
        case .addressAdded(let address):
            key("address")
            value(address)
        case .addressUpdated(let id, let fields):
            field("id", id)
            key("address")
            value(fields)
        case .addressRemoved(let id): field("id", id)
        case .defaultAddressesChanged(let shipping, let billing):
            field("shipping", shipping)
            field("billing", billing)
        case .customerTagged(let tags), .customerUntagged(let tags): field("tags", tags)
        case .metadataChanged(let metadata): field("metadata", metadata)
        case .noteAdded(let note):
            field("id", note.id)
            field("noteType", note.type.name)
            field("text", note.text)
        default: commerceData(of: recorded)
        }
    }

    private mutating func commerceData(of recorded: RecordedEvent) {
        switch recorded.event {
        case .orderPlaced(let order): data(of: order)
        case .orderStatusChanged(let change):
            field("number", change.number)
            field("status", change.status?.description)
            field("fulfillmentStatus", change.fulfillmentStatus?.description)
        case .orderCancelled(let cancellation):
            field("number", cancellation.number)
            field("reason", cancellation.reason)
        case .refundRecorded(let refund):
            key("refund")
            value(refund, at: recorded)
        case .loyaltyEnrolled(let cardNumber): field("cardNumber", cardNumber)
        case .pointsEarned(let earned): points(earned.points, earned.orderNumber, earned.reason)
        case .pointsRedeemed(let redeemed): points(redeemed.points, redeemed.orderNumber, redeemed.reason)
        case .pointsReversed(let reversed): points(reversed.points, reversed.orderNumber, nil)
        case .pointsAdjusted(let adjusted):
            field("action", adjusted.adjustment == .add ? "add" : "deduct")
            points(adjusted.points, nil, adjusted.reason)
        default: break
        }
    }

    private mutating func points(_ points: Int64, _ orderNumber: String?, _ reason: String?) {
        field("points", points)
        field("orderNumber", orderNumber)
        field("reason", reason)
    }

    private mutating func data(of created: CustomerCreated) {
        field("id", created.id)
        field("accountType", created.accountType.description)
        field("externalId", created.externalID)
        field("source", created.source)
        field("email", created.profile.email?.text)
        field("firstName", created.profile.firstName)
        field("lastName", created.profile.lastName)
        field("phone", created.profile.phone?.text)
        field("birthDate", created.profile.birthDate)
    }

    /// Only what changed; `null` is what was removed.
    private mutating func data(of updated: CustomerUpdated) {
        change("email", updated.profile.email) { $0.value($1.text) }
        change("firstName", updated.profile.firstName) { $0.value($1) }
        change("lastName", updated.profile.lastName) { $0.value($1) }
        change("phone", updated.profile.phone) { $0.value($1.text) }
        change("birthDate", updated.profile.birthDate) { $0.value($1) }
        change("externalId", updated.externalID) { $0.value($1) }
    }

    private mutating func change<Value>(
        _ name: StaticString,
        _ edit: Edit<Value>,
        _ write: (inout JSONWriter, Value) -> Void
    ) {
        switch edit {
        case .keep: return
        case .set(let value):
            key(name)
            write(&self, value)
        case .remove:
            key(name)
            null()
        }
    }

    private mutating func data(of order: Order) {
        field("number", order.number)
        field("currency", order.currency)
        field("total", order.total)
        field("status", order.status.description)
        field("fulfillmentStatus", order.fulfillmentStatus.description)
        items(order.lines)
        field("paymentMethod", order.paymentMethod)
        key("shippingAddress")
        if let address = order.shippingAddress { value(address) } else { null() }
    }
}
