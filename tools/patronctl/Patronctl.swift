import ArgumentParser

/// The maintenance tool: looks at logs, brings data in, makes samples.
@main
struct Patronctl: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "patronctl",
        abstract: "Looks after Patron's logs, and brings data in.",
        discussion: """
            Exit status: 0 done; 1 something is wrong with the log; 2 wrong usage; 3 the data directory is in use by \
            another process; 4 something cannot be read or written.
            """,
        subcommands: [
            Info.self, Verify.self, Replay.self, Seal.self, Compact.self, Snapshot.self, Backup.self, Restore.self,
            Repair.self, Import.self, Generate.self, Prove.self, CheckProof.self, PublicKey.self,
        ]
    )

    /// As the argument parser would, but with this tool's exit status.
    static func main() async {
        do {
            var command = try parseAsRoot()
            if var asynchronous = command as? any AsyncParsableCommand {
                try await asynchronous.run()
            } else {
                try command.run()
            }
        } catch let failure as ToolFailure {
            standardError.write("patronctl: \(failure.message)\n")
            exit(withError: ExitCode(failure.status.rawValue))
        } catch {
            guard exitCode(for: error) == .validationFailure else { exit(withError: error) }
            standardError.write(fullMessage(for: error) + "\n")
            exit(withError: ExitCode(ExitStatus.usage.rawValue))
        }
    }
}
