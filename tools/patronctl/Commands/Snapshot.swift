import ArgumentParser
import CustomerService
import EventSourcing
import LogStorage

/// The command `patronctl snapshot`.
struct Snapshot: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Writes a snapshot, so that the next start replays only what comes after it.",
        discussion: """
            Asks the server that uses the data directory, or works itself where none does. A snapshot is a cache: \
            deleting it loses nothing. The newest two are kept.

            Example: patronctl snapshot --data /var/lib/patron
            """
    )

    @OptionGroup var options: DataOptions
    @OptionGroup var masterKey: MasterKeyOptions
    @Flag(help: "Say what would be done, and do nothing.")
    var dryRun = false
    @Flag(help: "Print one JSON object.")
    var json = false

    func run() async throws {
        try await ToolFailure.catching {
            if dryRun { return try plan() }
            do {
                try take()
            } catch let refusal as LogStorageError where refusal.code == .locked {
                try askServer(refusal)
            }
        }
    }

    /// Takes it, where nobody else uses the directory.
    private func take() throws {
        let directory = try DataDirectory.open(options.data, program: "patronctl")
        defer { directory.close() }
        guard try DataDirectory.organizations(in: options.data).contains(options.organization) else {
            throw ToolFailure(.unreadable, "there is no organization \(options.organization) in \(options.data)")
        }
        var line = ProgressLine()
        let taken = try Organization.takeSnapshot(
            of: options.organization,
            in: directory,
            masterKeys: masterKey.keys()
        ) { progress in
            line.show(done: progress.sequence.value, total: progress.last.value, unit: "events")
        }
        line.clear()
        for ignored in taken.opening.lines { standardError.write("patronctl: \(ignored)\n") }
        print(json ? jsonText(taken) : text(taken, seconds: line.elapsedSeconds))
    }

    /// Lets the server take it; `refusal` stands where what holds the directory does not answer.
    private func askServer(_ refusal: LogStorageError) throws {
        guard let client = try? ControlClient(directory: options.data) else { throw refusal }
        var line = ProgressLine()
        let result = try client.ask(ControlRequest("snapshot", organization: options.organization)) { line.show($0) }
        line.clear()
        print(json ? result.json(isDryRun: false) : result.summary)
    }

    /// Says what there is and what there would be.
    private func plan() throws {
        let log = try SegmentedLog.openReadOnly(directory: options.directory)
        let newest = try log.snapshots?.list().first ?? .none
        let head = log.head.durable
        let isNews = head > newest
        guard json else {
            let there = newest == .none ? "there is no snapshot" : "the newest snapshot is of event \(newest)"
            let action = isNews ? "one of event \(head) would be written" : "none would be written"
            print("\(there); \(action)")
            return
        }
        var object = JSONText()
        object.add("format", 1)
        object.add("dryRun", true)
        object.add("sequence", head.value)
        object.add("newest", newest == .none ? nil : newest.value)
        object.add("isNew", isNews)
        print(object.closed)
    }

    private func jsonText(_ taken: SnapshotReport) -> String {
        var object = JSONText()
        object.add("format", 1)
        object.add("dryRun", false)
        object.add("sequence", taken.sequence.value)
        object.add("path", taken.path)
        object.add("isNew", taken.isNew)
        object.add("byteCount", taken.isNew ? taken.byteCount : nil)
        object.add("rawByteCount", taken.isNew ? taken.rawByteCount : nil)
        object.add("basedOn", taken.opening.snapshot == .none ? nil : taken.opening.snapshot.value)
        object.add("replayedEvents", taken.opening.replayedEventCount)
        object.add("stateHash", Hexadecimal.text(taken.stateHash))
        return object.closed
    }

    private func text(_ taken: SnapshotReport, seconds: Double) -> String {
        guard taken.isNew else { return "the newest snapshot is of the last event, \(taken.sequence), already" }
        return """
            snapshot      \(taken.path)
            last event    \(taken.sequence)
            size          \(grouped(taken.byteCount)) bytes, of \(grouped(taken.rawByteCount))
            replayed      \(grouped(taken.opening.replayedEventCount)) events, \(decimal(seconds, 2)) s in all
            state hash    \(Hexadecimal.text(taken.stateHash))
            """
    }
}
