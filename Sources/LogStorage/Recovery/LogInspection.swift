import EventSourcing

/// All segments of a log as one walk over the files found them.
struct LogInspection {
    var segments: [WalkedSegment] = []
    var findings: [LogFinding] = []
    /// How many segments, from the first on, are intact as a prefix; the last of them may end in damage.
    var intactCount = 0
    /// The Merkle tree of the intact prefix.
    var tree = MerkleTree()
    /// Whether the tree is that of all records of the intact prefix.
    var knowsTree = true

    var damage: [LogFinding] { findings.filter(\.isDamage) }

    var tornTail: RecoveryReport.TornTail? {
        guard damage.isEmpty, let last = segments.last, case .torn(let byteCount) = last.tail else { return nil }
        return RecoveryReport.TornTail(segment: last.name, offset: last.blocksEnd, byteCount: byteCount)
    }

    /// The last record that was found whole, behind damage or not.
    var lastSequence: SequenceNumber {
        let next = segments.lazy.map(\.expected.sequence).max() ?? 0
        return SequenceNumber(max(next, 1) - 1)
    }

    /// What the intact prefix holds.
    var contents: LogContents {
        var contents = LogContents()
        contents.tree = tree
        for (segmentIndex, segment) in segments[..<intactCount].enumerated() {
            guard let header = segment.header else { break }
            contents.segments.append(
                LogSegment(
                    file: segment.file,
                    path: segment.path,
                    header: header,
                    durableEnd: segment.blocksEnd,
                    blockCount: segment.tally.statistics.blocks,
                    rawByteCount: segment.tally.statistics.rawBytes
                )
            )
            for entry in segment.tally.entries {
                contents.index.append(
                    LinkEntry(firstSequence: entry.firstSequence, segmentIndex: segmentIndex, offset: entry.offset)
                )
            }
            contents.statistics.add(segment.tally.statistics)
            contents.statistics.storedBytes += SegmentHeader.byteCount
            contents.statistics.segments += 1
            contents.lastRecordedAt = contents.statistics.lastAt?.microseconds ?? .min
            contents.lastBlockHoldsRecords = segment.tally.lastBlockHoldsRecords
        }
        return contents
    }
}

extension LogStatistics {
    /// Adds those of the segment that follows.
    mutating func add(_ next: LogStatistics) {
        head = max(head, next.head)
        events += next.events
        storedBytes += next.storedBytes
        rawBytes += next.rawBytes
        blocks += next.blocks
        firstAt = firstAt ?? next.firstAt
        lastAt = next.lastAt ?? lastAt
    }
}

/// Walks all segments of a log; changes nothing.
struct LogInspector {
    let fileSystem: any FileSystem
    /// The log's directory, where the segments are.
    let directory: String
    var organization: String?
    var depth = WalkDepth()

    private(set) var inspection = LogInspection()
    private var prefixIsIntact = true
    private var previous: WalkedSegment?
    private var logID: LogID?
    private(set) var trees: TreeWalk

    init(
        fileSystem: any FileSystem,
        directory: String,
        organization: String?,
        depth: WalkDepth = WalkDepth(),
        trees: TreeWalk = TreeWalk()
    ) {
        self.fileSystem = fileSystem
        self.directory = directory
        self.organization = organization
        self.depth = depth
        self.trees = trees
    }

    /// Walks the log.
    ///
    /// - Parameters:
    ///   - mode: How files are opened.
    ///   - progress: Called after each segment with the bytes read so far and in all.
    /// - Returns: What was found; damage is a finding.
    /// - Throws: When a file cannot be read.
    mutating func inspect(
        _ mode: FileMode,
        progress: (VerificationProgress) -> Void = { _ in }
    ) throws(LogStorageError) -> LogInspection {
        do {
            try inspectFiles(mode, progress)
        } catch {
            throw LogStorageError(error)
        }
        if depth.goesOnBehindDamage { try checkParity() }
        return inspection
    }

    private mutating func inspectFiles(
        _ mode: FileMode,
        _ progress: (VerificationProgress) -> Void
    ) throws(FileError) {
        let names = try fileSystem.list(directory).sorted()
        let segmentNames = names.filter { SegmentName.firstSequence($0) != nil }
        if depth.goesOnBehindDamage {
            for name in names
            where SegmentName.firstSequence(name) == nil && SegmentName.segment(ofParity: name) == nil
                && !SegmentName.isTemporary(name)
            {
                find(.foreign, name, "This file is no segment. Move it out of the log's directory.")
            }
        }
        var files: [WalkedSegment] = []
        for name in segmentNames {
            let path = Paths.join(directory, name)
            let file = try fileSystem.open(path, mode)
            let byteCount = try file.size()
            files.append(
                WalkedSegment(
                    name: name,
                    path: path,
                    file: file,
                    byteCount: byteCount,
                    expected: BlockExpectation(sequence: 0, recordedAt: .min)
                )
            )
        }
        let total = files.reduce(0) { $0 + $1.byteCount }
        var done = 0
        for (index, segment) in files.enumerated() {
            let next = index + 1 < files.count ? SegmentName.firstSequence(files[index + 1].name) : nil
            try walk(segment, nextFirstSequence: next, next: index + 1 < files.count ? files[index + 1] : nil)
            done += segment.byteCount
            progress(VerificationProgress(byteCount: done, totalByteCount: total))
            if !prefixIsIntact, !depth.goesOnBehindDamage { return }
        }
        if prefixIsIntact { inspection.tree = trees.tree }
        inspection.knowsTree = !trees.isBroken
    }

    private mutating func walk(
        _ file: WalkedSegment,
        nextFirstSequence: UInt64?,
        next: WalkedSegment?
    ) throws(FileError) {
        var segment = file
        let findingCount = inspection.findings.count
        let headerBytes = try segment.file.read(SegmentHeader.byteCount, at: 0)
        let follows = checkHeader(headerBytes, of: &segment)
        if inspection.findings.count > findingCount { endPrefix() }
        guard follows, let header = segment.header else {
            previous = nil
            inspection.segments.append(segment)
            return
        }
        segment.expected = BlockExpectation(
            sequence: header.firstSequence,
            previousChecksum: header.checksum,
            recordedAt: previous?.lastRecordedAt ?? .min
        )
        segment.lastRecordedAt = segment.expected.recordedAt
        if depth.trustsFooters, prefixIsIntact, let next, let known = try footerAlone(of: segment, before: next) {
            trees.skip(nodes: known.nodes ?? [])
            inspection.intactCount += 1
            inspection.segments.append(known)
            previous = known
            return
        }
        if depth.trustsFooters { readLeaves(before: header.firstSequence) }
        trees.begin(firstSequence: header.firstSequence)
        var walk = SegmentWalk(segment, nextFirstSequence: nextFirstSequence, depth: depth, trees: trees)
        try walk.run()
        trees = walk.trees
        inspection.findings += walk.findings
        segment = walk.segment
        if prefixIsIntact { inspection.intactCount += 1 }
        reportTail(of: segment, isLast: nextFirstSequence == nil)
        if segment.isDamaged || walk.findings.contains(where: \.isDamage) { endPrefix() }
        inspection.segments.append(segment)
        previous = segment
    }

    /// Adds the leaves of the records behind the last chunk of segments that were not read; fewer than 1,024.
    private mutating func readLeaves(before sequence: UInt64) {
        let first = UInt64(trees.tree.size) + 1
        guard first < sequence, !trees.isBroken else { return }
        let contents = inspection.contents
        let reader = LogReader(
            segments: contents.segments,
            index: contents.index,
            from: first,
            through: sequence - 1,
            cache: nil
        )
        do {
            try reader?
                .read { _, body in
                    trees.add(body)
                    return true
                }
        } catch {
            trees.stop()
        }
    }

    private mutating func endPrefix() {
        if prefixIsIntact { inspection.tree = trees.tree }
        prefixIsIntact = false
    }

    private mutating func reportTail(of segment: WalkedSegment, isLast: Bool) {
        switch segment.tail {
        case .rottenFooter(let offset):
            find(.footer, segment.name, LogFinding.Kind.footer.meaning, offset: offset)
        case .torn(let byteCount):
            find(
                .tornTail,
                segment.name,
                LogFinding.Kind.tornTail.meaning,
                offset: segment.blocksEnd,
                byteCount: byteCount
            )
        case .footer where isLast, .interruptedFooter where isLast:
            let next = SequenceNumber(segment.expected.sequence)
            inspection.findings.append(
                LogFinding(
                    segment: SegmentName.name(firstSequence: next.value),
                    offset: 0,
                    firstSequence: next,
                    kind: .missing,
                    meaning: "The segment before this one was sealed, so this one was there. Restore it from a backup."
                )
            )
        default: break
        }
    }

    mutating func add(_ finding: LogFinding) { inspection.findings.append(finding) }

    private mutating func find(
        _ kind: LogFinding.Kind,
        _ name: String,
        _ meaning: String,
        offset: Int = 0,
        byteCount: Int? = nil
    ) {
        inspection.findings.append(
            LogFinding(segment: name, offset: offset, byteCount: byteCount, kind: kind, meaning: meaning)
        )
    }
}

// MARK: - Segment headers

extension LogInspector {
    /// Checks a header and what it says of the segment before; `false` when its blocks cannot be read.
    private mutating func checkHeader(_ bytes: [UInt8], of segment: inout WalkedSegment) -> Bool {
        let named = SegmentName.firstSequence(segment.name) ?? 0
        let header: SegmentHeader
        do {
            header = try unsafe SegmentHeader(bytes.span.bytes)
        } catch {
            var kind = LogFinding.Kind.rotten
            if case .newer = error { kind = .newerFormat }
            if bytes.count < SegmentHeader.byteCount { kind = .missing }
            inspection.findings.append(
                LogFinding(
                    segment: segment.name,
                    offset: 0,
                    byteCount: bytes.count,
                    firstSequence: SequenceNumber(named),
                    kind: kind,
                    meaning: kind.meaning
                )
            )
            return false
        }
        segment.header = header
        guard header.logID == logID ?? header.logID, header.organization == organization ?? header.organization else {
            find(.foreign, segment.name, LogFinding.Kind.foreign.meaning)
            return false
        }
        logID = header.logID
        organization = header.organization
        checkPlace(of: header, in: segment.name, named)
        return true
    }

    private mutating func checkPlace(of header: SegmentHeader, in name: String, _ named: UInt64) {
        if header.firstSequence != named {
            find(
                .foreign,
                name,
                "The file's name is not that of its first record, \(header.firstSequence). Rename it back."
            )
        }
        let isFirst = inspection.segments.isEmpty
        let expected = isFirst ? 1 : previous?.expected.sequence
        if let expected, header.firstSequence > expected {
            inspection.findings.append(
                LogFinding(
                    segment: SegmentName.name(firstSequence: expected),
                    offset: 0,
                    firstSequence: SequenceNumber(expected),
                    lastSequence: SequenceNumber(header.firstSequence - 1),
                    kind: .missing,
                    meaning: LogFinding.Kind.missing.meaning
                )
            )
            return
        }
        guard let previous, !previous.isDamaged else { return }
        let checksum = previous.chainChecksum
        if header.firstSequence != expected || checksum.map({ $0 != header.previousChecksum }) ?? false {
            find(.brokenChain, name, LogFinding.Kind.brokenChain.meaning)
        } else if let digest = previous.chainDigest, digest != header.previousDigest {
            find(
                .brokenChain,
                name,
                "The segment before is not the one this one was written after. Restore it from a backup."
            )
        }
    }
}
