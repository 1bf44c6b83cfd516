/// How far the check of what opening did not read is, which goes on in the background.
public struct LogVerification: Hashable, Sendable {
    /// Bytes checked, and bytes to check, of the sealed segments of which opening read the footer alone.
    public var progress = VerificationProgress(byteCount: 0, totalByteCount: 0)

    /// What was found.
    ///
    /// Each is a reason for alarm. The records before and behind it can be read all the same.
    public var findings: [LogFinding] = []

    /// Whether everything was checked.
    public var isFinished: Bool { progress.byteCount >= progress.totalByteCount }
}

extension SegmentedLog {
    /// How far the check of what opening did not read is.
    ///
    /// A log that was opened to read only was read as a whole by opening it.
    public var verification: LogVerification { core.withState { $0.keeping.verification } }
}
