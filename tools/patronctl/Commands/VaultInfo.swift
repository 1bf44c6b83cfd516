import ArgumentParser
import CustomerService
import LogStorage

/// The command `patronctl vault info`.
struct VaultInfo: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "info",
        abstract: "Says how many keys a vault holds, which master key it needs, and whether all can be unwrapped.",
        discussion: """
            Only reads, and works beside a running server. Exit status: 0 done, 1 a slot is damaged, 2 wrong usage, \
            4 cannot read.

            Example: patronctl vault info --data /var/lib/patron
            """
    )

    @OptionGroup var options: DataOptions
    @OptionGroup var masterKey: MasterKeyOptions
    @Flag(help: "Print one JSON object.")
    var json = false

    func run() async throws {
        try await ToolFailure.catching {
            let source = try masterKey.source()
            // Without a key there is less to say, and it is said.
            var keys: [MasterKey] = []
            do {
                keys = try source.keys(in: options.data)
            } catch let error as LogStorageError where error.code == .notFound {
                standardError.write("patronctl: \(error)\n")
            }
            let inspection = try ToolFailure.judgingDamage {
                try VaultInspection(VaultInspection.path(inOrganization: options.directory), masterKeys: keys)
            }
            print(json ? inspection.json() : inspection.text)
            try inspection.requireWhole()
        }
    }
}
