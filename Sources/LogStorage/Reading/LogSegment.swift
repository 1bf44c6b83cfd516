/// A segment as readers see it: a file with an end that moves only forward.
struct LogSegment: Sendable {
    let file: any File
    let path: String
    let header: SegmentHeader
    /// Where its durable blocks end.
    var durableEnd: Int
}

/// Where a link of blocks begins.
struct LinkEntry: Hashable, Sendable {
    var firstSequence: UInt64
    var segmentIndex: Int
    var offset: Int
}
