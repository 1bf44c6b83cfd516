import CustomerDomain
import EventSourcing

extension OrganizationModel {
    /// Decides a command, which must be taken, and applies what came of it.
    @discardableResult
    mutating func run(_ command: Command) -> [Event] {
        let decided = (try? decide(command, facts: self)) ?? []
        _ = record(decided, recordedAt: .seconds(1_700_000_000), occurredAt: .seconds(1_700_000_000), actor: "key_1")
        return decided.map(\.event)
    }
}
