import ArgumentParser
import CustomerDomain
import CustomerProjections
import CustomerRecords
import CustomerService
import EventSourcing
import LogStorage

/// The command `patronctl replay`.
struct Replay: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Prints events in the order in which they were recorded.",
        discussion: "Only reads, and works beside a running server. What was erased is not shown."
    )

    @OptionGroup var options: DataOptions
    @Option(help: "The first sequence number.")
    var from: UInt64 = 1
    @Option(help: "The last sequence number.")
    var to: UInt64?
    @Option(help: "Only events recorded until this time, such as 2026-01-01T00:00:00Z.")
    var until: String?
    @Option(help: "Only events of this customer: its id (cust_…) or external id.")
    var customer: String?
    @Option(help: "Only events of this type.")
    var type: String?
    @Option(help: "Only events of this actor.")
    var actor: String?
    @Flag(help: "Print one JSON object a line.")
    var json = false

    func validate() throws {
        guard from >= 1 else { throw ValidationError("--from starts at 1.") }
        if let until, Timestamp(rfc3339: until) == nil {
            throw ValidationError("--until must be a time such as 2026-01-01T00:00:00Z.")
        }
    }

    func run() async throws {
        try await ToolFailure.catching {
            let organization = try Organization.openReadOnly(options.organization, inDirectory: options.data)
            let ordinal = try customer.map { try find($0, organization) }
            let limit = until.flatMap { Timestamp(rfc3339: $0) }
            let last = min(to ?? .max, organization.head.durable.value)
            var next = from
            var lines = EventLines(isJSON: json)
            while next <= last {
                let through = min(last, next + 999)
                for event in try organization.events(from: SequenceNumber(next), through: SequenceNumber(through)) {
                    if let limit, event.recordedAt > limit { return lines.flush() }
                    guard ordinal == nil || event.customer == ordinal, actor == nil || event.actor == actor,
                        type == nil || event.event.name == type
                    else { continue }
                    let id = organization.peek { state, _ in event.customer.map { state.standing(of: $0).id } }
                    lines.add(event, customer: id)
                }
                next = through + 1
            }
            lines.flush()
        }
    }

    private func find(_ text: String, _ organization: Organization) throws -> CustomerOrdinal {
        let found = organization.peek { state, _ in
            CustomerID(text).flatMap { state.customer($0) } ?? state.customer(withExternalID: text)
        }
        guard let found else { throw ToolFailure(.usage, "there is no customer \(text)") }
        return found
    }
}
