import CustomerDomain
import CustomerService
import EventSourcing
import HTTPTypes

/// Which events a call asks for, and how.
struct EventQuery: Sendable {
    let filter: EventFilter
    let order: EventOrder
    let limit: Int
    /// Behind which event to go on; of a stream the last that the client has.
    let cursor: SequenceNumber?
    let includesChanges: Bool
    let includesProof: Bool
    let isStream: Bool
    private let organization: Organization

    init(_ call: Call) throws {
        organization = call.organization
        let query = call.query
        var filter = EventFilter()
        filter.customer = query.text("customer")
        filter.actor = query.text("actor")
        filter.requestID = query.text("requestId")
        filter.types = Organization.eventTypes(named: query.texts("type"))
        filter.since = query.text("recordedFrom").flatMap { Timestamp(rfc3339: $0) }
        filter.until = query.text("recordedUntil").flatMap { Timestamp(rfc3339: $0) }
        filter.first = query.whole("from").map { UInt64($0) } ?? 1
        filter.last = query.whole("to").map { UInt64($0) }
        self.filter = filter
        order = query.text("order") == "desc" ? .newestFirst : .oldestFirst
        limit = Int(query.whole("limit") ?? Int64(Paging.standard))
        includesChanges = query.texts("include").contains("changes")
        includesProof = query.texts("include").contains("proof")
        isStream = call.headers[.accept]?.contains("text/event-stream") ?? false
        let given = (isStream ? call.headers[.lastEventID] : nil) ?? query.text("cursor")
        if let given {
            cursor = SequenceNumber(UInt64(given) ?? 0)
        } else if isStream, query.text("from") == nil {
            cursor = organization.head.durable
        } else {
            cursor = nil
        }
        if isStream, order == .newestFirst { throw Problem.parameter("order", "must be asc for a stream") }
        if includesProof { try Access.records.check(try call.scope()) }
    }

    /// A page behind a place.
    func page(after cursor: SequenceNumber?, limit: Int) throws -> EventPage {
        do {
            return try organization.events(matching: filter, order, after: cursor, limit: limit)
        } catch {
            throw problem(of: error)
        }
    }

    private func problem(of error: EventSearchError) -> any Error {
        switch error {
        case .noCustomer(let text):
            CustomerID(text).map { CommandError.rejected(.customerNotFound($0)) }
                ?? Problem(.notFound, "There is no customer \(text).")
        case .unreadable(let what): CommandError.unreadable(what)
        }
    }
}
