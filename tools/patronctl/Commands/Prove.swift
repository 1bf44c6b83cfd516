import ArgumentParser
import CustomerDomain
import CustomerService
import EventSourcing
import LogStorage

/// The command `patronctl prove`.
struct Prove: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Prints a proof: of an event, of a range, of a customer's whole history, or that the log only grew.",
        discussion: """
            Only reads, and works beside a running server. Uses the checkpoints that the server wrote. A proof of an event \
            has its record, personal data included. 'patronctl check-proof' checks what is printed. Exit status: 0 proven, \
            1 the records are not those that were signed, 2 wrong usage, 4 cannot read.

            Example: patronctl prove --data /var/lib/patron --first 10 --last 99 > proof
            """
    )

    @OptionGroup var options: DataOptions
    @Option(help: "The event to prove.")
    var sequence: UInt64?
    @Option(help: "The first event of a range to prove.")
    var first: UInt64?
    @Option(help: "The last event of the range.")
    var last: UInt64?
    @Option(help: "The id (cust_…) of a customer whose events are to be proven, all of them.")
    var customer: String?
    @Option(help: "The size of the checkpoint that events are to be proven in; the newest when absent.")
    var checkpoint: Int?
    @Option(help: "The size of an earlier checkpoint.")
    var from: Int?
    @Option(help: "The size of a later checkpoint.")
    var to: Int?

    func validate() throws {
        let isWhole = (first == nil) == (last == nil) && (from == nil) == (to == nil)
        let kinds = [sequence != nil, first != nil, customer != nil, from != nil]
        guard isWhole, kinds.count(where: \.self) == 1, from == nil || checkpoint == nil else {
            throw ValidationError(
                "Give --sequence, --first and --last, or --customer, with --checkpoint or without; or give --from and --to."
            )
        }
        if let customer, CustomerID(customer) == nil { throw ValidationError("--customer takes an id, cust_…") }
    }

    func run() async throws {
        try await ToolFailure.catching {
            let organization = try Organization.openReadOnly(
                options.organization,
                inDirectory: options.data,
                for: .outsider
            )
            do throws(ProofError) {
                standardOutput.write(try document(organization))
            } catch {
                throw failure(error)
            }
        }
    }

    private func document(_ organization: Organization) throws(ProofError) -> String {
        if let sequence {
            return try organization.inclusionProof(of: SequenceNumber(sequence), in: checkpoint)
        }
        if let first, let last {
            return try organization.rangeProof(
                from: SequenceNumber(first),
                through: SequenceNumber(last),
                in: checkpoint
            )
        }
        if let customer = customer.flatMap({ CustomerID($0) }) {
            return try organization.historyProof(of: customer, in: checkpoint)
        }
        return try organization.consistencyProof(from: from ?? 1, to: to)
    }

    private func failure(_ error: ProofError) -> ToolFailure {
        switch error {
        case .notSigned:
            ToolFailure(.unreadable, "the log has no checkpoints yet; a running server writes one a minute")
        case .beyond(let size): ToolFailure(.usage, "the newest checkpoint has size \(size)")
        case .notWritten(let size, let next):
            ToolFailure(.usage, "no checkpoint of size \(size) was written; the next one has size \(next)")
        case .outside(let size): ToolFailure(.usage, "a number is not from 1 to the checkpoint's size, \(size)")
        case .erased: ToolFailure(.usage, "the event is about somebody who was erased; its record is not given out")
        case .tooMany(let limit): ToolFailure(.usage, "one document has at most \(limit) events")
        case .noCustomer: ToolFailure(.usage, "there is no such customer")
        case .unreadable(let what): ToolFailure(.findings, what)
        }
    }
}
