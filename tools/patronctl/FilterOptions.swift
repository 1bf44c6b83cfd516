import ArgumentParser
import CustomerDomain
import CustomerRecords
import CustomerService
import EventSourcing

/// Which events are wanted.
struct FilterOptions: ParsableArguments {
    @Option(help: "The last sequence number.")
    var to: UInt64?
    @Option(help: "Only events recorded since this time, such as 2026-01-01T00:00:00Z.")
    var since: String?
    @Option(help: "Only events recorded until this time, such as 2026-01-01T00:00:00Z.")
    var until: String?
    @Option(help: "Only events of this customer: its id (cust_…) or external id.")
    var customer: String?
    @Option(help: "Only events of this type, such as OrderPlaced; may be given several times.")
    var type: [String] = []
    @Option(help: "Only events of this actor.")
    var actor: String?
    @Option(help: "Only events of this request.")
    var request: String?

    func validate() throws {
        for (name, text) in [("--since", since), ("--until", until)] {
            guard let text, Timestamp(rfc3339: text) == nil else { continue }
            throw ValidationError("\(name) must be a time such as 2026-01-01T00:00:00Z.")
        }
        if let unknown = type.first(where: { EventType(name: $0) == nil }) {
            throw ValidationError(
                "--type: there is no type \(unknown), but \(Organization.eventNames.joined(separator: ", "))."
            )
        }
    }

    func filter(from first: UInt64) -> EventFilter {
        var filter = EventFilter()
        filter.first = first
        filter.last = to
        filter.since = since.flatMap { Timestamp(rfc3339: $0) }
        filter.until = until.flatMap { Timestamp(rfc3339: $0) }
        filter.customer = customer
        filter.types = Set(type.compactMap { EventType(name: $0) })
        filter.actor = actor
        filter.requestID = request
        return filter
    }
}
