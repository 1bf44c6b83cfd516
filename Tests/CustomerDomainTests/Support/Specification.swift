import CustomerDomain
import EventSourcing

/// Given these commands, when another one comes, then this is the outcome.
struct Specification {
    /// What deciding came to.
    enum Outcome: Equatable {
        case events([Decided])
        case nothing
        case rejected(Rejection)
    }

    private(set) var model = OrganizationModel()

    /// An organization in which these commands were carried out, each a day after the one before.
    init(given commands: Command...) throws {
        for command in commands { try carryOut(command) }
    }

    mutating func carryOut(_ command: Command, daysLater: Int = 0) throws {
        let time = now.advanced(byDays: daysLater)
        model.record(try decide(command, facts: model, at: time), recordedAt: time, actor: "key_test")
    }

    /// The time of the next command: a day for each event so far.
    var now: Timestamp { Timestamp.seconds(1_700_000_000).advanced(byDays: Int(model.head.value)) }

    /// Records events at these times.
    mutating func record(_ decided: [Decided], recordedAt: Timestamp, occurredAt: Timestamp) {
        model.record(decided, recordedAt: recordedAt, occurredAt: occurredAt, actor: "key_test")
    }

    func given(_ commands: Command...) throws -> Specification {
        var specification = self
        for command in commands { try specification.carryOut(command) }
        return specification
    }

    func when(_ command: Command, expectedVersion: UInt32? = nil) -> Outcome {
        do {
            let decided = try decide(command, facts: model, expectedVersion: expectedVersion, at: now)
            return decided.isEmpty ? .nothing : .events(decided)
        } catch {
            return .rejected(error)
        }
    }
}

extension Specification.Outcome {
    /// These events of one customer.
    static func events(_ customer: CustomerOrdinal?, _ events: Event...) -> Self {
        .events(events.map { Decided(customer: customer, event: $0) })
    }

    /// The refusal of a field.
    static func invalid(_ field: String, _ reason: String) -> Self {
        .rejected(.invalid(field: field, reason: reason))
    }

    /// The field that was refused, whatever the reason.
    var invalidField: String? {
        guard case .rejected(.invalid(let field, _)) = self else { return nil }
        return field
    }
}
