import ArgumentParser
import CustomerService
import LogStorage
import Synchronization

/// What all verbs have that change a log: where, and how to say what came of it.
struct MaintenanceOptions: ParsableArguments {
    @OptionGroup var log: DataOptions
    @OptionGroup var masterKey: MasterKeyOptions
    @Flag(help: "Say what would be done, and do nothing.")
    var dryRun = false
    @Flag(help: "Print one JSON object.")
    var json = false

    /// Asks the server that holds the data directory; where none runs, does it with the organization opened here.
    ///
    /// - Parameters:
    ///   - verb: The verb, as the server knows it.
    ///   - work: Does it here.
    /// - Returns: What it came to.
    /// - Throws: ``ToolFailure``, `ControlFailure`, `LogStorageError`.
    func perform(
        _ verb: String,
        _ work: (Organization, @escaping @Sendable (ControlProgress) -> Void) async throws -> ControlResult
    ) async throws -> ControlResult {
        let line = Mutex(ProgressLine())
        defer { line.withLock { $0.clear() } }
        let show: @Sendable (ControlProgress) -> Void = { progress in line.withLock { $0.show(progress) } }
        if let client = try? ControlClient(directory: log.data) {
            let request = ControlRequest(verb, organization: log.organization, arguments: ["dryRun": "\(dryRun)"])
            return try client.ask(request, progress: show)
        }
        let directory = try DataDirectory.open(log.data, program: "patronctl")
        defer { directory.close() }
        guard try DataDirectory.organizations(in: log.data).contains(log.organization) else {
            throw ToolFailure(.unreadable, "there is no organization \(log.organization) in \(log.data)")
        }
        let organization = try Organization.open(log.organization, in: directory, masterKeys: masterKey.keys())
        defer { organization.close() }
        return try await work(organization, show)
    }

    /// Prints what a verb came to.
    func show(_ result: ControlResult) {
        print(json ? result.json() : result.summary)
    }
}
