import CustomerDomain
import CustomerService
import EventSourcing
import HTTPTypes
import Hummingbird
import NIOCore

/// What any answer was at two moments, compared.
enum DifferenceRoutes {
    static var routes: [Route] { [difference] }

    private static func moment(_ name: String, _ description: String) -> Parameter {
        .query(name, AsOf.moment, description)
    }

    static let difference = Route(
        method: .get,
        path: "/api/v1/audit/difference",
        operation: "getDifference",
        summary: "How any answer differs between two moments: a customer, a list, the metrics",
        chapter: "Audit",
        access: .needs(.viewAudit),
        parameters: [
            .query(
                "path",
                .text(
                    TextRule(
                        length: 1...4_096,
                        pattern: "^/api/v1/[!-~]+$",
                        check: { path in
                            path.utf8.allSatisfy { (0x21...0x7E).contains($0) }
                                ? nil : "must be as a URL has it, in visible ASCII characters"
                        }
                    )
                ),
                "Any path of a GET that takes asOf, with its query, such as /api/v1/customers/cust_…."
            )
            .required,
            moment("from", "The earlier moment: a sequence number or a time of recording.").required,
            moment("to", "The later moment; now when absent."),
        ],
        answers: [
            Answer(
                status: 200,
                description: "The places that differ.",
                schema: .named(
                    "Difference",
                    .required("from", .count, "The last event that counts for the earlier answer."),
                    .required("to", .count, "The last event that counts for the later answer."),
                    .required(
                        "changes",
                        .list(
                            of: .named(
                                "Change",
                                .required(
                                    "pointer",
                                    .anyText,
                                    "A JSON pointer (RFC 6901) into the answers; elements of lists by their id or number."
                                ),
                                .optional("before", .anything, "Absent when there was nothing."),
                                .optional("after", .anything, "Absent when there is nothing.")
                            )
                        )
                    )
                )
            )
        ],
        problems: [.notFound],
        isHeavy: true,
        handler: { call in
            guard let path = call.query.text("path") else { throw Problem.parameter("path", "is required") }
            guard let from = call.query.text("from") else { throw Problem.parameter("from", "is required") }
            let request = try PastRequest(path, call)
            let earlier = try await AsOf.past(AsOf.point(from), call.organization)
            let later = try await AsOf.past(
                call.query.text("to").map(AsOf.point) ?? PointInTime(.now),
                call.organization
            )
            try await call.recordRead(.audit, request.customers)
            let difference = JSONDifference(try await request.answer(earlier), try await request.answer(later))
            return .json { json in
                json.beginObject()
                json.field("from", Int64(clamping: earlier.sequence.value))
                json.field("to", Int64(clamping: later.sequence.value))
                json.key("changes")
                json.beginArray()
                for change in difference.changes { json.value(change) }
                json.endArray()
                json.endObject()
            }
        }
    )
}

extension JSONWriter {
    fileprivate mutating func value(_ change: JSONDifference.Change) {
        beginObject()
        field("pointer", change.pointer)
        if let before = change.before {
            key("before")
            value(before)
        }
        if let after = change.after {
            key("after")
            value(after)
        }
        endObject()
    }
}

/// A request that is answered as of several moments.
private struct PastRequest {
    private let call: Call
    private let route: Route
    private let target: RequestTarget
    private let query: QueryString
    private let parameters: Parameters

    /// The request of a path with its query, by the caller of another.
    init(_ target: String, _ call: Call) throws {
        let target = RequestTarget(target)
        let path = String(target.path)
        let found = RouteTable.resources.lazy.filter(\.offersPast)
            .compactMap { route in route.parameters(in: path).map { (route, $0) } }
            .min { $0.1.count < $1.1.count }
        guard let (route, parameters) = found else {
            throw Problem(.notFound, "The path \(path) is none of a GET that takes asOf.")
        }
        try route.check(try call.scope())
        let own = Set(AsOf.parameters.map(\.name))
        (self.call, self.route, self.target, self.parameters) = (call, route, target, parameters)
        query = try QueryString(
            target.query,
            taking: QueryRules(route.allParameters.filter { !own.contains($0.name) })
        )
    }

    /// The customer that it is about.
    var customers: [CustomerID] { parameters["id"].flatMap { CustomerID(String($0)) }.map { [$0] } ?? [] }

    /// The answer then; `nil` when what is asked for was not there.
    func answer(_ past: PastState) async throws -> JSONValue? {
        let asked = Call(
            service: call.service,
            method: .get,
            target: target,
            headers: [:],
            query: query,
            body: .null,
            requestID: call.requestID,
            organization: call.organization,
            caller: call.caller,
            idempotency: nil,
            requestContext: call.requestContext,
            parameters: parameters,
            past: past
        )
        do {
            let writer = CollectedBody()
            try await route.handler(asked).body.write(writer)
            return try JSONParser.parse(writer.bytes.value)
        } catch let error as CommandError {
            guard case .rejected(let rejection) = error, rejection.kind == .notFound || rejection.kind == .gone else {
                throw error
            }
            return nil
        }
    }
}

/// Takes a body in, to read it here.
private struct CollectedBody: ResponseBodyWriter {
    final class Bytes {
        var value: [UInt8] = []
    }

    let bytes = Bytes()

    func write(_ buffer: ByteBuffer) async throws { bytes.value += buffer.readableBytesView }

    consuming func finish(_ trailingHeaders: HTTPFields?) async throws {}
}
