/// Checks a whole log: every byte of every file against every rule of the format.
public struct LogVerifier: Sendable {
    /// Reads and checks everything of an organization's log, and changes nothing.
    ///
    /// Takes all cores: one thread reads and checks blocks, the others check and hash records. Memory: 1 MiB of the file, a
    /// block, and for each other core four batches of records, each at most 1 MiB and a record.
    ///
    /// - Parameters:
    ///   - directory: The organization's directory.
    ///   - writerIsRunning: Whether another process holds the data directory, so that a write may be in flight.
    ///   - checkpointKey: The public key of the checkpoints; without it only what they say is checked, not who signed it.
    ///   - checkRecord: What each record must pass, besides; the first that does not is in the report.
    ///   - progress: Called after each segment.
    /// - Returns: All findings, and the statistics of the intact part.
    /// - Throws: When a file cannot be read; what can be read and is wrong is a finding.
    public static func verify(
        directory: String,
        writerIsRunning: Bool = false,
        checkpointKey: [UInt8]? = nil,
        checkRecord: RecordCheck? = nil,
        progress: (VerificationProgress) -> Void = { _ in }
    ) throws(LogStorageError) -> VerificationReport {
        try verify(
            directory: directory,
            writerIsRunning: writerIsRunning,
            checkpointKey: checkpointKey,
            checkRecord: checkRecord,
            fileSystem: POSIXFileSystem(),
            progress: progress
        )
    }

    /// Verifies a log in some file system.
    package static func verify(
        directory: String,
        writerIsRunning: Bool = false,
        checkpointKey: [UInt8]? = nil,
        checkRecord: RecordCheck? = nil,
        fileSystem: any FileSystem,
        threadCount: Int = Threads.processorCount,
        progress: (VerificationProgress) -> Void = { _ in }
    ) throws(LogStorageError) -> VerificationReport {
        try UnfinishedRestore.refuse(directory, fileSystem)
        let hashers = LeafHashers(threadCount: threadCount - 1, check: checkRecord)
        defer { hashers.close() }
        var report = try check(directory, checkpointKey, fileSystem, hashers, progress)
        // Beside a writer, what was half written a moment ago is whole now; damage stays.
        for _ in 0..<2 where writerIsRunning && !report.isClean {
            report = try check(directory, checkpointKey, fileSystem, hashers, progress)
        }
        guard writerIsRunning else { return report }
        for index in report.findings.indices where report.findings[index].kind == .tornTail {
            report.findings[index].kind = .inFlight
            report.findings[index].meaning = LogFinding.Kind.inFlight.meaning
        }
        return report
    }

    private static func check(
        _ directory: String,
        _ checkpointKey: [UInt8]?,
        _ fileSystem: any FileSystem,
        _ hashers: LeafHashers,
        _ progress: (VerificationProgress) -> Void
    ) throws(LogStorageError) -> VerificationReport {
        let logDirectory = Paths.join(directory, "log")
        let organization = Paths.lastComponent(directory)
        let checkpoints = try CheckpointVerification(
            CheckpointStore(fileSystem: fileSystem, organizationDirectory: directory),
            publicKey: checkpointKey
        )
        let depth = WalkDepth(digests: true, goesOnBehindDamage: true)
        var inspector = LogInspector(
            fileSystem: fileSystem,
            directory: logDirectory,
            organization: organization,
            depth: depth,
            trees: TreeWalk(wantedSizes: checkpoints.sizes, hashers: hashers)
        )
        let inspection = try inspector.inspect(.read, progress: progress)
        guard !inspection.segments.isEmpty else {
            throw LogStorageError(.notFound, "There is no log here; check the path", path: logDirectory)
        }
        var report = VerificationReport()
        report.findings = inspection.findings
        if let header = inspection.segments.lazy.compactMap(\.header).first {
            let comparison = try checkpoints.compare(organization, header.logID, inspector.trees)
            report.findings += comparison.findings
            report.newestCheckpoint = comparison.newest
        }
        report.checkpointCount = checkpoints.sizes.count
        report.checksSignatures = checkpointKey != nil
        report.rejectedRecord = inspector.trees.rejected
        report.treeHead = TreeHead(size: inspection.tree.size, root: inspection.tree.root)
        report.statistics = inspection.contents.statistics
        report.lastSequence = inspection.lastSequence
        return report
    }
}
