import EventSourcing

/// The directory that keeps the backups of one organization's log.
///
/// Files are named by the SHA-256 of their bytes, so backups share what did not change. A manifest is written last; what
/// no manifest names counts for nothing.
public struct BackupTarget: Sendable {
    /// The directory.
    public let path: String
    let files: StorageFiles

    var filesDirectory: String { Paths.join(path, "files") }
    var manifestsDirectory: String { Paths.join(path, "manifests") }

    /// The backups in a directory, whether there are any or not.
    public init(_ path: String) {
        self.init(path, fileSystem: POSIXFileSystem())
    }

    package init(_ path: String, fileSystem: any FileSystem) {
        self.path = path
        files = StorageFiles(system: fileSystem)
    }

    /// A manifest with the digest of its file.
    struct Stored {
        var manifest: BackupManifest
        var sha256: String
    }

    /// The manifests that are whole, oldest first.
    public func manifests() throws(LogStorageError) -> [BackupManifest] {
        var manifests: [BackupManifest] = []
        for number in try numbers() {
            if let stored = try stored(number) { manifests.append(stored.manifest) }
        }
        return manifests
    }

    /// The numbers of all manifests, whole or not, in order.
    func numbers() throws(LogStorageError) -> [Int] {
        try files.list(manifestsDirectory).compactMap { Self.number($0, Self.manifestSuffix) }.sorted()
    }

    /// A manifest; `nil` when it is not there or not what was written.
    func stored(_ number: Int) throws(LogStorageError) -> Stored? {
        guard let bytes = try files.read(manifestPath(number)), let manifest = BackupManifest(bytes),
            manifest.number == number
        else { return nil }
        return Stored(manifest: manifest, sha256: Hexadecimal.text(bytes.sha256))
    }

    /// The manifest with this number, or the newest that is whole.
    func wanted(_ number: Int?) throws(LogStorageError) -> Stored {
        if let number {
            if let stored = try stored(number) { return stored }
            throw LogStorageError(
                .notFound,
                "There is no backup \(number) here, or its manifest is not what was written",
                path: manifestPath(number)
            )
        }
        if let newest = try newest() { return newest }
        throw LogStorageError(.notFound, "There is no backup here; check the path", path: path)
    }

    /// The newest manifest that is whole.
    func newest() throws(LogStorageError) -> Stored? {
        for number in try numbers().reversed() {
            if let stored = try stored(number) { return stored }
        }
        return nil
    }

    /// Keeps everybody else from changing the target until the file is closed.
    func lock() throws(LogStorageError) -> any File {
        let path = Paths.join(path, "LOCK")
        let lock: any File
        do {
            lock = try files.system.open(path, .readWrite)
        } catch {
            guard error.isNotFound else { throw LogStorageError(error) }
            lock = try withFileErrors { () throws(FileError) in try files.system.open(path, .create) }
        }
        guard try withFileErrors({ () throws(FileError) in try lock.lock() }) else {
            throw LogStorageError(.locked, "Another process backs up to this directory; wait for it", path: path)
        }
        return lock
    }
}

extension BackupTarget {
    /// The names in a directory that have backups of their own, in order.
    public static func organizations(in path: String) throws(LogStorageError) -> [String] {
        let files = StorageFiles(system: POSIXFileSystem())
        var names: [String] = []
        for name in try files.list(path) {
            if try !BackupTarget(Paths.join(path, name)).isEmptyOrNone() { names.append(name) }
        }
        return names
    }

    private func isEmptyOrNone() throws(LogStorageError) -> Bool {
        do {
            return try files.list(manifestsDirectory).isEmpty
        } catch {
            // A file lies where a directory would be.
            guard error.cause?.errorNumber == FileError.notDirectoryNumber else { throw error }
            return true
        }
    }
}

// MARK: - Names

extension BackupTarget {
    static let manifestSuffix = ".manifest"
    static let noteSuffix = ".verified"
    /// Ends the names of files that are being written; they count for nothing.
    static let passingSuffix = ".tmp"

    func filePath(_ sha256: String) -> String { Paths.join(filesDirectory, sha256) }

    func manifestPath(_ number: Int) -> String {
        Paths.join(manifestsDirectory, Self.name(number, Self.manifestSuffix))
    }

    func notePath(_ number: Int) -> String { Paths.join(manifestsDirectory, Self.name(number, Self.noteSuffix)) }

    static func name(_ number: Int, _ suffix: String) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, 8 - digits.count)) + digits + suffix
    }

    /// The number in a name; `nil` when it is not one that ``name(_:_:)`` makes.
    static func number(_ name: String, _ suffix: String) -> Int? {
        guard name.hasSuffix(suffix), let number = Int(name.dropLast(suffix.count)), number > 0,
            self.name(number, suffix) == name
        else { return nil }
        return number
    }
}

// MARK: - Making room

extension BackupTarget {
    /// What ``BackupTarget/prune(keeping:)`` removed.
    public struct PruneReport: Hashable, Sendable {
        /// How many backups.
        public var manifestCount = 0
        /// How many files that no backup needs any more.
        public var fileCount = 0
        /// The size of these files.
        public var byteCount = 0
    }

    /// Forgets all backups but the newest ones, and removes the files that only those needed.
    ///
    /// A crash at any point leaves the backups that are kept as they are.
    ///
    /// - Parameter count: How many to keep, at least 1.
    /// - Returns: What was removed.
    /// - Throws: `damaged` when a manifest to be kept cannot be read, since then nobody knows which files it needs.
    public func prune(keeping count: Int) throws(LogStorageError) -> PruneReport {
        guard count >= 1 else {
            throw LogStorageError(.invalidArgument, "At least one backup must be kept", path: path)
        }
        let numbers = try numbers()
        guard !numbers.isEmpty else {
            throw LogStorageError(.notFound, "There is no backup here; check the path", path: path)
        }
        let lock = try lock()
        defer { lock.close() }
        var needed: Set<String> = []
        for number in numbers.suffix(count) {
            guard let stored = try stored(number) else {
                throw LogStorageError(
                    .damaged,
                    "This manifest is not what was written, so nobody knows which files it needs; remove it first",
                    path: manifestPath(number)
                )
            }
            needed.formUnion(stored.manifest.fileNames)
        }
        var report = PruneReport()
        for number in numbers.dropLast(count) {
            try files.remove(notePath(number))
            try files.remove(manifestPath(number))
            report.manifestCount += 1
        }
        // Only when no manifest names a file any more, even after a power failure, may it go.
        try files.syncDirectory(manifestsDirectory)
        try removeFiles(except: needed, &report)
        return report
    }

    private func removeFiles(
        except needed: Set<String>,
        _ report: inout PruneReport
    ) throws(LogStorageError) {
        for name in try files.list(filesDirectory) where !needed.contains(name) {
            guard Hexadecimal.isSHA256(name) || name.hasSuffix(Self.passingSuffix) else { continue }
            let path = Paths.join(filesDirectory, name)
            if let file = try files.open(path) {
                report.byteCount += try file.size()
                file.close()
            }
            try files.remove(path)
            report.fileCount += 1
        }
        try files.syncDirectory(filesDirectory)
    }
}
