public import EventSourcing

/// Up to where a backup is restored.
public enum RestorePoint: Hashable, Sendable {
    /// All of it.
    case end
    /// Up to this record, which must be in the backup.
    case sequence(SequenceNumber)
    /// Up to the last record that was recorded at this time or before.
    case time(Timestamp)
}

/// What a restore came to, or would.
public struct RestoreReport: Hashable, Sendable {
    /// The backup.
    public var manifest: BackupManifest
    /// The last record restored.
    public var head: SequenceNumber
    /// How many segments.
    public var segmentCount = 0
    /// How many bytes they have.
    public var byteCount = 0
    /// How many signed tree heads were restored; those of a longer log are not.
    public var checkpointCount = 0
    /// Whether the backup goes on after ``head``.
    public var isCut: Bool { head < manifest.head }
}
