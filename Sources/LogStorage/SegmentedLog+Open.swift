import Crypto
import EventSourcing

extension SegmentedLog {
    /// Opens an organization's log to append to it, and makes it when there is none.
    ///
    /// A torn tail is kept in `quarantine/` and cut; on damage the log opens read-only. Both are in ``recovery``.
    /// Reads the last segment, and of those before it header and footer; their blocks are checked in the background
    /// (``verification``), unless anything is wrong: then all is read at once. The caller holds the data directory's lock (``DataDirectory``).
    ///
    /// - Parameters:
    ///   - directory: The organization's directory; the log is in `log/` below it, and its name names the organization.
    ///   - options: Limits and habits.
    /// - Returns: The log, which only reads when something is damaged.
    /// - Throws: When a file cannot be read or made, or the options are outside their limits.
    public static func open(
        directory: String,
        options: LogOptions = LogOptions()
    ) throws(LogStorageError) -> SegmentedLog {
        try open(directory: directory, options: options, fileSystem: POSIXFileSystem())
    }

    /// Opens a log in some file system.
    package static func open(
        directory: String,
        options: LogOptions,
        fileSystem: any FileSystem
    ) throws(LogStorageError) -> SegmentedLog {
        try options.validate()
        return try LogOpener(directory: directory, options: options, fileSystem: fileSystem).open()
    }

    /// Opens an organization's log to read it: takes nothing, changes nothing, and works beside a running writer.
    ///
    /// What is durable at the time of the call can be read; the log does not follow the writer.
    ///
    /// - Parameters:
    ///   - directory: The organization's directory.
    ///   - readsAll: Whether every byte is read and checked; else, where nothing is wrong with them, header and footer of the segments
    ///     before the last, for a caller that has just verified the log.
    /// - Returns: The log; what is damaged is in ``recovery``.
    /// - Throws: `notFound`, or when a file cannot be read.
    public static func openReadOnly(
        directory: String,
        readsAll: Bool = true
    ) throws(LogStorageError) -> SegmentedLog {
        try openReadOnly(directory: directory, readsAll: readsAll, fileSystem: POSIXFileSystem())
    }

    /// Opens a log in some file system to read it.
    package static func openReadOnly(
        directory: String,
        readsAll: Bool = true,
        fileSystem: any FileSystem
    ) throws(LogStorageError) -> SegmentedLog {
        try LogOpener(directory: directory, options: LogOptions(), fileSystem: fileSystem)
            .openReadOnly(readsAll: readsAll)
    }
}

/// The steps of opening a log.
struct LogOpener {
    let directory: String
    let options: LogOptions
    let fileSystem: any FileSystem

    private var logDirectory: String { Paths.join(directory, "log") }
    private var quarantineDirectory: String { Paths.join(directory, "quarantine") }
    var organization: String { Paths.lastComponent(directory) }
    private var reserve: ReserveFile {
        ReserveFile(
            organizationDirectory: directory,
            byteCount: options.reserveByteCount,
            fileSystem: fileSystem
        )
    }

    func openReadOnly(readsAll: Bool) throws(LogStorageError) -> SegmentedLog {
        try UnfinishedRestore.refuse(directory, fileSystem)
        var inspection = try inspectToRead(WalkDepth(trustsFooters: !readsAll))
        if !readsAll, !inspection.damage.isEmpty || !inspection.knowsTree { inspection = try inspectToRead() }
        // A segment may have been sealed, and the next begun, since the directory was listed.
        if !inspection.damage.isEmpty { inspection = try inspectToRead() }
        guard !inspection.segments.isEmpty else {
            throw LogStorageError(.notFound, "There is no log here; check the path", path: logDirectory)
        }
        var report = RecoveryReport()
        report.tornTail = inspection.tornTail
        report.damage = inspection.damage
        return makeReadOnly(inspection, report, reason: "it was opened to read only")
    }

    private func inspectToRead(_ depth: WalkDepth = WalkDepth()) throws(LogStorageError) -> LogInspection {
        var inspector = LogInspector(
            fileSystem: fileSystem,
            directory: logDirectory,
            organization: organization,
            depth: depth
        )
        do {
            return try inspector.inspect(.read)
        } catch  where error.code == .inputOutput && error.cause?.errorNumber == FileError.notFoundNumber {
            throw LogStorageError(.notFound, "There is no log here; check the path", path: logDirectory)
        }
    }

    func makeReadOnly(_ inspection: LogInspection, _ report: RecoveryReport, reason: String) -> SegmentedLog {
        let state = LogState(
            options: options,
            contents: inspection.contents,
            phase: .readOnly(reason: reason),
            room: LogRoom(writeOffset: 0, zeroedEnd: 0, segmentEnd: 0)
        )
        return SegmentedLog(core: makeCore(state, inspection.contents.tree), recovery: report)
    }

    private func makeCore(_ state: LogState, _ tree: MerkleTree, _ checkpoints: CheckpointKeeper? = nil) -> LogCore {
        LogCore(
            directory: logDirectory,
            reserve: reserve,
            fileSystem: fileSystem,
            options: options,
            state: state,
            tree: tree,
            checkpoints: checkpoints
        )
    }

    func open() throws(LogStorageError) -> SegmentedLog {
        guard (1...Format.organizationByteLimit).contains(organization.utf8.count) else {
            throw LogStorageError(
                .invalidArgument,
                "An organization's name has 1 to \(Format.organizationByteLimit) bytes",
                path: directory
            )
        }
        try UnfinishedRestore.refuse(directory, fileSystem)
        let found: (LogInspection, CheckpointStanding)
        do {
            try makeDirectories()
            found = try inspectToWrite()
        } catch {
            guard error.isStorageFull || error.forbidsWriting else { throw error }
            return try openToReadOnly(because: error)
        }
        let (inspection, standing) = found
        var report = RecoveryReport()
        report.damage = inspection.damage
        if let first = report.damage.first {
            return makeReadOnly(inspection, report, reason: "the log is damaged: \(first)")
        }
        if let finding = standing.disagreement {
            report.damage = [finding]
            return makeReadOnly(inspection, report, reason: "the log is not the one that was signed: \(finding)")
        }
        do {
            return try openIntact(inspection, standing, &report)
        } catch {
            let failure = LogStorageError(error)
            guard failure.isStorageFull || failure.forbidsWriting, !inspection.segments.isEmpty else { throw failure }
            return try openToReadOnly(because: failure)
        }
    }

    private func inspectToWrite() throws(LogStorageError) -> (LogInspection, CheckpointStanding) {
        for depth in [WalkDepth(trustsFooters: !options.readsAllAtOpen), WalkDepth()] {
            var inspector = LogInspector(
                fileSystem: fileSystem,
                directory: logDirectory,
                organization: organization,
                depth: depth
            )
            let inspection = try inspector.inspect(.readWrite)
            let isIntact = inspection.damage.isEmpty && inspection.knowsTree
            // Where anything is wrong, all that is wrong is to be known.
            if !isIntact, depth.trustsFooters { continue }
            do {
                let standing = isIntact ? try checkpointStanding(inspection) : CheckpointStanding()
                if standing.disagreement == nil || !depth.trustsFooters { return (inspection, standing) }
            } catch {
                guard depth.trustsFooters, error.code == .damaged else { throw error }
            }
        }
        return (LogInspection(), CheckpointStanding())
    }

    /// Opens to read only what cannot be opened to write: better than not at all.
    private func openToReadOnly(because error: LogStorageError) throws(LogStorageError) -> SegmentedLog {
        let inspection = try inspectToRead()
        guard !inspection.segments.isEmpty else { throw error }
        var report = RecoveryReport()
        report.tornTail = inspection.tornTail
        report.damage = inspection.damage
        return makeReadOnly(inspection, report, reason: "\(error), then start again")
    }

    private func makeDirectories() throws(LogStorageError) {
        do {
            try reserve.helping { () throws(FileError) in
                try fileSystem.createDirectory(logDirectory)
                try fileSystem.createDirectory(quarantineDirectory)
                try fileSystem.createDirectory(checkpointStore.directory)
            }
            try fileSystem.syncDirectory(directory)
            if let parent = Paths.parent(directory) { try fileSystem.syncDirectory(parent) }
        } catch {
            throw LogStorageError(error)
        }
    }

    private func openIntact(
        _ inspection: LogInspection,
        _ standing: CheckpointStanding,
        _ report: inout RecoveryReport
    ) throws(FileError) -> SegmentedLog {
        try removeTemporaryFiles()
        var contents = inspection.contents
        let active: LogWriter.ActiveSegment
        if let last = inspection.segments.last, let header = last.header {
            report.tornTail = try reserve.helping { () throws(FileError) in try setAsideTail(inspection) }
            try reserve.helping { () throws(FileError) in try settleTail(of: last) }
            active = LogWriter.ActiveSegment(last, header)
        } else {
            active = try makeFirstSegment()
            report.created = true
            contents.segments = [
                LogSegment(file: active.file, path: active.path, header: active.header, durableEnd: active.offset)
            ]
            contents.statistics.segments = 1
            contents.statistics.storedBytes = SegmentHeader.byteCount
        }
        let room = LogRoom(
            writeOffset: active.offset,
            zeroedEnd: active.offset,
            segmentEnd: max(options.segmentByteCount, active.offset)
        )
        var state = LogState(options: options, contents: contents, phase: .open, room: room)
        state.seals = inspection.unsealed
        state.reserveIsWhole = try reserve.byteCount() >= options.reserveByteCount
        state.keeping = KeepingState(inspection)
        let checkpoints = makeCheckpointKeeper(active.header.logID, standing)
        return try start(makeCore(state, contents.tree, checkpoints), active, report)
    }

    private func start(
        _ core: LogCore,
        _ active: LogWriter.ActiveSegment,
        _ report: RecoveryReport
    ) throws(FileError) -> SegmentedLog {
        var preparer = LogPreparer(core: core)
        // The first room, so that the first append finds some; a full disk is no reason not to open.
        try preparer.workOnce()
        if options.runsByHand {
            return SegmentedLog(core: core, recovery: report, writer: LogWriter(core: core, active: active))
        }
        do {
            try core.startThread {
                var writer = LogWriter(core: core, active: active)
                writer.run()
            }
            if !options.preparesInline {
                try core.startThread { [preparer] in
                    var preparer = preparer
                    preparer.run()
                }
            }
            try core.startThread {
                var keeper = LogKeeper(core: core)
                keeper.run()
            }
        } catch {
            let cause = error.cause
            throw FileError(operation: cause?.operation ?? "", path: directory, errorNumber: cause?.errorNumber ?? 0)
        }
        return SegmentedLog(core: core, recovery: report)
    }

    private func removeTemporaryFiles() throws(FileError) {
        var isChanged = false
        for name in SegmentName.temporary {
            do {
                try fileSystem.remove(Paths.join(logDirectory, name))
                isChanged = true
            } catch {
                if !error.isNotFound { throw error }
            }
        }
        // Gone for good before another file gets the name, and then a segment's name.
        if isChanged { try fileSystem.syncDirectory(logDirectory) }
    }

    private func makeFirstSegment() throws(FileError) -> LogWriter.ActiveSegment {
        let spare = Paths.join(logDirectory, SegmentName.spare)
        let path = Paths.join(logDirectory, SegmentName.name(firstSequence: 1))
        var header = SegmentHeader(
            logID: options.makeLogID(),
            firstSequence: 1,
            createdAt: options.now().microseconds,
            organization: organization
        )
        let bytes = header.encode()
        let file = try fileSystem.open(spare, .create)
        try file.write(bytes, at: 0)
        try file.sync()
        try fileSystem.rename(spare, to: path)
        try fileSystem.syncDirectory(logDirectory)
        return LogWriter.ActiveSegment(file: file, path: path, header: header, headerBytes: bytes)
    }
}

// MARK: - The end of the last segment

extension LogOpener {
    /// Copies a torn tail to the quarantine and says so; cutting comes after.
    private func setAsideTail(_ inspection: LogInspection) throws(FileError) -> RecoveryReport.TornTail? {
        guard var tail = inspection.tornTail, let segment = inspection.segments.last else { return nil }
        let bytes = try segment.file.read(tail.byteCount, at: tail.offset)
        let stem = "\(tail.segment)-\(tail.offset)-\(options.now().microseconds)"
        let names = Set(try fileSystem.list(quarantineDirectory))
        var name = stem + ".tail"
        var attempt = 1
        while names.contains(name) {
            attempt += 1
            name = "\(stem)-\(attempt).tail"
        }
        let path = Paths.join(quarantineDirectory, name)
        let file = try fileSystem.open(path, .create)
        defer { file.close() }
        do {
            try file.write(bytes, at: 0)
            try file.sync()
        } catch {
            // Half a copy is worth nothing, and takes room.
            if error.isStorageFull { try? fileSystem.remove(path) }
            throw error
        }
        try fileSystem.syncDirectory(quarantineDirectory)
        tail.quarantineFile = path
        return tail
    }

    /// Cuts what lies behind the last block, and makes sure of that block itself.
    ///
    /// It may have been read from the system's cache after a sync of it failed, so it is written once more and synced;
    /// those before it were synced before it was written.
    private func settleTail(of segment: WalkedSegment) throws(FileError) {
        if segment.byteCount > segment.blocksEnd { try segment.file.truncate(to: segment.blocksEnd) }
        if let offset = segment.lastBlockOffset {
            try segment.file.write(try segment.file.read(segment.blocksEnd - offset, at: offset), at: offset)
        }
        try segment.file.sync()
    }
}

extension LogInspection {
    /// The segments before the last that have no footer yet.
    var unsealed: [SealJob] {
        zip(segments, segments.dropFirst())
            .compactMap { segment, next in
                guard segment.tail == .clean || segment.tail == .interruptedFooter, let header = next.header else {
                    return nil
                }
                var footer = segment.footer(digest: [])
                footer.digest = header.previousDigest
                return SealJob(file: segment.file, footer: footer)
            }
    }
}

extension LogWriter.ActiveSegment {
    /// The last segment of a log that was walked.
    init(_ segment: WalkedSegment, _ header: SegmentHeader) {
        let statistics = segment.tally.statistics
        file = segment.file
        path = segment.path
        self.header = header
        offset = segment.blocksEnd
        lastChecksum = segment.expected.previousChecksum ?? header.checksum
        blockCount = statistics.blocks
        rawByteCount = statistics.rawBytes
        firstRecordedAt = statistics.firstAt?.microseconds ?? 0
        lastRecordedAt = statistics.lastAt?.microseconds ?? 0
        nextSequence = segment.expected.sequence
        entries = segment.tally.entries
        digest = segment.digest ?? SHA256()
    }
}
