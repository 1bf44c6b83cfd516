import ArgumentParser
import CustomerService
import EventSourcing

/// Which events are wanted.
struct FilterOptions: ParsableArguments {
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

    func validate() throws {
        if let until, Timestamp(rfc3339: until) == nil {
            throw ValidationError("--until must be a time such as 2026-01-01T00:00:00Z.")
        }
    }

    func filter(from first: UInt64) -> EventFilter {
        var filter = EventFilter()
        filter.first = first
        filter.last = to
        filter.until = until.flatMap { Timestamp(rfc3339: $0) }
        filter.customer = customer
        filter.type = type
        filter.actor = actor
        return filter
    }
}
