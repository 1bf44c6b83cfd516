import CustomerDomain
public import CustomerRecords
public import EventSourcing

/// Which events of a log are wanted.
public struct EventFilter: Hashable, Sendable {
    /// The first sequence number.
    public var first: UInt64 = 1
    /// The last sequence number; `nil` for no end.
    public var last: UInt64?
    /// The earliest time of recording.
    public var since: Timestamp?
    /// The latest time of recording.
    public var until: Timestamp?
    /// An id (`cust_…`) or external id of a customer; those who were merged into it count as it.
    public var customer: String?
    /// Of one of these types; empty for any.
    public var types: Set<EventType> = []
    /// By this actor.
    public var actor: String?
    /// Of this request.
    public var requestID: String?

    /// A filter that every event passes.
    public init() {}

    /// The arguments that a server makes the same filter of, but for ``first``.
    package var arguments: [String: String] {
        var arguments: [String: String] = [:]
        arguments["last"] = last.map { String($0) }
        arguments["since"] = since?.rfc3339
        arguments["until"] = until?.rfc3339
        arguments["customer"] = customer
        if !types.isEmpty { arguments["types"] = types.map(\.name).sorted().joined(separator: ",") }
        arguments["actor"] = actor
        arguments["request"] = requestID
        return arguments
    }

    /// The filter of a request's arguments.
    init(arguments: [String: String]) throws(ControlFailure) {
        first = try Self.value("first", of: arguments) { UInt64($0) } ?? 1
        last = try Self.value("last", of: arguments) { UInt64($0) }
        since = try Self.value("since", of: arguments) { Timestamp(rfc3339: $0) }
        until = try Self.value("until", of: arguments) { Timestamp(rfc3339: $0) }
        customer = arguments["customer"]
        types =
            try Self.value("types", of: arguments) { names in
                let types = names.split(separator: ",").map { EventType(name: $0) }
                return types.contains(nil) ? nil : Set(types.compactMap(\.self))
            } ?? []
        actor = arguments["actor"]
        requestID = arguments["request"]
    }

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
