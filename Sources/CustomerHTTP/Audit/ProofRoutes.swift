import CustomerDomain
import CustomerService
import EventSourcing
import Hummingbird

/// What an auditor checks without trusting the server.
enum ProofRoutes {
    static var routes: [Route] { [checkpoint, inclusion, consistency, range, history] }

    private static let head = Schema.named(
        "SignedHead",
        .required("size", .count, "How many events there are."),
        .required("rootHash", .anyText, "The root of the Merkle tree over their records, in hexadecimal digits."),
        .required("checkpoint", .anyText, "Both, signed: a C2SP tlog-checkpoint."),
        .required("key", .nullable(.anyText), "The key that signed it; get it on another way, too.")
    )

    private static let document = Schema.named(
        "Proof",
        .required(
            "document",
            .anyText,
            "What 'patronctl check-proof' and Tests/Proof/verify.py check, as a file has it."
        )
    )

    private static func size(_ name: String, _ description: String) -> Parameter {
        .query(name, .integer(1 ... .max), description)
    }

    static let checkpoint = Route(
        method: .get,
        path: "/api/v1/audit/checkpoint",
        operation: "getCheckpoint",
        summary: "The signed head of the log",
        chapter: "Audit",
        access: .needs(.viewAudit),
        answers: [Answer(status: 200, description: "The head.", schema: head)],
        problems: [.notFound],
        handler: { call in
            let head = try ProofRoutes.proving("size") { () throws(ProofError) in try call.organization.signedHead() }
            return .json { writer in
                writer.beginObject()
                writer.field("size", Int64(head.size))
                writer.field("rootHash", Hexadecimal.text(head.rootHash))
                writer.field("checkpoint", head.checkpoint)
                writer.field("key", head.key)
                writer.endObject()
            }
        }
    )

    static let inclusion = Route(
        method: .get,
        path: "/api/v1/audit/proofs/inclusion",
        operation: "getInclusionProof",
        summary: "Shows that an event is in the log; the proof has its record, personal data included",
        chapter: "Audit",
        access: .records,
        parameters: [
            size("sequence", "The event; the last of the log when absent."),
            size("size", "How many events the log shall have; all when absent."),
        ],
        answers: [Answer(status: 200, description: "The proof.", schema: document)],
        problems: [.notFound],
        handler: { call in
            let size = call.query.whole("size").map { Int($0) }
            let sequence = try call.query.whole("sequence").map { UInt64($0) } ?? last(call, size)
            let text = try ProofRoutes.proving("sequence") { () throws(ProofError) in
                try call.organization.inclusionProof(of: SequenceNumber(sequence), in: size)
            }
            return ProofRoutes.answer(text)
        }
    )

    static let consistency = Route(
        method: .get,
        path: "/api/v1/audit/proofs/consistency",
        operation: "getConsistencyProof",
        summary: "Shows that the log only grew between two sizes",
        chapter: "Audit",
        access: .needs(.viewAudit),
        parameters: [
            size("from", "How many events the log had earlier; 1 when absent."),
            size("to", "How many it had later; all when absent."),
        ],
        answers: [Answer(status: 200, description: "The proof.", schema: document)],
        problems: [.notFound],
        handler: { call in
            let (old, new) = (Int(call.query.whole("from") ?? 1), call.query.whole("to").map { Int($0) })
            let text = try ProofRoutes.proving("from") { () throws(ProofError) in
                try call.organization.consistencyProof(from: old, to: new)
            }
            return ProofRoutes.answer(text)
        }
    )

    static let range = Route(
        method: .get,
        path: "/api/v1/audit/proofs/range",
        operation: "getRangeProof",
        summary:
            "All events of a range in one signed document, which shows that they are in the log and none is left out",
        chapter: "Audit",
        access: .records,
        parameters: [
            size("from", "The first event; 1 when absent."),
            size(
                "to",
                "The last event; the last of the log when absent. At most \(Organization.proofRecordLimit) events."
            ),
            size("size", "How many events the log shall have; all when absent."),
        ],
        answers: [Answer(status: 200, description: "The proof.", schema: document)],
        problems: [.notFound],
        handler: { call in
            let size = call.query.whole("size").map { Int($0) }
            let to = try call.query.whole("to").map { UInt64($0) } ?? last(call, size)
            let from = call.query.whole("from").map { UInt64($0) } ?? 1
            let text = try ProofRoutes.proving("from") { () throws(ProofError) in
                try call.organization.rangeProof(from: SequenceNumber(from), through: SequenceNumber(to), in: size)
            }
            try await call.recordRead(
                .audit,
                try call.organization.customers(from: SequenceNumber(from), through: SequenceNumber(to))
            )
            return ProofRoutes.answer(text)
        }
    )

    static let history = Route(
        method: .get,
        path: "/api/v1/audit/proofs/history",
        operation: "getHistoryProof",
        summary: "All events of a customer in one signed document, which shows versions 1 to n without a gap",
        chapter: "Audit",
        access: .records,
        parameters: [
            .query("customer", .identifier(CustomerKind.self), "The customer.").required,
            size("size", "How many events the log shall have; all when absent."),
        ],
        answers: [Answer(status: 200, description: "The proof.", schema: document)],
        problems: [.notFound],
        handler: { call in
            guard let customer = call.query.text("customer").flatMap({ CustomerID($0) }) else {
                throw Problem.parameter("customer", "is required")
            }
            let text = try ProofRoutes.proving("size") { () throws(ProofError) in
                try call.organization.historyProof(of: customer, in: call.query.whole("size").map { Int($0) })
            }
            try await call.recordRead(.audit, [customer])
            return ProofRoutes.answer(text)
        }
    )

    private static func last(_ call: Call, _ size: Int?) throws(Problem) -> UInt64 {
        if let size { return UInt64(size) }
        return UInt64(try proving("size") { () throws(ProofError) in try call.organization.signedHead().size })
    }

    private static func answer(_ document: String) -> Response {
        .json(capacity: document.utf8.count + 100) { writer in
            writer.beginObject()
            writer.field("document", document)
            writer.endObject()
        }
    }

    /// Proves, or says what is wrong with the parameter `name`, or with the size of the tree.
    private static func proving<Value>(
        _ name: String,
        _ body: () throws(ProofError) -> Value
    ) throws(Problem) -> Value {
        do {
            return try body()
        } catch {
            switch error {
            case .notSigned: throw Problem(.notFound, "This log has no checkpoints.")
            case .notWritten(let size, let next):
                throw Problem(
                    .notFound,
                    "The log only reads, and has no checkpoint of size \(size); the next one has size \(next)."
                )
            case .erased: throw Problem(.notFound, "The record is of somebody who was erased; it is not given out.")
            case .beyond(let size): throw .parameter(name == "from" ? "to" : "size", "must be at most \(size)")
            case .outside(let size): throw .parameter(name, "must be from 1 to \(size)")
            case .tooMany(let limit):
                throw .parameter(name, "leads to more than \(limit) events, the most of one document")
            case .noCustomer: throw Problem(.notFound, "There is no such customer.")
            case .unreadable(let what): throw Problem(.internalError, what)
            }
        }
    }
}
