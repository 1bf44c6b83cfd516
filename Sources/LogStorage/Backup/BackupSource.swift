import EventSourcing

/// An organization's log as a backup sees it: its files, opened once, each up to its durable end.
///
/// Needs the directory alone, and changes nothing in it. Beside a running writer the last block that is whole is taken
/// for durable once a sync of the file through this handle returned.
struct BackupSource {
    /// One segment: what was opened is what is copied, whatever happens to its name meanwhile.
    struct Part {
        var name: String
        var file: StorageFile
        /// How much of it belongs to the backup.
        var byteCount: Int
        var firstSequence: SequenceNumber
        var lastSequence: SequenceNumber
        /// Of a sealed segment, from its footer.
        var footer: SegmentFooter?
    }

    private(set) var parts: [Part] = []
    private(set) var logID: LogID?
    private(set) var organization = ""
    private let files: StorageFiles
    private let directory: String

    /// How often to look again when files were renamed, sealed or written meanwhile.
    private static let attemptLimit = 5

    /// Opens all segments of the log in `directory`.
    init(directory: String, files: StorageFiles) throws(LogStorageError) {
        self.files = files
        self.directory = directory
        for attempt in 1... {
            do {
                try openAll()
                return
            } catch {
                // A segment that was packed meanwhile has another file now, and the one that was opened has no name.
                let isReplaced = error.cause?.errorNumber == FileError.notFoundNumber
                guard error.code == .damaged || isReplaced, attempt < Self.attemptLimit else { throw error }
                for part in parts { part.file.close() }
                parts = []
            }
        }
    }

    var head: SequenceNumber { parts.last?.lastSequence ?? .none }

    func close() {
        for part in parts { part.file.close() }
    }

    private mutating func openAll() throws(LogStorageError) {
        let names = try files.list(directory).filter { SegmentName.firstSequence($0) != nil }
        guard !names.isEmpty else {
            throw LogStorageError(.notFound, "There is no log here; check the path", path: directory)
        }
        for (index, name) in names.enumerated() {
            let path = Paths.join(directory, name)
            guard let file = try files.open(path) else { throw Self.damage("The segment is gone", path) }
            let next = index + 1 < names.count ? SegmentName.firstSequence(names[index + 1]) : nil
            let part = try open(file, name, nextFirstSequence: next)
            guard part.firstSequence == (parts.last?.lastSequence ?? .none).next else {
                throw Self.damage("Records are missing before \(part.firstSequence)", path)
            }
            parts.append(part)
        }
    }

    private mutating func open(
        _ file: StorageFile,
        _ name: String,
        nextFirstSequence: UInt64?
    ) throws(LogStorageError) -> Part {
        let header = try header(of: file)
        logID = header.logID
        organization = header.organization
        var part = Part(
            name: name,
            file: file,
            byteCount: try file.size(),
            firstSequence: SequenceNumber(header.firstSequence),
            lastSequence: .none
        )
        guard SegmentName.name(firstSequence: header.firstSequence) == name else {
            throw Self.damage("The file's name is not that of its first record", file.path)
        }
        if let footer = try file.footer(endingAt: part.byteCount), footer.firstSequence == header.firstSequence {
            part.lastSequence = SequenceNumber(footer.nextSequence - 1)
            part.footer = footer
            guard nextFirstSequence == nil else { return part }
            // Sealed since the directory was listed; then the next segment was there before the footer was. Packed, too: what
            // stands before its footer is no segment that a log can end with, so look again.
            guard !header.isPacked else { throw Self.damage("The segment after this one is missing", file.path) }
            let names = try files.list(directory)
            guard names.contains(SegmentName.name(firstSequence: footer.nextSequence)) else {
                throw Self.damage("The segment after this one is missing", file.path)
            }
            part.byteCount = footer.offset
            part.footer = nil
            return part
        }
        try walk(&part, header, nextFirstSequence)
        return part
    }

    private func header(of file: StorageFile) throws(LogStorageError) -> SegmentHeader {
        let bytes = try file.read(SegmentHeader.byteCount, at: 0)
        let header: SegmentHeader
        do {
            header = try unsafe SegmentHeader(bytes.span.bytes)
        } catch {
            if case .newer = error {
                throw LogStorageError(.newerFormat, LogFinding.Kind.newerFormat.meaning, path: file.path)
            }
            throw Self.damage("The segment's header is not what was written", file.path)
        }
        guard header.logID == logID ?? header.logID else {
            throw Self.damage("This segment belongs to another log", file.path)
        }
        return header
    }

    /// Finds the durable end of a segment without a footer, checking every block.
    private func walk(
        _ part: inout Part,
        _ header: SegmentHeader,
        _ nextFirstSequence: UInt64?
    ) throws(LogStorageError) {
        let segment = WalkedSegment(
            name: part.name,
            path: part.file.path,
            file: part.file.file,
            byteCount: part.byteCount,
            header: header,
            expected: BlockExpectation(
                sequence: header.firstSequence,
                previousChecksum: header.checksum,
                recordedAt: .min
            )
        )
        // The records before are not read, so the tree cannot be known here.
        var trees = TreeWalk()
        trees.stop()
        var walk = SegmentWalk(segment, nextFirstSequence: nextFirstSequence, depth: WalkDepth(), trees: trees)
        try withFileErrors { () throws(FileError) in
            try walk.run()
            try part.file.file.sync()
        }
        if let finding = walk.findings.first(where: \.isDamage) { throw Self.damage("\(finding)", part.file.path) }
        part.byteCount = walk.segment.blocksEnd
        part.lastSequence = SequenceNumber(walk.segment.expected.sequence - 1)
    }

    static func damage(_ what: String, _ path: String) -> LogStorageError {
        LogStorageError(
            .damaged,
            "\(what); nothing was backed up, and earlier backups are as they were. See 'patronctl verify'",
            path: path
        )
    }
}
