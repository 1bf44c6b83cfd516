import CustomerService
import ArgumentParser
import LogStorage

/// The command `patronctl repair`.
struct Repair: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Rebuilds damaged segments from their parity files, and names the records that are lost.",
        discussion: """
            Stop the server first. What is replaced is kept in quarantine/ before anything changes. What cannot be rebuilt \
            stays as it is: restore it from a backup. Exit status: 0 nothing is damaged any more, 1 something is (for \
            --dry-run: is now), 2 wrong usage, 3 the data directory is in use, 4 cannot read or write.

            Example: patronctl repair --data /var/lib/patron --dry-run
            """
    )

    @OptionGroup var options: DataOptions
    @Flag(help: "Say what would be done, and change nothing; works beside a running server.")
    var dryRun = false
    @Flag(help: "Put back what the last repair replaced; once more: what the one before replaced.")
    var undo = false
    @Flag(help: "Print one JSON object.")
    var json = false

    func validate() throws {
        guard !(dryRun && undo) else { throw ValidationError("Give --dry-run or --undo, not both.") }
    }

    func run() async throws {
        try await ToolFailure.catching {
            // Before the directory would be made.
            guard try DataDirectory.organizations(in: options.data).contains(options.organization) else {
                throw ToolFailure(.unreadable, "there is no organization \(options.organization) in \(options.data)")
            }
            guard !dryRun else { return try plan() }
            let held = try DataDirectory.open(options.data, program: "patronctl")
            defer { held.close() }
            let repair = LogRepair(held, organization: options.organization)
            guard !undo else { return try printUndone(repair.undo()) }
            let report = try repair.run()
            print(json ? report.json : report.text)
            try end(isClean: report.verification.isClean)
        }
    }

    private func plan() throws {
        let isInUse = try DataDirectory.holder(of: options.data) != nil
        let plan = try LogRepair.plan(directory: options.directory, writerIsRunning: isInUse)
        print(json ? plan.jsonText(isDryRun: true).closed : plan.text)
        try end(isClean: plan.isClean)
    }

    private func end(isClean: Bool) throws {
        guard isClean else { throw ExitCode(ExitStatus.findings.rawValue) }
    }

    private func printUndone(_ names: [String]) {
        guard json else { return print(names.map { "\($0): as it was before the repair" }.joined(separator: "\n")) }
        print("{\"format\":1,\"undone\":" + JSONText.list(names) + "}")
    }
}
