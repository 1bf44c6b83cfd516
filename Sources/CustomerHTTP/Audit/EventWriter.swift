import CustomerDomain
import CustomerProjections
import CustomerService
import EventSourcing

/// Writes events as an auditor sees them.
struct EventWriter {
    let events: [RecordedEvent]
    private let data: [[UInt8]]
    private let customers: [CustomerID?]
    private let changes: [[FieldChange]]?
    private let proofs: [String?]?
    private let areVisible: [Bool]

    /// Looks up all that goes with these events.
    init(_ events: [RecordedEvent], _ query: EventQuery, _ call: Call) throws {
        let organization = call.organization
        self.events = events
        areVisible = organization.areVisible(events, to: try call.scope())
        data = organization.describe(events)
        customers = organization.peek { state, _ in events.map { $0.customer.map { state.standing(of: $0).id } } }
        changes = query.includesChanges ? try organization.changes(of: events) : nil
        proofs = query.includesProof ? try events.map { try Self.proof(of: $0.sequence, organization) } : nil
    }

    /// Looks up what goes with these events, without changes and proofs.
    init(_ events: [RecordedEvent], _ organization: Organization, _ scope: Scope) {
        self.events = events
        areVisible = organization.areVisible(events, to: scope)
        data = organization.describe(events)
        customers = organization.peek { state, _ in events.map { $0.customer.map { state.standing(of: $0).id } } }
        (changes, proofs) = (nil, nil)
    }

    /// The proof; `nil` for a record that is not given out any more, and where there are no proofs.
    private static func proof(of sequence: SequenceNumber, _ organization: Organization) throws -> String? {
        do throws(ProofError) {
            return try organization.inclusionProof(of: sequence)
        } catch {
            switch error {
            case .erased, .notSigned, .beyond, .notWritten, .outside, .tooMany, .noCustomer: return nil
            case .unreadable(let what): throw CommandError.unreadable(what)
            }
        }
    }

    /// Whose personal data these events show.
    var shown: [CustomerID] {
        events.indices.compactMap { index in
            let event = events[index].event
            return event.withoutPersonalData != event && areVisible[index] ? customers[index] : nil
        }
    }

    /// Writes the event at an index; without what it says when that is thin.
    func write(_ index: Int, isThin: Bool = false, to json: inout JSONWriter) {
        let event = events[index]
        let isVisible = !isThin && areVisible[index]
        json.beginObject()
        json.fields(of: event, data: isVisible ? data[index] : nil)
        json.field("origin", event.origin)
        json.field("customerId", customers[index])
        if let changes {
            json.key("changes")
            json.beginArray()
            if isVisible { for change in changes[index] { json.value(change) } }
            json.endArray()
        }
        if let proofs { json.field("proof", proofs[index]) }
        json.endObject()
    }
}

extension JSONWriter {
    fileprivate mutating func value(_ change: FieldChange) {
        beginObject()
        field("field", change.field)
        key("before")
        value(change.before)
        key("after")
        value(change.after)
        endObject()
    }

    private mutating func value(_ value: FieldValue?) {
        switch value {
        case nil: null()
        case .text(let text): self.value(text)
        case .number(let number): self.value(number)
        case .flag(let flag): self.value(flag)
        case .texts(let texts):
            beginArray()
            for text in texts { self.value(text) }
            endArray()
        }
    }
}
