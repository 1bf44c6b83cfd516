/// How much zeroed and synced room is certain: in the active segment and in the spare one.
struct LogRoom: Hashable {
    /// Where the next block goes in the active segment.
    var writeOffset: Int
    /// How far the active segment is zeroed.
    var zeroedEnd: Int
    /// Where the active segment's blocks must end.
    var segmentEnd: Int
    /// How far the spare segment is zeroed; `nil` when there is none.
    var spareZeroedEnd: Int?
    /// Bytes written since the log was opened, which says how much room is worth keeping.
    var writtenByteCount = 0
    /// Whether the active segment is to end before it is full.
    var wantsSpare = false
    /// Whether the last try to make room met a full disk.
    var isStorageFull = false

    var activeByteCount: Int { max(0, min(zeroedEnd, segmentEnd) - writeOffset) }

    var spareByteCount: Int { max(0, (spareZeroedEnd ?? 0) - SegmentHeader.byteCount) }

    /// The most that may be staged: all of it goes to the active segment, or what does not fit goes to the spare.
    ///
    /// Room for the mark that closes the log is kept back.
    var certainByteCount: Int { max(0, max(activeByteCount, spareByteCount) - BlockHeader.markExtent) }

    /// What should be done to keep enough room.
    func nextPreparation(_ options: LogOptions) -> RoomPreparation? {
        let wanted = max(options.leastRoom, min(options.zeroAheadByteCount, 4 * writtenByteCount))
        if activeByteCount < wanted, zeroedEnd < segmentEnd {
            return .extendActive(
                from: zeroedEnd,
                to: min(segmentEnd, writeOffset + wanted + wanted / 8, zeroedEnd + options.zeroStepByteCount)
            )
        }
        guard wantsSpare || zeroedEnd >= segmentEnd && activeByteCount < wanted + options.leastRoom else { return nil }
        let spareWanted = min(options.segmentByteCount, SegmentHeader.byteCount + wanted)
        guard let spareZeroedEnd else { return .makeSpare(zeroedEnd: SegmentHeader.byteCount + options.leastRoom) }
        guard spareZeroedEnd < spareWanted else { return nil }
        return .extendSpare(
            from: spareZeroedEnd,
            to: min(options.segmentByteCount, spareZeroedEnd + options.zeroStepByteCount)
        )
    }
}

/// One step towards enough room.
enum RoomPreparation: Hashable {
    case extendActive(from: Int, to: Int)
    case makeSpare(zeroedEnd: Int)
    case extendSpare(from: Int, to: Int)
}
