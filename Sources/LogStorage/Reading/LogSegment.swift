/// A segment as readers see it: a file with an end that moves only forward.
struct LogSegment: Sendable {
    let file: any File
    let path: String
    let header: SegmentHeader
    /// Where its durable blocks end.
    var durableEnd: Int
    /// How many durable blocks it has, marks included.
    var blockCount = 0
    /// What they hold when decoded, in bytes.
    var rawByteCount = 0
    /// How often the file was replaced since the log was opened.
    var generation = 0
}

/// Where a link of blocks begins.
struct LinkEntry: Hashable, Sendable {
    var firstSequence: UInt64
    var segmentIndex: Int
    var offset: Int
}
