import ArgumentParser
import CustomerRecords
import CustomerService
import EventSourcing
import LogStorage

/// The command `patronctl verify`.
struct Verify: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Reads everything in a log, and its snapshots, and checks everything.",
        discussion: """
            Only reads, and works beside a running server; takes all cores, so start it with nice there. Exit status: 0 \
            clean, 1 findings, 2 wrong usage, 4 cannot read.

            Example: patronctl verify --data /var/lib/patron && echo clean
            """
    )

    @OptionGroup var options: DataOptions
    @Flag(help: "Print one JSON object.")
    var json = false

    func run() async throws {
        try await ToolFailure.catching {
            // Before the log is looked at, which then reaches at least as far as they do.
            let listed = try SnapshotStore.list(besideLogIn: options.directory)
            let isInUse = try DataDirectory.holder(of: options.data) != nil
            var line = ProgressLine()
            let codec = RecordCodec(keys: WithheldKeys())
            let report = try LogVerifier.verify(
                directory: options.directory,
                writerIsRunning: isInUse,
                checkpointKey: try DataDirectory.checkpointPublicKey(in: options.data),
                checkRecord: { body, sequence in _ = try codec.decode(body, sequence: sequence) }
            ) { progress in
                line.show { _ in "\(grouped(progress.byteCount)) of \(grouped(progress.totalByteCount)) bytes" }
            }
            line.clear()
            var findings = report.findings
            if report.isClean, let rejected = report.rejectedRecord { findings.append(finding(rejected)) }
            // What a damaged log makes is nothing to compare with.
            let snapshots = findings.allSatisfy { $0.kind == .inFlight } ? try inspect(listed, &line) : []
            let isClean =
                findings.allSatisfy { $0.kind == .inFlight }
                && snapshots.allSatisfy { $0.misfit?.kind.isHarmless ?? true }
            print(json ? jsonText(report, findings, snapshots, isClean) : text(report, findings, snapshots, isClean))
            guard isClean else { throw ExitCode(ExitStatus.findings.rawValue) }
        }
    }

    /// What says that a record is whole, but no event.
    private func finding(_ rejected: RejectedRecord) -> LogFinding {
        LogFinding(
            segment: "",
            offset: 0,
            firstSequence: rejected.sequence,
            lastSequence: rejected.sequence,
            kind: .rotten,
            meaning: "This record is whole, but this version cannot read it as an event: \(rejected.reason)"
        )
    }

    /// Compares the snapshots with what the log makes.
    private func inspect(_ listed: [SequenceNumber], _ line: inout ProgressLine) throws -> [SnapshotInspection] {
        guard !listed.isEmpty else { return [] }
        defer { line.clear() }
        let log = try SegmentedLog.openReadOnly(directory: options.directory, readsAll: false)
        return try SnapshotInspection.verify(log, listed) { progress in
            line.show { _ in
                "snapshots: event \(grouped(progress.sequence.value)) of \(grouped(progress.last.value)) replayed"
            }
        }
    }

    private func jsonText(
        _ report: VerificationReport,
        _ findings: [LogFinding],
        _ snapshots: [SnapshotInspection],
        _ isClean: Bool
    ) -> String {
        let statistics = report.statistics
        var object = JSONText()
        object.add("format", 1)
        object.add("clean", isClean)
        object.add("head", statistics.head.value)
        object.add("events", statistics.events)
        object.add("segments", statistics.segments)
        object.add("storedBytes", statistics.storedBytes)
        object.add("rawBytes", statistics.rawBytes)
        object.add("rootHash", "\(report.treeHead.root)")
        object.add("checkpoints", report.checkpointCount)
        object.add("checkpointSize", report.newestCheckpoint?.head.size)
        object.add("checkpointRootHash", report.newestCheckpoint.map { "\($0.head.root)" })
        object.add("signaturesChecked", report.checksSignatures)
        let list = findings.map { finding in
            var object = JSONText()
            object.add("kind", finding.kind.rawValue)
            object.add("segment", finding.segment)
            object.add("offset", finding.offset)
            object.add("byteCount", finding.byteCount)
            object.add("firstSequence", finding.firstSequence?.value)
            object.add("lastSequence", finding.lastSequence?.value)
            object.add("meaning", finding.meaning)
            return object.closed
        }
        object.addRaw("findings", "[" + list.joined(separator: ",") + "]")
        object.addRaw("snapshots", "[" + snapshots.map(\.json).joined(separator: ",") + "]")
        return object.closed
    }

    private func text(
        _ report: VerificationReport,
        _ findings: [LogFinding],
        _ snapshots: [SnapshotInspection],
        _ isClean: Bool
    ) -> String {
        let statistics = report.statistics
        let size =
            "\(grouped(statistics.events)) events in \(grouped(statistics.segments)) segments, "
            + "\(grouped(statistics.storedBytes)) bytes"
        let count = findings.count + snapshots.count { $0.misfit.map { !$0.kind.isHarmless } ?? false }
        let lines = findings.map(\.description) + snapshots.map(\.text)
        let root = "root hash of \(grouped(report.treeHead.size)) records: \(report.treeHead.root)"
        return
            (lines + [(isClean ? "clean: " : "\(count) findings; intact: ") + size, root, checkpoints(report)])
            .joined(separator: "\n")
    }

    private func checkpoints(_ report: VerificationReport) -> String {
        guard report.checkpointCount > 0 else { return "no checkpoints yet" }
        let newest = report.newestCheckpoint.map { "the newest that agrees is of \(grouped($0.head.size)) records" }
        return "\(grouped(report.checkpointCount)) checkpoints, \(newest ?? "none agrees")"
            + (report.checksSignatures ? "" : "; there is no key here to check signatures with")
    }
}
