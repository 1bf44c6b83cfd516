import ArgumentParser
import CustomerService
import EventSourcing
import LogStorage

/// The command `patronctl prove`.
struct Prove: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Prints a proof that an event is in the log, or that the log only grew.",
        discussion: """
            Only reads, and works beside a running server. Uses the checkpoints that the server wrote. A proof of an event \
            has its record, personal data included. 'patronctl check-proof' checks what is printed. Exit status: 0 proven, \
            1 the records are not those that were signed, 2 wrong usage, 4 cannot read.

            Example: patronctl prove --data /var/lib/patron --sequence 17 > proof
            """
    )

    @OptionGroup var options: DataOptions
    @Option(help: "The event to prove.")
    var sequence: UInt64?
    @Option(help: "The size of the checkpoint that the event is to be proven in; the newest when absent.")
    var checkpoint: Int?
    @Option(help: "The size of an earlier checkpoint.")
    var from: Int?
    @Option(help: "The size of a later checkpoint.")
    var to: Int?

    func validate() throws {
        let isInclusion = sequence != nil && from == nil && to == nil
        let isConsistency = sequence == nil && checkpoint == nil && from != nil && to != nil
        guard isInclusion || isConsistency else {
            throw ValidationError("Give --sequence, with --checkpoint or without; or give --from and --to.")
        }
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
        case .unreadable(let what): ToolFailure(.findings, what)
        }
    }
}
