import ArgumentParser
import CustomerDomain
import CustomerRecords
import CustomerService
import EventSourcing
import LogStorage

/// The command `patronctl check-proof`.
struct CheckProof: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Checks a proof, or the receipt of an erasure, with nothing but the log's key.",
        discussion: """
            Exit status: 0 it proves what it says, 1 it proves nothing, 2 wrong usage, 4 cannot read.

            Example: patronctl check-proof --public-key "$(cat key)" proof
            """
    )

    @Option(help: "The log's key, as 'patronctl public-key' prints it; get it on a way of its own.")
    var publicKey: String

    @Flag(help: "Print one JSON object.")
    var json = false

    @Argument(help: "The proof; - for the standard input.")
    var file: String

    func validate() throws {
        guard CheckpointKey(publicKey) != nil else {
            throw ValidationError("--public-key takes a key such as patron/default/0123…+89abcdef+AbC….")
        }
    }

    func run() async throws {
        try await ToolFailure.catching {
            guard let key = CheckpointKey(publicKey) else { return }
            let text = String(validating: try await readFile(file), as: UTF8.self)
            if let statement = text.flatMap({ SignedStatement(note: $0) }) { return try check(statement, key) }
            guard let document = text.flatMap({ ProofDocument($0) }) else {
                throw ToolFailure(.findings, "this is no proof")
            }
            do throws(ProofDocument.Failure) {
                try document.check(key) { body in
                    let envelope = try? RecordCodec().envelope(body, sequence: .none)
                    return envelope?.customer
                        .map {
                            HistoryPosition(holder: UInt64($0.value), version: UInt64(envelope?.customerVersion ?? 0))
                        }
                }
            } catch {
                switch error {
                case .signature(let size):
                    throw ToolFailure(.findings, "the checkpoint of size \(size) is not signed with this key")
                case .claim: throw ToolFailure(.findings, "the records are not all of what the proof says they are")
                case .seal: throw ToolFailure(.findings, "what the records say in words is not signed with this key")
                case .path: throw ToolFailure(.findings, "the hashes do not lead to the signed root")
                }
            }
            print(json ? jsonText(document) : sentence(document))
        }
    }

    private func check(_ statement: SignedStatement, _ key: CheckpointKey) throws {
        guard let receipt = ErasureReceipt(statement) else { throw ToolFailure(.findings, "this is no receipt") }
        guard receipt.origin == key.name, statement.isSigned(by: key) else {
            throw ToolFailure(.findings, "the receipt is not signed with this key")
        }
        guard json else {
            let others = receipt.identities.count > 1 ? ", \(receipt.identities.count) identities," : ""
            print("signed: \(receipt.customer)\(others) was erased by event \(receipt.sequence) of \(receipt.origin)")
            let slots = receipt.slots.map { "\($0)" }.joined(separator: ", ")
            print("at \(receipt.erasedAt.rfc3339), and the keys in these slots were destroyed: \(slots)")
            return
        }
        var object = JSONText()
        object.add("format", 1)
        object.add("proves", "erasure")
        object.add("origin", receipt.origin)
        object.add("customer", receipt.customer.description)
        if let request = receipt.request { object.add("request", request.description) }
        object.add("sequence", receipt.sequence.value)
        object.add("time", receipt.erasedAt.rfc3339)
        object.add("size", receipt.head.size)
        print(object.closed)
    }

    private func jsonText(_ document: ProofDocument) -> String {
        var object = JSONText()
        object.add("format", 1)
        switch document {
        case .inclusion(_, let sequence, _, let checkpoint):
            object.add("proves", document.isOfHusk ? "redacted" : "inclusion")
            object.add("sequence", sequence.value)
            object.add("origin", checkpoint.origin)
            object.add("size", checkpoint.head.size)
        case .consistency(_, let old, let new):
            object.add("proves", "consistency")
            object.add("origin", new.origin)
            object.add("oldSize", old.head.size)
            object.add("size", new.head.size)
        case .records(let proof):
            switch proof.claim {
            case .range(let first, let last):
                object.add("proves", "range")
                object.add("first", first.value)
                object.add("last", last.value)
            case .history(let holder, let count):
                object.add("proves", "history")
                object.add("customerOrdinal", holder)
                object.add("versions", count)
            }
            object.add("withheld", proof.withheldCount)
            object.add("origin", proof.checkpoint.origin)
            object.add("size", proof.checkpoint.head.size)
        }
        return object.closed
    }

    private func sentence(_ document: ProofDocument) -> String {
        switch document {
        case .inclusion(_, let sequence, _, let checkpoint):
            let what =
                document.isOfHusk ? "record \(sequence), since redacted, was" : "this record is number \(sequence)"
            return "proven: \(what) in \(checkpoint.origin) with \(checkpoint.head.size) records"
        case .consistency(_, let old, let new):
            return
                "proven: \(new.origin) with \(new.head.size) records begins with the \(old.head.size) of before, unchanged"
        case .records(let proof):
            let log = "in \(proof.checkpoint.origin) with \(proof.checkpoint.head.size) records"
            let withheld = proof.withheldCount == 0 ? "" : "; of \(proof.withheldCount) only the hashes are shown"
            switch proof.claim {
            case .range(let first, let last):
                return "proven: these are records \(first) to \(last) \(log), none left out\(withheld)"
            case .history(let holder, let count):
                return "proven: these are versions 1 to \(count) of customer \(holder) \(log), none left out"
            }
        }
    }
}
