import ArgumentParser
import CustomerService
import LogStorage

/// The command `patronctl vault backup`.
struct VaultBackup: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "backup",
        abstract: "Copies a vault to a file, and checks that every key in it can be unwrapped.",
        discussion: """
            Works beside a running server and reads only. Keep the copy apart from backups of the log, and the master key \
            apart from both. After somebody was erased, make a new copy and destroy the earlier ones, which still have the \
            key. Exit status: 0 done, 1 a slot is damaged, 2 the file there is not replaced, 4 cannot read or write.

            Example: patronctl vault backup --data /var/lib/patron /mnt/keys/default.vault
            """
    )

    @OptionGroup var options: DataOptions
    @OptionGroup var masterKey: MasterKeyOptions
    @Flag(help: "Find out everything and write nothing.")
    var dryRun = false
    @Flag(help: "Print one JSON object.")
    var json = false
    @Argument(help: "The copy; replaced only when it is an earlier one of the same vault.")
    var file: String

    func run() async throws {
        try await ToolFailure.catching {
            let copied = try ToolFailure.judgingDamage {
                try VaultCopy.make(
                    VaultInspection.path(inOrganization: options.directory),
                    to: file,
                    masterKeys: masterKey.source().keys(in: options.data),
                    isDryRun: dryRun
                )
            }
            print(json ? copied.json(isDryRun: dryRun) : copied.text)
            try copied.requireWhole()
        }
    }
}
