import ArgumentParser
import LogStorage

/// What the verbs have that read or write backups: where those are, of which logs, and how to say what came of it.
struct BackupOptions: ParsableArguments {
    @Option(help: "Only this organization; otherwise all.")
    var organization: String?
    @Flag(help: "Find out everything and write nothing.")
    var dryRun = false
    @Flag(help: "Print one JSON object.")
    var json = false
    @Argument(help: "The directory with the backups.")
    var target: String

    func validate() throws {
        if let organization { try checkOrganizationName(organization) }
    }

    /// The organization that was asked for, or all that have backups here.
    func organizationsInTarget() throws -> [String] {
        if let organization { return [organization] }
        let names = try BackupTarget.organizations(in: target)
        guard !names.isEmpty else { throw ToolFailure(.unreadable, "there is no backup in \(target)") }
        return names
    }

    /// Prints a text or a JSON object for each organization.
    func show(_ texts: [String]) {
        print(
            json
                ? "{\"format\":1,\"organizations\":[" + texts.joined(separator: ",") + "]}"
                : texts.joined(separator: "\n")
        )
    }
}
