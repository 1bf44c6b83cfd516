import CustomerDomain
import CustomerProjections
import CustomerService
import EventSourcing

extension Event {
    /// What staff need to be allowed to see what it says, beyond reading customers.
    var detailPermission: Permission {
        switch self {
        case .noteAdded, .noteChanged, .noteRemoved: .readNotes
        case .orderPlaced, .orderStatusChanged, .orderCancelled, .refundRecorded, .returnRequested, .returnMoved,
            .orderMovedAway, .orderMoved, .invoiceRequested:
            .readOrders
        case .dataRequestOpened, .dataRequestIdentityChecked, .dataRequestDecided, .dataRequestCancelled,
            .dataRequestExecuted:
            .readRequests
        case .organizationConfigured, .apiKeyCreated, .apiKeyRevoked, .apiKeyRotated, .apiKeyUsed, .roleTemplateDefined,
            .roleTemplateChanged, .roleTemplateRemoved:
            .viewAudit
        default: .readCustomers
        }
    }
}

extension Organization {
    /// Which of these events a reader may see the inside of: notes follow who may see the note now.
    func areVisible(_ events: [RecordedEvent], to scope: Scope) -> [Bool] {
        peek { state, _ in
            events.map { scope.allows($0.event.detailPermission) && state.isVisible($0.event, to: scope.deciding) }
        }
    }
}

extension JSONWriter {
    /// Writes an event as the timeline has it.
    ///
    /// - Parameters:
    ///   - recorded: The event.
    ///   - data: What it says, as JSON; `nil` when the reader may not see it.
    mutating func value(_ recorded: RecordedEvent, data: [UInt8]?) {
        beginObject()
        fields(of: recorded, data: data)
        endObject()
    }

    /// Writes what ``value(_:data:)`` has between the braces.
    mutating func fields(of recorded: RecordedEvent, data: [UInt8]?) {
        field("sequence", Int64(clamping: recorded.sequence.value))
        field("type", Organization.name(of: recorded.event))
        field("occurredAt", recorded.occurredAt)
        field("recordedAt", recorded.recordedAt)
        field("actor", recorded.actor)
        field("requestId", recorded.requestID)
        field("version", Int(recorded.customerVersion))
        key("data")
        raw(data ?? Array("{}".utf8))
    }
}
