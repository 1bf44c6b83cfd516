import ArgumentParser
import CustomerProjections
import CustomerService
import EventSourcing
import LogStorage

/// The command `patronctl info`.
struct Info: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Says how much a log holds, and the hash of the state that it makes.",
        discussion: "Only reads, and works beside a running server."
    )

    @OptionGroup var options: DataOptions
    @Flag(help: "Print one JSON object.")
    var json = false

    func run() async throws {
        try await ToolFailure.catching {
            let listed = try SnapshotStore.list(besideLogIn: options.directory)
            let log = try SegmentedLog.openReadOnly(directory: options.directory)
            let organization = try Organization(name: options.organization, log: log, now: systemTime)
            let hash = hexadecimal(organization.peek { state, _ in state.stateHash() })
            let snapshot = SnapshotInspection.inspect(log, listed).first { $0.misfit == nil }
            print(json ? jsonText(log.statistics, hash, snapshot) : text(log.statistics, hash, snapshot))
            guard log.recovery.damage.isEmpty else {
                for finding in log.recovery.damage { standardError.write("patronctl: damaged: \(finding)\n") }
                throw ToolFailure(
                    .findings,
                    "the log is damaged; these are the figures of what comes before the damage"
                )
            }
        }
    }

    private func jsonText(
        _ statistics: LogStatistics,
        _ stateHash: String,
        _ snapshot: SnapshotInspection?
    ) -> String {
        var object = JSONText()
        object.add("head", statistics.head.value)
        object.add("events", statistics.events)
        object.add("segments", statistics.segments)
        object.add("storedBytes", statistics.storedBytes)
        object.add("rawBytes", statistics.rawBytes)
        object.add("firstAt", statistics.firstAt?.rfc3339)
        object.add("lastAt", statistics.lastAt?.rfc3339)
        object.add("stateHash", stateHash)
        object.add("snapshot", snapshot?.sequence.value)
        object.add("snapshotAt", snapshot?.createdAt?.rfc3339)
        return object.closed
    }

    private func text(
        _ statistics: LogStatistics,
        _ stateHash: String,
        _ snapshot: SnapshotInspection?
    ) -> String {
        let ratio = Double(statistics.rawBytes) / Double(max(1, statistics.storedBytes))
        let perEvent = Double(statistics.storedBytes) / Double(max(1, statistics.events))
        return """
            organization  \(options.organization)
            events        \(grouped(statistics.events)), the last is number \(statistics.head)
            segments      \(grouped(statistics.segments))
            stored        \(grouped(statistics.storedBytes)) bytes, \(decimal(perEvent)) an event
            raw           \(grouped(statistics.rawBytes)) bytes, \(decimal(ratio, 2)) times what is stored
            recorded      \(statistics.firstAt?.rfc3339 ?? "-") to \(statistics.lastAt?.rfc3339 ?? "-")
            state hash    \(stateHash)
            snapshot      \(snapshot.map { "of event \($0.sequence), made \($0.createdAt?.rfc3339 ?? "-")" } ?? "none that fits")
            """
    }
}
