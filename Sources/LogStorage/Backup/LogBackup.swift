import Crypto
public import EventSourcing

/// Copies what a target does not have yet of an organization's log, while the log goes on.
///
/// Copied are the segments, the active one up to its durable end, and the signed tree heads in `checkpoints/`; never a key.
/// Interrupted at any point it leaves all earlier backups as they were, and the next run goes on from there.
public struct LogBackup: Sendable {
    /// The organization's directory.
    public let directory: String
    /// Where the backups are.
    public let target: BackupTarget
    private let files: StorageFiles
    private let now: @Sendable () -> Timestamp

    /// A backup of an organization's directory to a directory of its own.
    public init(directory: String, target: String) {
        self.init(
            directory: directory,
            target: target,
            fileSystem: POSIXFileSystem(),
            now: { SystemClock.now }
        )
    }

    package init(
        directory: String,
        target: String,
        fileSystem: any FileSystem,
        now: @escaping @Sendable () -> Timestamp
    ) {
        self.directory = directory
        self.target = BackupTarget(target, fileSystem: fileSystem)
        files = StorageFiles(system: fileSystem)
        self.now = now
    }

    /// Makes a backup; reads new segments once, known sealed ones not at all.
    ///
    /// - Parameters:
    ///   - dryRun: Whether to find out everything and write nothing.
    ///   - progress: Called after each file.
    ///   - facts: What else to put into the manifest about the log up to the record it is called with.
    /// - Returns: The manifest, and what was copied for it.
    /// - Throws: `damaged` when the log is, `locked` when another process backs up to the target, `invalidArgument` when
    ///   the target holds another log; and what `facts` throws.
    public func run(
        dryRun: Bool = false,
        progress: (VerificationProgress) -> Void = { _ in },
        facts: (SequenceNumber) throws -> BackupFacts = { _ in BackupFacts() }
    ) throws -> BackupReport {
        var lock: (any File)?
        // Before the target is made, so that a wrong path leaves nothing behind.
        let checkpoints = try openCheckpoints()
        defer { for checkpoint in checkpoints { checkpoint.file.close() } }
        let source = try BackupSource(directory: Paths.join(directory, "log"), files: files)
        defer { source.close() }
        if !dryRun {
            try files.makeDirectory(target.path)
            try files.makeDirectory(target.filesDirectory)
            try files.makeDirectory(target.manifestsDirectory)
            lock = try target.lock()
        }
        defer { lock?.close() }
        let known = try target.newest()
        try check(source, against: known?.manifest)
        var copy = BackupCopy(target: target, files: files, known: known?.manifest, isDryRun: dryRun)
        try copy.begin()
        try copy.take(checkpoints, source.parts, progress)
        let facts = try facts(source.head)
        var manifest = BackupManifest(
            number: (try target.numbers().last ?? 0) + 1,
            organization: source.organization,
            logID: source.logID?.hexadecimal ?? "",
            head: source.head,
            time: now(),
            segments: copy.segments,
            checkpoints: copy.checkpoints
        )
        manifest.previous = known?.sha256
        manifest.stateHash = facts.stateHash
        manifest.root = "\(try root(of: copy.segments, source, isDryRun: dryRun))"
        if !dryRun {
            try files.syncDirectory(target.filesDirectory)
            try files.place(target.manifestPath(manifest.number), manifest.encode())
        }
        return BackupReport(
            manifest: manifest,
            copiedFileCount: copy.copiedFileCount,
            copiedByteCount: copy.copiedByteCount
        )
    }

    /// Opened before the segments, so that none is of more records than are copied.
    private func openCheckpoints() throws(LogStorageError) -> [StorageFile] {
        let directory = Paths.join(directory, "checkpoints")
        var opened: [StorageFile] = []
        for name in try files.list(directory) where BackupManifest.isName(name[...]) && !name.hasSuffix(".tmp") {
            if let file = try files.open(Paths.join(directory, name)) { opened.append(file) }
        }
        return opened
    }

    /// The Merkle root of what was copied; for a dry run, of what would be.
    private func root(
        of segments: [BackupManifest.Segment],
        _ source: BackupSource,
        isDryRun: Bool
    ) throws(LogStorageError) -> MerkleHash {
        var root = BackupRoot()
        let files = Array(zip(segments, source.parts))
        for (segment, part) in files {
            let copy = isDryRun ? nil : try target.openFile(segment.sha256, segment.byteCount, segment.description)
            defer { copy?.close() }
            guard try root.takeNodes(of: segment, in: copy ?? part.file) else { break }
        }
        for (segment, part) in files where root.lacks(segment) {
            let copy = isDryRun ? nil : try target.openFile(segment.sha256, segment.byteCount, segment.description)
            defer { copy?.close() }
            try root.takeRecords(of: segment, in: copy ?? part.file)
        }
        return root.root
    }

    private func check(_ source: BackupSource, against known: BackupManifest?) throws(LogStorageError) {
        guard source.organization == Paths.lastComponent(directory) else {
            throw BackupSource.damage(
                "The log is that of organization \(source.organization), not of the one whose directory this is",
                directory
            )
        }
        guard let known, known.logID != source.logID?.hexadecimal || known.organization != source.organization else {
            return
        }
        throw LogStorageError(
            .invalidArgument,
            "The target holds backups of another log (\(known.organization), \(known.logID)); choose another directory",
            path: target.path
        )
    }
}

/// What a backup came to.
public struct BackupReport: Hashable, Sendable {
    /// What the backup holds.
    public var manifest: BackupManifest
    /// How many files the target did not have yet.
    public var copiedFileCount: Int
    /// How many bytes they have.
    public var copiedByteCount: Int
}
