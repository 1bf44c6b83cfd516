import ArgumentParser
import CustomerService
import LogStorage

/// The command `patronctl vault rotate`.
struct VaultRotate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rotate",
        abstract: "Wraps the keys in all vaults under a new master key.",
        discussion: """
            Asks the running server, which goes on meanwhile, or does it where none runs. Without other options the new \
            key is made in keys/master.key of the data directory. May be interrupted at any time: asking again goes on. \
            Copies of vaults from before need the old key: make new ones, then destroy it.

            Example: patronctl vault rotate --data /var/lib/patron
            """
    )

    @Option(help: "The data directory.")
    var data: String
    @OptionGroup var masterKey: MasterKeyOptions
    @Option(help: ArgumentHelp("The file with the new master key.", valueName: "file"))
    var newMasterKeyFile: String?
    @Option(help: ArgumentHelp("A command that prints the new master key.", valueName: "command"))
    var newMasterKeyCommand: String?
    @Flag(help: "Say what would be done, and do nothing.")
    var dryRun = false
    @Flag(help: "Print one JSON object.")
    var json = false

    func validate() throws {
        guard newMasterKeyFile == nil || newMasterKeyCommand == nil else {
            throw ValidationError("Give --new-master-key-file or --new-master-key-command, not both.")
        }
    }

    func run() async throws {
        try await ToolFailure.catching {
            let result = try rotate()
            print(json ? result.json() : result.summary)
        }
    }

    /// One that the server has: all vaults have one master key.
    private var anyOrganization: String {
        get throws {
            let names = try DataDirectory.organizations(in: data)
            let usual = Organization.defaultName
            return names.contains(usual) ? usual : names.first ?? usual
        }
    }

    private func rotate() throws -> ControlResult {
        let isNewGiven = newMasterKeyFile != nil || newMasterKeyCommand != nil
        if let client = try? ControlClient(directory: data) {
            var request = ControlRequest("vault-rotate", organization: try anyOrganization)
            request.arguments["dryRun"] = "\(dryRun)"
            request.arguments["newMasterKeyFile"] = newMasterKeyFile.map { absolutePath($0) }
            request.arguments["newMasterKeyCommand"] = newMasterKeyCommand
            return try client.ask(request)
        }
        guard try !DataDirectory.organizations(in: data).isEmpty else {
            throw ToolFailure(.unreadable, "there is no organization in \(data)")
        }
        let directory = try DataDirectory.open(data, program: "patronctl")
        defer { directory.close() }
        return try MasterKeyRotation.result(
            data: data,
            source: masterKey.source(),
            newSource: isNewGiven ? MasterKeySource(file: newMasterKeyFile, command: newMasterKeyCommand) : nil,
            isDryRun: dryRun
        )
    }
}
