public import EventSourcing

/// The names in a directory of snapshots.
enum SnapshotName {
    /// What the name of a snapshot that is being written ends with.
    static let temporarySuffix = ".tmp"

    /// The name of the snapshot after `sequence`: 20 digits and `.snap`.
    static func name(sequence: UInt64) -> String {
        let digits = String(sequence)
        return String(repeating: "0", count: 20 - digits.count) + digits + ".snap"
    }

    /// The sequence that a name promises; `nil` when it is no snapshot's name.
    static func sequence(_ name: String) -> UInt64? {
        guard name.hasSuffix(".snap"), let value = UInt64(name.dropLast(5)), self.name(sequence: value) == name else {
            return nil
        }
        return value
    }
}

/// The snapshots of one log: files beside it that can be deleted at any time.
public struct SnapshotStore: Sendable {
    /// How many are kept.
    public static let keptCount = 2

    /// The directory.
    public let directory: String
    private let logID: LogID
    private let fileSystem: any FileSystem
    private let now: @Sendable () -> Timestamp

    init(directory: String, logID: LogID, fileSystem: any FileSystem, now: @escaping @Sendable () -> Timestamp) {
        self.directory = directory
        self.logID = logID
        self.fileSystem = fileSystem
        self.now = now
    }

    /// The sequences of all snapshots there are, good or not, the newest first.
    ///
    /// Costs one look into the directory.
    public func list() throws(LogStorageError) -> [SequenceNumber] {
        try Self.list(directory, fileSystem)
    }

    /// As ``list()``, for the organization in a directory, without a look at its log.
    public static func list(besideLogIn directory: String) throws(LogStorageError) -> [SequenceNumber] {
        try list(Paths.join(directory, directoryName), POSIXFileSystem())
    }

    static let directoryName = "snapshots"

    private static func list(
        _ directory: String,
        _ fileSystem: any FileSystem
    ) throws(LogStorageError) -> [SequenceNumber] {
        do {
            return try fileSystem.list(directory).compactMap { SnapshotName.sequence($0) }.sorted(by: >)
                .map { SequenceNumber($0) }
        } catch  where error.isNotFound {
            return []
        } catch {
            throw LogStorageError(error)
        }
    }

    /// Opens a snapshot and checks header and trailer; the rest is checked while it is read.
    ///
    /// - Throws: `damaged` when it is not what was written; `newerFormat`, `otherLog`, `inputOutput`.
    public func open(_ sequence: SequenceNumber) throws(LogStorageError) -> SnapshotReader {
        let reader = try SnapshotReader(path(of: sequence), fileSystem: fileSystem)
        guard reader.logID == logID else {
            throw LogStorageError(.otherLog, "The snapshot is one of another log", path: reader.path)
        }
        return reader
    }

    /// Begins a snapshot.
    public func create(_ stamp: SnapshotStamp) throws(LogStorageError) -> SnapshotWriter {
        let header = SnapshotHeader(logID: logID, createdAt: now().microseconds, stamp: stamp)
        do {
            try fileSystem.createDirectory(directory)
            if let parent = Paths.parent(directory) { try fileSystem.syncDirectory(parent) }
            return try SnapshotWriter(header, directory: directory, fileSystem: fileSystem)
        } catch {
            throw LogStorageError(error)
        }
    }

    /// The path of a snapshot, whether it is there or not.
    public func path(of sequence: SequenceNumber) -> String {
        Paths.join(directory, SnapshotName.name(sequence: sequence.value))
    }

    /// Removes a snapshot.
    public func remove(_ sequence: SequenceNumber) throws(LogStorageError) {
        do {
            try fileSystem.remove(path(of: sequence))
            try fileSystem.syncDirectory(directory)
        } catch {
            throw LogStorageError(error)
        }
    }

    /// Removes all but the newest ``keptCount``, those of before some record, and what an interrupted writing left.
    ///
    /// Call it once a snapshot is finished, when none is being written.
    ///
    /// - Parameter first: Snapshots that do not reach this record go.
    /// - Throws: `inputOutput`.
    public func prune(before first: SequenceNumber = .none) throws(LogStorageError) {
        do {
            for (index, sequence) in try list().enumerated() where index >= Self.keptCount || sequence < first {
                try fileSystem.remove(path(of: sequence))
            }
            for name in try fileSystem.list(directory) where name.hasSuffix(".snap" + SnapshotName.temporarySuffix) {
                try fileSystem.remove(Paths.join(directory, name))
            }
            try fileSystem.syncDirectory(directory)
        } catch let error as FileError {
            throw LogStorageError(error)
        } catch let error as LogStorageError {
            throw error
        } catch {
            throw LogStorageError(.inputOutput, "\(error)", path: directory)
        }
    }
}
