import ArgumentParser
import LogStorage

/// The command `patronctl public-key`.
struct PublicKey: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Prints the key with which outsiders check the log's checkpoints and proofs.",
        discussion: """
            Only reads. Hand the key to auditors on a way of its own, not with the proofs.

            Example: patronctl public-key --data /var/lib/patron > key
            """
    )

    @OptionGroup var options: DataOptions

    func run() async throws {
        try await ToolFailure.catching {
            let log = try SegmentedLog.openReadOnly(directory: options.directory)
            guard let origin = log.checkpointOrigin,
                let publicKey = try DataDirectory.checkpointPublicKey(in: options.data)
            else { throw ToolFailure(.unreadable, "there is no key yet; the server makes one when it starts") }
            print(CheckpointKey(name: origin, publicKey: publicKey))
        }
    }
}
