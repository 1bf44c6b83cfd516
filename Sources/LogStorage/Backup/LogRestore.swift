import Crypto
public import EventSourcing

/// Makes an organization's log anew from a backup, whole or up to some record.
///
/// Segments are copied; the one with the cut is written anew up to it, and as one that is not packed, so that the log goes
/// on under its own name and with the same records, byte for byte.
public struct LogRestore: Sendable {
    /// The backups.
    public let target: BackupTarget
    /// The organization's directory, which must be empty or not there; its name must be the organization's.
    public let directory: String
    let files: StorageFiles
    private let now: @Sendable () -> Timestamp

    /// A restore of a backup into an organization's directory.
    public init(target: String, directory: String) {
        self.init(
            target: target,
            directory: directory,
            fileSystem: POSIXFileSystem(),
            now: { SystemClock.now }
        )
    }

    package init(
        target: String,
        directory: String,
        fileSystem: any FileSystem,
        now: @escaping @Sendable () -> Timestamp
    ) {
        self.target = BackupTarget(target, fileSystem: fileSystem)
        self.directory = directory
        files = StorageFiles(system: fileSystem)
        self.now = now
    }

    /// Restores a backup; every byte is checked on the way.
    ///
    /// Interrupted, it leaves a directory that is refused as unfinished.
    ///
    /// - Parameters:
    ///   - point: Up to where.
    ///   - number: Which backup; `nil` for the newest that is whole.
    ///   - dryRun: Whether to find out everything and write nothing.
    ///   - recordedAt: When the record with this body was recorded; `nil` when it is no record that the caller can read.
    ///     Called only where there is a cut.
    /// - Returns: What was restored.
    /// - Throws: `damaged` when the backup is, `invalidArgument` when the point is not in it or the directory not empty.
    @discardableResult
    public func run(
        to point: RestorePoint = .end,
        number: Int? = nil,
        dryRun: Bool = false,
        recordedAt: (RawSpan) -> Timestamp?
    ) throws(LogStorageError) -> RestoreReport {
        let stored = try target.wanted(number)
        try checkDirectory(stored.manifest)
        let cut = try RestoreCut.find(point, in: stored.manifest, target, recordedAt)
        var report = RestoreReport(manifest: stored.manifest, head: cut.head)
        if !dryRun {
            try files.makeDirectory(directory)
            try files.place(path(UnfinishedRestore.startedName), note(stored, cut, point))
        }
        try restoreSegments(cut, dryRun, &report)
        try restoreCheckpoints(cut, dryRun, &report)
        if !dryRun {
            try withFileErrors { () throws(FileError) in
                let started = path(UnfinishedRestore.startedName)
                try files.system.rename(started, to: path(UnfinishedRestore.finishedName))
            }
            try files.syncDirectory(directory)
        }
        return report
    }

    private func path(_ name: String) -> String { Paths.join(directory, name) }

    private func checkDirectory(_ manifest: BackupManifest) throws(LogStorageError) {
        try UnfinishedRestore.refuse(directory, files.system)
        guard try holdsNothing() else {
            throw LogStorageError(
                .invalidArgument,
                "There is something here already; restore into a new directory",
                path: directory
            )
        }
        guard Paths.lastComponent(directory) == manifest.organization else {
            throw LogStorageError(
                .invalidArgument,
                "This is a backup of organization \(manifest.organization); its directory must have that name",
                path: directory
            )
        }
    }

    /// Whether no file is here; empty directories are what verifying a backup leaves behind.
    private func holdsNothing() throws(LogStorageError) -> Bool {
        for name in try files.list(directory) {
            guard name == "log" || name == "checkpoints", try files.list(path(name)).isEmpty else { return false }
        }
        return true
    }

    private func restoreSegments(
        _ cut: RestoreCut,
        _ dryRun: Bool,
        _ report: inout RestoreReport
    ) throws(LogStorageError) {
        let log = path("log")
        if !dryRun { try files.makeDirectory(log) }
        for piece in cut.pieces {
            report.segmentCount += 1
            report.byteCount += piece.byteCount + piece.rest.count
            guard !dryRun else { continue }
            let entry = piece.segment
            try copy(
                entry.sha256,
                entry.byteCount,
                entry.description,
                to: Paths.join(log, entry.name),
                upTo: piece.byteCount,
                then: piece.changes + [RestoreCut.Change(offset: piece.byteCount, bytes: piece.rest)]
            )
        }
        if !dryRun { try files.syncDirectory(log) }
    }

    private func restoreCheckpoints(
        _ cut: RestoreCut,
        _ dryRun: Bool,
        _ report: inout RestoreReport
    ) throws(LogStorageError) {
        let directory = path("checkpoints")
        for checkpoint in report.manifest.checkpoints {
            let bytes = try files.read(target.filePath(checkpoint.sha256)) ?? []
            guard report.isCut == false || Self.treeSize(bytes).map({ $0 <= cut.head.value }) ?? false else { continue }
            report.checkpointCount += 1
            guard !dryRun else { continue }
            if report.checkpointCount == 1 { try files.makeDirectory(directory) }
            try copy(
                checkpoint.sha256,
                checkpoint.byteCount,
                "the tree head \(checkpoint.name)",
                to: Paths.join(directory, checkpoint.name),
                upTo: checkpoint.byteCount,
                then: []
            )
        }
        if !dryRun, report.checkpointCount > 0 { try files.syncDirectory(directory) }
    }

    /// The tree size in a signed note: its second line.
    static func treeSize(_ note: [UInt8]) -> UInt64? {
        let lines = String(decoding: note, as: UTF8.self).split(separator: "\n", maxSplits: 2)
        return lines.count == 3 ? UInt64(lines[1]) : nil
    }

    /// Copies the first bytes of a backup's file, and writes others over or behind them; all of the file must be what was
    /// backed up.
    private func copy(
        _ sha256: String,
        _ byteCount: Int,
        _ what: String,
        to path: String,
        upTo end: Int,
        then changes: [RestoreCut.Change]
    ) throws(LogStorageError) {
        let file = try target.openFile(sha256, byteCount, what)
        defer { file.close() }
        try files.place(path, by: path + BackupTarget.passingSuffix) { (copy) throws(LogStorageError) in
            var digest = SHA256()
            var offset = 0
            try file.read(0..<byteCount) { (bytes, range) throws(LogStorageError) in
                digest.update(bytes, range)
                let wanted = range.lowerBound..<min(range.upperBound, max(0, end - offset))
                if !wanted.isEmpty {
                    try withFileErrors { () throws(FileError) in try copy.write(bytes, wanted, at: offset) }
                }
                offset += range.count
            }
            guard Hexadecimal.text(digest.bytes) == sha256 else { throw BackupTarget.rotten(file.path, what) }
            try withFileErrors { () throws(FileError) in
                for change in changes where !change.bytes.isEmpty { try copy.write(change.bytes, at: change.offset) }
            }
        }
    }
}

extension LogRestore {
    /// What the restored directory says of its origin.
    private func note(_ stored: BackupTarget.Stored, _ cut: RestoreCut, _ point: RestorePoint) -> [UInt8] {
        let manifest = stored.manifest
        var members = [
            ("target", JSONString.quoted(target.path)), ("backup", "\(manifest.number)"),
            ("manifest", JSONString.quoted(stored.sha256)), ("organization", JSONString.quoted(manifest.organization)),
            ("logId", JSONString.quoted(manifest.logID)), ("backupTime", JSONString.quoted(manifest.time.rfc3339)),
            ("backupHead", "\(manifest.head)"), ("head", "\(cut.head)"),
            ("isCut", cut.head < manifest.head ? "true" : "false"),
        ]
        if case .time(let time) = point { members.append(("toTime", JSONString.quoted(time.rfc3339))) }
        members.append(("restoredAt", JSONString.quoted(now().rfc3339)))
        let lines = members.map { "  \(JSONString.quoted($0.0)): \($0.1)" }
        return Array(("{\n" + lines.joined(separator: ",\n") + "\n}\n").utf8)
    }
}

/// Text as JSON has it.
enum JSONString {
    static func quoted(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"", "\\":
                result += "\\"
                result.unicodeScalars.append(scalar)
            case _ where scalar.value < 0x20:
                let digits = String(scalar.value, radix: 16)
                result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result + "\""
    }
}

extension BackupTarget {
    /// Opens a backup's file, which must be there and have its size.
    func openFile(_ sha256: String, _ byteCount: Int, _ what: String) throws(LogStorageError) -> StorageFile {
        let path = filePath(sha256)
        guard let file = try files.open(path) else {
            throw LogStorageError(.damaged, "The file of \(what) is not in the backup; use another one", path: path)
        }
        guard try file.size() == byteCount else { throw Self.rotten(path, what) }
        return file
    }

    static func rotten(_ path: String, _ what: String) -> LogStorageError {
        LogStorageError(.damaged, "The file of \(what) is not what was backed up; use another backup", path: path)
    }
}
