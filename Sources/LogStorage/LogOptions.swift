package import EventSourcing

/// The limits and habits of a ``SegmentedLog``; the defaults fit a server.
public struct LogOptions: Sendable {
    /// How large a segment grows before the next begins, in bytes without its footer.
    ///
    /// At most 1 GiB; must hold the segment header and one block of ``blockByteLimit``.
    public var segmentByteCount = 64 << 20

    /// The raw size of a block, in bytes, which is also the limit of one batch with its length prefixes; at most 16 MiB.
    public var blockByteLimit = 1 << 20

    /// How many bytes may wait for the disk before `append` answers `overloaded`.
    public var stagingByteLimit = 4 << 20

    /// After how many raw bytes the compression link restarts: to read one record, this and one block are decoded at most.
    public var linkRestartInterval = 256 << 10

    /// How much zeroed room a busy log keeps ahead of its end, in bytes; a quiet one keeps a block's worth.
    public var zeroAheadByteCount = 8 << 20

    /// How many zeroes are written and synced at a time.
    public var zeroStepByteCount = 2 << 20

    /// How long the writer must be idle before it leaves a durable-head mark.
    public var idleMarkDelay: Duration = .milliseconds(200)

    /// How long to wait before trying again to find room on a full disk.
    public var fullRetryDelay: Duration = .milliseconds(250)

    /// How much of the disk is kept back for the writes of closing and of opening on a full disk, in the file `reserve`.
    ///
    /// Holds a torn tail of the largest block, a footer and a lock file.
    package var reserveByteCount = 2 << 20

    /// Signs the checkpoints; `nil` for a log that has none.
    public var checkpointSigner: CheckpointSigner?

    /// How much time there may be between the checkpoints of a log that grows; so that, with the time to write one, there is
    /// one at least every minute.
    public var checkpointInterval: Duration = .seconds(50)

    /// How many bytes of decoded records reading keeps in memory, so that reading near them again is a look-up.
    public var blockCacheByteLimit = 32 << 20

    /// Whether full segments are packed anew in the background, into larger and better compressed blocks, and then get
    /// parity files, from which they can be repaired.
    public var packsSealedSegments = true

    /// The raw size of a packed block, smaller in tests; a longer record has a block of its own.
    package var packedBlockByteCount = SegmentPacker.blockByteCount

    /// Told of each thing that the check in the background finds wrong: a reason for alarm, as ``SegmentedLog/verification``
    /// says; called on a thread of the log's own, which it must not hold up.
    public var reportFinding: @Sendable (LogFinding) -> Void = { _ in }

    /// Whether opening reads all of every segment, for a log of which a record could not be read.
    package var readsAllAtOpen = false

    /// The clock for creation times and quarantine names; never read for records.
    package var now: @Sendable () -> Timestamp = { SystemClock.now }

    /// Makes the 16 random bytes that name a new log.
    package var makeLogID: @Sendable () -> LogID = { LogID.random() }

    /// Whether zero-filling and sealing run on the writer's thread, so that file operations come in one order.
    package var preparesInline = false

    /// Whether there are no threads at all, and the writer works only when `workByHand` is called; for tests.
    package var runsByHand = false

    /// The defaults.
    public init() {}
}

extension LogOptions {
    /// The room one block of the largest size may take.
    var blockExtentLimit: Int { BlockHeader.extent(storedByteCount: blockByteLimit) }

    /// The room a log keeps even when quiet: one block of the largest size and a mark.
    var leastRoom: Int { blockExtentLimit + BlockHeader.markExtent }

    func validate() throws(LogStorageError) {
        try require(blockByteLimit, in: 64...Format.rawByteLimit, "blockByteLimit")
        let least = SegmentHeader.byteCount + leastRoom
        try require(segmentByteCount, in: least...Format.segmentByteLimit, "segmentByteCount")
        try require(stagingByteLimit, in: 1...Int(Int32.max), "stagingByteLimit")
        try require(blockCacheByteLimit, in: 0...Int(UInt32.max), "blockCacheByteLimit")
        try require(linkRestartInterval, in: 0...Format.rawByteLimit, "linkRestartInterval")
        try require(zeroAheadByteCount, in: 0...Format.segmentByteLimit, "zeroAheadByteCount")
        try require(reserveByteCount, in: 0...Format.segmentByteLimit, "reserveByteCount")
        try require(packedBlockByteCount, in: 1...Format.rawByteLimit, "packedBlockByteCount")
        try require(zeroStepByteCount, in: 512...Format.segmentByteLimit, "zeroStepByteCount")
    }

    private func require(_ value: Int, in range: ClosedRange<Int>, _ name: String) throws(LogStorageError) {
        guard !range.contains(value) else { return }
        throw LogStorageError(
            .invalidArgument,
            "\(name) is \(value); it must be from \(range.lowerBound) to \(range.upperBound)"
        )
    }
}
