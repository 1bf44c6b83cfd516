/// What a compaction did, or would do.
public struct CompactionReport: Hashable, Sendable {
    /// How much the segments hold that were looked at.
    public struct Size: Hashable, Sendable {
        /// The bytes of their headers and blocks on the disk.
        public var storedByteCount = 0
        /// The bytes of their records before compression.
        public var rawByteCount = 0
        /// How many of their records are whole.
        public var eventCount = 0
        /// How many are husks: what remains of redacted ones.
        public var huskCount = 0

        /// Nothing.
        public init() {}
    }

    /// Why not all was done.
    public enum Stop: String, Hashable, Sendable {
        /// The disk must keep more room free for those who write.
        case storageFull
        /// Who asked for it went away.
        case cancelled
        /// The log was closed, or failed.
        case closed
    }

    /// Whether nothing was changed.
    public var isDryRun: Bool
    /// How many segments were looked at.
    public var segmentCount = 0
    /// How many of them were written anew, or would be.
    public var rewrittenSegmentCount = 0
    /// What they held before.
    public var before = Size()
    /// What they hold now, or would.
    public var after = Size()
    /// Segments that stay as they are because something is wrong with them, in a line for each.
    public var failures: [String] = []
    /// Why it ended early; a compaction that is asked for again goes on where this one ended.
    public var stop: Stop?

    /// How many records became husks, or would.
    public var redactedCount: Int { after.huskCount - before.huskCount }

    /// A report of nothing so far.
    public init(isDryRun: Bool) {
        self.isDryRun = isDryRun
    }
}
