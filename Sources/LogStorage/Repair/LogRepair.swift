package import EventSourcing

/// Rebuilds damaged segments from their parity files, byte for byte, and proves the log by its tree afterwards.
///
/// Nothing is changed before the damaged bytes are kept in `quarantine/`, and ``undo()`` puts them back. Never runs by
/// itself.
public struct LogRepair: Sendable {
    let directory: String
    let files: StorageFiles
    private let now: @Sendable () -> Timestamp

    var logDirectory: String { Paths.join(directory, "log") }
    var quarantineDirectory: String { Paths.join(directory, "quarantine") }

    /// The repair of an organization's log in a data directory that this process holds, so that no writer is there.
    public init(_ data: DataDirectory, organization: String) {
        self.init(
            directory: data.organizationDirectory(organization),
            fileSystem: POSIXFileSystem(),
            now: { SystemClock.now }
        )
    }

    package init(directory: String, fileSystem: any FileSystem, now: @escaping @Sendable () -> Timestamp) {
        self.directory = directory
        files = StorageFiles(system: fileSystem)
        self.now = now
    }

    /// Finds out what can be rebuilt of an organization's log, which another process may have open.
    ///
    /// - Throws: When a file cannot be read.
    public static func plan(directory: String, writerIsRunning: Bool) throws(LogStorageError) -> RepairPlan {
        try LogRepair(directory: directory, fileSystem: POSIXFileSystem(), now: { SystemClock.now })
            .plan(writerIsRunning: writerIsRunning)
    }

    /// Verifies the log, and finds out what of the damage can be rebuilt; changes nothing.
    func plan(writerIsRunning: Bool = false) throws(LogStorageError) -> RepairPlan {
        let report = try LogVerifier.verify(
            directory: directory,
            writerIsRunning: writerIsRunning,
            fileSystem: files.system
        )
        var plan = RepairPlan()
        let damage = report.findings.filter(\.isDamage)
        let names = try files.list(logDirectory)
        for name in Set(damage.map(\.segment)).sorted() {
            let findings = damage.filter { $0.segment == name }
            if SegmentName.segment(ofParity: name) != nil {
                plan.parity += findings
            } else if SegmentName.firstSequence(name) == nil {
                plan.others += findings
            } else if let segment = try judge(name, findings, isThere: names.contains(name)) {
                plan.segments.append(segment)
            } else {
                plan.others += findings
            }
        }
        plan.judgeRecords(
            firstSequences: names.compactMap { SegmentName.firstSequence($0) },
            last: report.lastSequence.value
        )
        return plan
    }

    /// `nil` when the segment is as its parity file says, so that what was found is about its neighbour, and when there is
    /// neither segment nor parity file.
    private func judge(
        _ name: String,
        _ findings: [LogFinding],
        isThere: Bool
    ) throws(LogStorageError) -> RepairPlan.Segment? {
        var segment = RepairPlan.Segment(name: name, verdict: .noParity, findings: findings)
        guard let cells = try openCells(name) else { return isThere ? segment : nil }
        defer { cells.close() }
        var damagedByteCount = max(0, (try cells.segment?.size() ?? 0) - cells.layout.fileByteCount)
        segment.verdict = .rebuildable
        for row in 0..<cells.layout.rowCount {
            let lost = try cells.row(row).lost
            damagedByteCount += lost.count { $0 < ReedSolomon.dataCount } * cells.layout.cell(row).count
            if lost.count > ReedSolomon.parityCount { segment.verdict = .tooMuch }
        }
        segment.damagedByteCount = damagedByteCount
        return damagedByteCount > 0 ? segment : nil
    }

    /// A segment with the parity file that belongs to it; `nil` when there is none.
    func openCells(_ name: String) throws(LogStorageError) -> ParityCells? {
        guard let parity = try files.open(Paths.join(logDirectory, SegmentName.parity(of: name))) else { return nil }
        let segment = try files.open(Paths.join(logDirectory, name))
        if let head = try ParityHead.read(parity), SegmentName.name(firstSequence: head.firstSequence) == name {
            let cells = ParityCells(head: head, segment: segment, parity: parity)
            // A footer that is whole and names another digest is that of a file made since.
            let footer = try segment.flatMap { (file) throws(LogStorageError) in
                try file.footer(endingAt: try file.size())
            }
            if footer.map({ $0.digest == head.segmentDigest }) ?? true { return cells }
        }
        parity.close()
        segment?.close()
        return nil
    }

    /// A number larger than those of all earlier repairs, which is the time where that goes forward.
    func nextStamp() throws(LogStorageError) -> UInt64 {
        var stamp = UInt64(max(0, now().microseconds))
        for name in try files.list(quarantineDirectory) {
            let kept = KeptFile(name) ?? KeptFile(name, suffix: KeptFile.undoneSuffix)
            if let kept { stamp = max(stamp, kept.stamp + 1) }
        }
        return stamp
    }
}
