import CustomerDomain
import CustomerProjections
import CustomerRecords
package import EventSourcing

/// Which events of a log are wanted.
package struct EventFilter: Sendable {
    /// The first sequence number.
    package var first: UInt64 = 1
    /// The last sequence number; `nil` for no end.
    package var last: UInt64?
    /// The latest time of recording.
    package var until: Timestamp?
    /// An id (`cust_…`) or external id of a customer.
    package var customer: String?
    package var type: String?
    package var actor: String?

    package init() {}

    /// The arguments that a server makes the same filter of, but for ``first``.
    package var arguments: [String: String] {
        var arguments: [String: String] = [:]
        arguments["last"] = last.map { String($0) }
        arguments["until"] = until?.rfc3339
        arguments["customer"] = customer
        arguments["type"] = type
        arguments["actor"] = actor
        return arguments
    }

    /// The filter of a request's arguments.
    init(arguments: [String: String]) throws(ControlFailure) {
        first = try Self.value("first", of: arguments) { UInt64($0) } ?? 1
        last = try Self.value("last", of: arguments) { UInt64($0) }
        until = try Self.value("until", of: arguments) { Timestamp(rfc3339: $0) }
        customer = arguments["customer"]
        type = arguments["type"]
        actor = arguments["actor"]
    }
}

extension EventFilter {
    private static func value<Value>(
        _ name: String,
        of arguments: [String: String],
        _ parse: (String) -> Value?
    ) throws(ControlFailure) -> Value? {
        guard let text = arguments[name] else { return nil }
        guard let value = parse(text) else {
            throw ControlFailure(.badRequest, "the argument \(name) cannot be \(text)")
        }
        return value
    }
}

extension Organization {
    /// Visits the durable events that pass a filter, as lines, without the personal data of people who were erased.
    ///
    /// - Parameters:
    ///   - start: The first sequence number to look at.
    ///   - filter: What passes.
    ///   - isJSON: Whether the lines are JSON.
    ///   - visit: Gets each line, and where it is.
    /// - Returns: The sequence number to go on from when there is more; `nil` when nothing more can pass.
    /// - Throws: What `visit` throws; ``ControlFailure`` for a customer that is not there.
    package func eachLine(
        from start: UInt64,
        filter: EventFilter,
        isJSON: Bool,
        _ visit: (SequenceNumber, String) throws -> Void
    ) throws -> UInt64? {
        let ordinal = try filter.customer.map { try customer($0) }
        let last = min(filter.last ?? .max, head.durable.value)
        var next = max(start, filter.first)
        while next <= last {
            let through = min(last, next + 999)
            for event in try events(from: SequenceNumber(next), through: SequenceNumber(through)) {
                if let until = filter.until, event.recordedAt > until { return nil }
                guard ordinal == nil || event.customer == ordinal, filter.actor == nil || event.actor == filter.actor,
                    filter.type == nil || event.event.name == filter.type
                else { continue }
                let id = peek { state, _ in event.customer.map { state.standing(of: $0).id } }
                let line = isJSON ? EventLine.json(event, customer: id) : EventLine.text(event, customer: id)
                try visit(event.sequence, line)
            }
            next = through + 1
        }
        return filter.last.map { next > $0 } ?? false ? nil : next
    }

    private func customer(_ text: String) throws -> CustomerOrdinal {
        let found = peek { state, _ in
            CustomerID(text).flatMap { state.customer($0) } ?? state.customer(withExternalID: text)
        }
        guard let found else { throw ControlFailure(.badRequest, "there is no customer \(text)") }
        return found
    }
}
