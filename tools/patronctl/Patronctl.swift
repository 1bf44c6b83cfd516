import ArgumentParser

/// The maintenance tool: looks at logs, brings data in, makes samples.
@main
struct Patronctl: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "patronctl",
        abstract: "Looks after Patron's logs, and brings data in.",
        discussion: """
            Ctrl-C is safe at any time: what was begun can be run again.

            Exit status: \(ExitStatus.allCases.map { "\($0.rawValue) \($0.meaning)" }.joined(separator: "; ")).

            Completion: patronctl --generate-completion-script bash > /etc/bash_completion.d/patronctl

            Example: patronctl verify --data /var/lib/patron && echo clean
            """,
        subcommands: [
            Info.self, Verify.self, Replay.self, Show.self, Tail.self, Export.self, Seal.self, Compact.self,
            Snapshot.self,
            Backup.self, Restore.self, Vault.self, Repair.self, Import.self, Generate.self, Prove.self, CheckProof.self,
            PublicKey.self, OrganizationCommand.self, Bench.self, Manual.self,
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
