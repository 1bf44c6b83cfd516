import EventSourcing

// Compaction on demand. Each segment is replaced as a whole or not at all, so one that was stopped anywhere is begun again
// with the segments that are left to do.
extension LogKeeper {
    /// What is in a segment.
    struct Census {
        var recordCount = 0
        var huskCount = 0
        var redactableCount = 0
        /// Where the blocks begin that hold something redactable.
        var redactableBlocks: Set<Int> = []
    }

    /// Packs what may gain by it, and takes away what is redactable.
    mutating func compact(_ job: CompactionJob) -> CompactionReport {
        self.job = job
        defer { self.job = nil }
        var report = CompactionReport(isDryRun: job.isDryRun)
        let segments = core.withState(\.segments)
        job.begin(segments.reduce(0) { $0 + $1.durableEnd })
        if job.redaction != nil, let active = segments.last { compactActive(active, &report) }
        var done = 0
        guard report.stop == nil else { return report }
        let sealed = core.withState { Array(zip($0.segments, $0.segments.dropFirst().map(\.header))) }
        for (segment, next) in sealed {
            guard isWanted, waitForFooter(of: segment) else {
                report.stop = stop
                return report
            }
            compact(segment, next: next, &report)
            if report.stop != nil { return report }
            done += segment.durableEnd
            job.reach(done)
        }
        return report
    }

    /// Sees to it that what is redactable lies in sealed segments.
    private mutating func compactActive(_ active: LogSegment, _ report: inout CompactionReport) {
        do {
            guard try census(of: active).redactableCount > 0 else { return }
            if report.isDryRun {
                try estimate(active, &report)
            } else if !seal(active) {
                report.stop = stop
            }
        } catch {
            report.failures.append("\(Paths.lastComponent(active.path)): \(error)")
        }
    }

    private var stop: CompactionReport.Stop {
        if job?.isCancelled ?? false { return .cancelled }
        return core.withState { $0.phase == .open } ? .storageFull : .closed
    }

    /// Compacts one segment, and adds it to the report.
    private mutating func compact(_ segment: LogSegment, next: SegmentHeader, _ report: inout CompactionReport) {
        do {
            if report.isDryRun { return try estimate(segment, &report) }
            let census = try census(of: segment)
            guard isWanted else { return report.stop = stop }
            guard census.redactableCount > 0 || core.withState({ $0.isDue(segment) }) else {
                return report.add(segment, census)
            }
            switch pack(segment, next: next, changes: changes(census)) {
            case .replaced: report.add(segment, census, replacedBy: current(segment))
            case .kept:
                core.withState { _ = $0.keeping.settled.insert(segment.header.firstSequence) }
                report.add(segment, census)
            case .failed(let reason): report.failures.append("\(Paths.lastComponent(segment.path)): \(reason)")
            case .full: report.stop = .storageFull
            case .stopped: report.stop = stop
            }
        } catch {
            report.failures.append("\(Paths.lastComponent(segment.path)): \(error)")
        }
    }

    /// Finds out what compacting a segment would gain, without writing anything.
    private mutating func estimate(_ segment: LogSegment, _ report: inout CompactionReport) throws {
        let census = try census(of: segment)
        guard isWanted else { return report.stop = stop }
        let isDue = core.withState { $0.isDue(segment) }
        guard census.redactableCount > 0 || isDue else { return report.add(segment, census) }
        var packer = try SegmentPacker(
            segment.header,
            origin: SegmentHeader.Origin(lastChecksum: 0, digest: .zeroes(32)),
            into: DiscardingFile(),
            path: segment.path,
            changes: changes(census),
            blockByteCount: core.options.packedBlockByteCount
        )
        var scanner = BlockScanner(segment)
        reading = .compaction
        defer { reading = .nothing }
        while let header = try scanner.advance() {
            try packer.add(header, from: &scanner)
            guard goesOn(after: header.extent) else { return report.stop = stop }
        }
        let footer = try packer.finish(nodes: [])
        guard census.redactableCount > 0 || footer.offset <= Self.limit(for: segment) else {
            return report.add(segment, census)
        }
        var packed = segment
        packed.durableEnd = footer.offset
        packed.rawByteCount = footer.rawByteCount
        report.add(segment, census, replacedBy: packed)
    }

    /// Counts what is in the durable part of a segment; what was counted so far when the work was stopped.
    private mutating func census(of segment: LogSegment) throws -> Census {
        let redaction = job?.redaction
        var census = Census()
        var scanner = BlockScanner(segment)
        while let header = try scanner.next() {
            try scanner.visitRecords(of: header) { sequence, _, body in
                census.recordCount += 1
                if RecordLeaf.huskHash(body) != nil { census.huskCount += 1 }
                if try redaction?(SequenceNumber(sequence), body) != nil {
                    census.redactableCount += 1
                    census.redactableBlocks.insert(header.offset)
                }
                return true
            }
            guard goesOn(after: header.extent) else { break }
        }
        return census
    }

    private func changes(_ census: Census) -> SegmentChanges? {
        guard census.redactableCount > 0, let redaction = job?.redaction else { return nil }
        return SegmentChanges(redaction: redaction, blocks: census.redactableBlocks)
    }

    private func current(_ segment: LogSegment) -> LogSegment {
        let first = segment.header.firstSequence
        return core.withState { state in state.segments.first { $0.header.firstSequence == first } } ?? segment
    }

    // MARK: Waiting for others

    /// Lets the writer end this segment, when it is still the active one; `false` when it does not.
    private func seal(_ active: LogSegment) -> Bool {
        guard !core.options.runsByHand else { return true }
        let sleepers = core.withState { state in
            if state.isActive(active) { _ = state.requestSeal(nil) }
            return state.takeSleepers()
        }
        core.wake(sleepers)
        while core.withState({ $0.isActive(active) }) {
            // A full disk takes the wish back.
            guard isWanted, core.withState({ $0.room.wantsSpare || !$0.isActive(active) }) else { return false }
            _ = core.sleepKeeper(Self.pause)
        }
        return true
    }

    /// Waits until the footer is written; `false` when it cannot be.
    private func waitForFooter(of segment: LogSegment) -> Bool {
        while core.withState({ state in state.seals.contains { $0.file === segment.file } }) {
            guard isWanted, !core.options.runsByHand, !core.withState({ $0.room.isStorageFull }) else { return false }
            _ = core.sleepKeeper(Self.pause)
        }
        return true
    }

    private static let pause: Duration = .milliseconds(2)

    // MARK: Those who ask

    /// Tells those who still wait that the log takes no more.
    func refuseJobs() {
        let (jobs, refusal) = core.withState { state in
            defer { state.keeping.jobs = [] }
            return (state.keeping.jobs, state.refusal ?? .closed)
        }
        for job in jobs { job.finish(.failure(refusal)) }
    }
}

extension LogState {
    fileprivate func isActive(_ segment: LogSegment) -> Bool { segments.last?.file === segment.file }
}

extension CompactionReport {
    /// Adds a segment that was looked at, and what came in its place.
    fileprivate mutating func add(
        _ segment: LogSegment,
        _ census: LogKeeper.Census,
        replacedBy packed: LogSegment? = nil
    ) {
        segmentCount += 1
        if packed != nil { rewrittenSegmentCount += 1 }
        before.add(segment, census.recordCount, huskCount: census.huskCount)
        let redactedCount = packed == nil ? 0 : census.redactableCount
        after.add(packed ?? segment, census.recordCount, huskCount: census.huskCount + redactedCount)
    }
}

extension CompactionReport.Size {
    fileprivate mutating func add(_ segment: LogSegment, _ recordCount: Int, huskCount: Int) {
        storedByteCount += segment.durableEnd
        rawByteCount += segment.rawByteCount
        eventCount += recordCount - huskCount
        self.huskCount += huskCount
    }
}
