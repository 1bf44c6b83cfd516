import ArgumentParser
import CustomerService
import LogStorage

/// The command `patronctl vault restore`.
struct VaultRestore: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "restore",
        abstract: "Puts a copy of a vault in its place.",
        discussion: """
            Stop the server first. The copy must be of this log. What the vault that is there says was destroyed stays so, \
            and keys that only it has stay. The master key must be the copy's; while it was rotated since, give both. Exit \
            status: 0 done, 1 a slot is damaged, 2 wrong usage, 3 the data directory is in use, 4 cannot read or write.

            Example: patronctl vault restore --data /var/lib/patron /mnt/keys/default.vault
            """
    )

    @OptionGroup var options: DataOptions
    @OptionGroup var masterKey: MasterKeyOptions
    @Flag(help: "Find out everything and write nothing.")
    var dryRun = false
    @Flag(help: "Print one JSON object.")
    var json = false
    @Argument(help: "The copy.")
    var file: String

    func run() async throws {
        try await ToolFailure.catching {
            guard try DataDirectory.organizations(in: options.data).contains(options.organization) else {
                throw ToolFailure(.unreadable, "there is no organization \(options.organization) in \(options.data)")
            }
            let held = try DataDirectory.open(options.data, program: "patronctl")
            defer { held.close() }
            guard let logID = try SegmentedLog.openReadOnly(directory: options.directory).logID else {
                throw ToolFailure(.unreadable, "the log of \(options.organization) has no name; restore the log first")
            }
            let restored = try ToolFailure.judgingDamage {
                try VaultCopy.restore(
                    file,
                    in: options.directory,
                    logID: logID,
                    masterKeys: masterKey.source().keys(in: options.data),
                    isDryRun: dryRun
                )
            }
            print(json ? restored.json(isDryRun: dryRun) : restored.text)
            try restored.requireWhole()
        }
    }
}
