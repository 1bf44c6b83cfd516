/// What the keeper has done and left, as part of the log's state.
struct KeepingState: Sendable {
    /// First sequences of the segments whose blocks opening did not read, and nobody since.
    var unread: Set<UInt64> = []
    var verification = LogVerification()
    /// What is to be compacted, in the order in which it was asked for.
    var jobs: [CompactionJob] = []
    /// First sequences of the segments that are to stay as they are: packing gained nothing, or they cannot be packed.
    var settled: Set<UInt64> = []
    /// First sequences of the sealed segments that have their parity files, or of which there can be none.
    var protected: Set<UInt64> = []
    var sleeps = false

    init() {}

    /// What opening left.
    init(_ inspection: LogInspection) {
        for segment in inspection.segments where !segment.wasRead {
            unread.insert(segment.header?.firstSequence ?? 0)
            verification.progress.totalByteCount += segment.byteCount
        }
    }
}

/// What the keeper does next.
enum KeepingStep: Sendable {
    case compact(CompactionJob)
    /// Check all of this segment, of which opening read the footer alone.
    case verify(LogSegment, next: SegmentHeader)
    /// Pack this segment; the header after it says what it must be.
    case pack(LogSegment, next: SegmentHeader)
    /// Write the parity file of this segment, which is packed or stays as it is.
    case protect(LogSegment)
    case nothing
}

/// How the keeper goes on.
enum KeeperRest: Sendable {
    case workOn
    case sleep
    case stop
}

extension LogState {
    var nextKeepingStep: KeepingStep {
        guard phase == .open else { return .nothing }
        if let job = keeping.jobs.first { return .compact(job) }
        for (segment, next) in zip(segments, segments.dropFirst())
        where keeping.unread.contains(segment.header.firstSequence) {
            return .verify(segment, next: next.header)
        }
        guard options.packsSealedSegments else { return .nothing }
        for (segment, next) in zip(segments, segments.dropFirst())
        where !seals.contains(where: { $0.file === segment.file }) {
            if isDue(segment) { return .pack(segment, next: next.header) }
            if !keeping.protected.contains(segment.header.firstSequence) { return .protect(segment) }
        }
        return .nothing
    }

    /// Whether packing it may gain something.
    func isDue(_ segment: LogSegment) -> Bool {
        !segment.header.isPacked && !keeping.settled.contains(segment.header.firstSequence)
    }

    /// Decides how the keeper goes on after it did what it could.
    ///
    /// - Parameter waits: Whether the disk was too full for what is left.
    /// - Returns: Whether it works on, sleeps or stops.
    mutating func keeperRest(waits: Bool) -> KeeperRest {
        guard phase == .open else { return .stop }
        guard keeping.jobs.isEmpty else { return .workOn }
        if case .nothing = nextKeepingStep {} else if !waits { return .workOn }
        keeping.sleeps = true
        return .sleep
    }

    /// Notes what the check of a whole segment found.
    mutating func finishVerifying(_ segment: LogSegment, _ findings: [LogFinding], doneByteCount: Int) {
        let first = segment.header.firstSequence
        keeping.unread.remove(first)
        keeping.verification.progress.byteCount = doneByteCount
        keeping.verification.findings += findings
        if !findings.isEmpty { keeping.settled.insert(first) }
    }

    /// Puts the packed file, larger by `growth`, in the place of the segment it was made from.
    mutating func replace(_ source: LogSegment, with packed: PackedSegment, growth: Int) {
        if keeping.unread.contains(source.header.firstSequence) {
            keeping.verification.progress.totalByteCount += growth
        }
        guard let place = segments.firstIndex(where: { $0.file === source.file }) else { return }
        var segment = packed.segment
        segment.generation = source.generation + 1
        segments[place] = segment
        statistics.storedBytes += segment.durableEnd - source.durableEnd
        statistics.blocks += segment.blockCount - source.blockCount
        statistics.rawBytes += segment.rawByteCount - source.rawByteCount
        let old = index.firstIndex { $0.segmentIndex == place } ?? index.count
        let end = index[old...].firstIndex { $0.segmentIndex != place } ?? index.count
        index.replaceSubrange(
            old..<end,
            with: packed.entries.map {
                LinkEntry(firstSequence: $0.firstSequence, segmentIndex: place, offset: $0.offset)
            }
        )
    }
}
