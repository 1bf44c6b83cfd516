public import EventSourcing
import LogStorage

/// How an organization's log is, for operators and metrics.
public struct OrganizationStatus: Hashable, Sendable {
    /// How far the log reaches.
    public var head: LogHead
    /// How many segments the log has; zero for a log that is not in files.
    public var segmentCount = 0
    /// How many bytes the log takes on disk, without room prepared ahead.
    public var storedByteCount = 0
    /// How many bytes its records have.
    public var rawByteCount = 0
    /// How many syncs there were since the log was opened.
    public var syncCount = 0
    /// What opening did, in a line for each thing; empty when there was nothing to do.
    public var recoveryLines: [String] = []
    /// What is damaged, in a line for each place; when there is anything, the organization only reads.
    public var damageLines: [String] = []
    /// Why no command is taken now; `nil` when they are.
    public var refusal: AppendError?
    /// How far the clock is behind the last event, in microseconds; new events bear the last one's time meanwhile.
    public var clockLag: Int64 = 0
    /// How many bytes of the log opening did not read, so that they are checked in the background.
    public var verificationByteCount = 0
    /// How many of them were checked.
    public var verifiedByteCount = 0
    /// What that check found damaged, in a line for each place: commands are still taken, but an operator must act.
    public var alarmLines: [String] = []

    init(
        head: LogHead,
        statistics: LogStatistics?,
        recovery: RecoveryReport?,
        verification: LogVerification?
    ) {
        self.head = head
        if let statistics {
            segmentCount = statistics.segments
            storedByteCount = statistics.storedBytes
            rawByteCount = statistics.rawBytes
            syncCount = statistics.syncs
        }
        if let tail = recovery?.tornTail {
            let place = "a torn tail of \(tail.byteCount) bytes off \(tail.segment) at offset \(tail.offset)"
            let meaning = "a write that was never acknowledged"
            recoveryLines.append(
                tail.quarantineFile.map { "cut \(place): \(meaning); kept in \($0)" }
                    ?? "did not yet cut \(place): \(meaning)"
            )
        }
        damageLines = (recovery?.damage ?? []).map(\.description)
        verificationByteCount = verification?.progress.totalByteCount ?? 0
        verifiedByteCount = verification?.progress.byteCount ?? 0
        alarmLines = (verification?.findings ?? []).map(\.description)
    }
}
