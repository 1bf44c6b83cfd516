/// When the next snapshot is due, and the next self-check.
///
/// Whichever reason comes first; opening then replays at most about so much. The defaults are a few seconds of replay.
public struct SnapshotPolicy: Hashable, Sendable {
    /// After how many events since the last one; 0 for never because of events.
    public var eventCount = 1_000_000
    /// After how many bytes of records since the last one, before compression; 0 for never because of bytes.
    public var byteCount = 256 << 20
    /// How soon after one the next may be taken because a customer was erased who is in a snapshot that is there.
    public var erasureInterval: Duration = .seconds(15 * 60)
    /// How long after a self-check the next is due at the latest.
    public var selfCheckInterval: Duration = .seconds(24 * 3_600)
    /// How often it is looked at.
    public var interval: Duration = .seconds(10)

    /// The defaults.
    public init() {}

    /// What happened since the last snapshot.
    struct Need: Hashable {
        var events: Int
        var bytes: Int
        /// Whether a snapshot holds somebody who was erased since.
        var holdsErased = false
        /// How long ago the last was taken; `nil` when none was since the organization was opened.
        var age: Duration?
    }

    /// Whether a snapshot is due.
    func isDue(_ need: Need) -> Bool {
        guard need.events > 0 else { return false }
        return (eventCount > 0 && need.events >= eventCount) || (byteCount > 0 && need.bytes >= byteCount)
            || (need.holdsErased && need.age.map { $0 >= erasureInterval } ?? true)
    }

    /// Whether a self-check is due: each time when the log has grown by half, and now and then.
    func isSelfCheckDue(head: UInt64, last: UInt64, age: Duration, hasTaken: Bool) -> Bool {
        (hasTaken && head >= last + last / 2) || age >= selfCheckInterval
    }
}
