/// Checks a whole log: every byte of every file against every rule of the format.
public struct LogVerifier: Sendable {
    /// Reads and checks everything of an organization's log, and changes nothing.
    ///
    /// - Parameters:
    ///   - directory: The organization's directory.
    ///   - writerIsRunning: Whether another process holds the data directory, so that a write may be in flight.
    ///   - progress: Called after each segment.
    /// - Returns: All findings, and the statistics of the intact part.
    /// - Throws: When a file cannot be read; what can be read and is wrong is a finding.
    public static func verify(
        directory: String,
        writerIsRunning: Bool = false,
        progress: (VerificationProgress) -> Void = { _ in }
    ) throws(LogStorageError) -> VerificationReport {
        try verify(
            directory: directory,
            writerIsRunning: writerIsRunning,
            fileSystem: POSIXFileSystem(),
            progress: progress
        )
    }

    /// Verifies a log in some file system.
    package static func verify(
        directory: String,
        writerIsRunning: Bool = false,
        fileSystem: any FileSystem,
        progress: (VerificationProgress) -> Void = { _ in }
    ) throws(LogStorageError) -> VerificationReport {
        try UnfinishedRestore.refuse(directory, fileSystem)
        let logDirectory = Paths.join(directory, "log")
        var report = try check(logDirectory, Paths.lastComponent(directory), fileSystem, progress)
        // Beside a writer, what was half written a moment ago is whole now; damage stays.
        for _ in 0..<2 where writerIsRunning && !report.isClean {
            report = try check(logDirectory, Paths.lastComponent(directory), fileSystem, progress)
        }
        guard writerIsRunning else { return report }
        for index in report.findings.indices where report.findings[index].kind == .tornTail {
            report.findings[index].kind = .inFlight
            report.findings[index].meaning = LogFinding.Kind.inFlight.meaning
        }
        return report
    }

    private static func check(
        _ logDirectory: String,
        _ organization: String,
        _ fileSystem: any FileSystem,
        _ progress: (VerificationProgress) -> Void
    ) throws(LogStorageError) -> VerificationReport {
        let depth = WalkDepth(digests: true, goesOnBehindDamage: true)
        var inspector = LogInspector(
            fileSystem: fileSystem,
            directory: logDirectory,
            organization: organization,
            depth: depth
        )
        let inspection = try inspector.inspect(.read, progress: progress)
        guard !inspection.segments.isEmpty else {
            throw LogStorageError(.notFound, "There is no log here; check the path", path: logDirectory)
        }
        var report = VerificationReport()
        report.findings = inspection.findings
        report.statistics = inspection.contents.statistics
        return report
    }
}
