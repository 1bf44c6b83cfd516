/// When the next snapshot is due.
///
/// Whichever comes first: opening then replays at most about so much. The defaults are about a second of replay.
public struct SnapshotPolicy: Hashable, Sendable {
    /// After how many events since the last one.
    public var eventCount = 1_000_000
    /// After how many bytes of records since the last one, before compression.
    public var byteCount = 256 << 20
    /// How often it is looked at.
    public var interval: Duration = .seconds(10)

    /// The defaults.
    public init() {}

    /// Whether a snapshot is due after so much.
    func isDue(events: Int, bytes: Int) -> Bool { events > 0 && (events >= eventCount || bytes >= byteCount) }
}
