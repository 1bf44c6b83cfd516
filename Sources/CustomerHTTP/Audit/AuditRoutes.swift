import CustomerDomain
import CustomerProjections
import CustomerService
import EventSourcing
import Hummingbird

/// What an auditor compares.
enum AuditRoutes {
    static var routes: [Route] { EventRoutes.routes + DifferenceRoutes.routes + [state] + ProofRoutes.routes }

    private static let schema = Schema.named(
        "AuditState",
        .required("sequence", .count, "The last event that is in the state."),
        .required("stateHash", .anyText, "SHA-256 of everything the server answers from, in hexadecimal digits.")
    )

    static let state = Route(
        method: .get,
        path: "/api/v1/audit/state",
        operation: "getAuditState",
        summary: "The hash of the whole state after an event; a replay of the log gives the same",
        chapter: "Audit",
        access: .needs(.viewAudit),
        answers: [Answer(status: 200, description: "The hash.", schema: schema)],
        handler: { call in
            let (sequence, hash) = try await call.organization.read { state, _ in (state.head, state.stateHash()) }
            return .json { writer in
                writer.beginObject()
                writer.field("sequence", Int64(clamping: sequence.value))
                writer.field("stateHash", Hexadecimal.text(hash))
                writer.endObject()
            }
        }
    )
}
