#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// A data directory, held by one process at a time.
///
/// The lock is the operating system's: it goes with the process, however that ends. Directories are made with mode 0700,
/// files with 0600.
public final class DataDirectory: Sendable {
    /// The directory.
    public let path: String
    private let lockFile: any File

    private init(path: String, lockFile: any File) {
        self.path = path
        self.lockFile = lockFile
    }

    deinit { lockFile.close() }

    /// Takes the directory for this process, and makes it when there is none.
    ///
    /// - Parameters:
    ///   - path: The directory.
    ///   - program: This program's name, which another process is told when it is refused.
    /// - Returns: The directory, held until it is closed or the process ends.
    /// - Throws: `locked` when another process holds it, naming that process.
    public static func open(_ path: String, program: String) throws(LogStorageError) -> DataDirectory {
        try open(path, program: program, fileSystem: POSIXFileSystem())
    }

    package static func open(
        _ path: String,
        program: String,
        fileSystem: any FileSystem
    ) throws(LogStorageError) -> DataDirectory {
        do {
            try fileSystem.createDirectory(path)
            let lock = try openLock(path, fileSystem)
            guard try lock.lock() else {
                let holder = try content(lock)
                throw LogStorageError.held(path, by: holder)
            }
            try prepare(path, lock, program, fileSystem)
            return DataDirectory(path: path, lockFile: lock)
        } catch let error as FileError {
            throw LogStorageError(error)
        } catch let error as LogStorageError {
            throw error
        } catch {
            throw LogStorageError(.inputOutput, "\(error)", path: path)
        }
    }

    private static func openLock(_ path: String, _ fileSystem: any FileSystem) throws(FileError) -> any File {
        let lock = Paths.join(path, "LOCK")
        do {
            return try fileSystem.open(lock, .readWrite)
        } catch  where error.isNotFound {
            do {
                return try fileSystem.open(lock, .create)
            } catch  where error.errorNumber == EEXIST {
                // Another process was faster; the lock decides.
                return try fileSystem.open(lock, .readWrite)
            }
        } catch  where error.forbidsWriting {
            return try fileSystem.open(lock, .read)
        }
    }

    private static func prepare(
        _ path: String,
        _ lock: any File,
        _ program: String,
        _ fileSystem: any FileSystem
    ) throws(FileError) {
        do {
            try name(program, in: lock)
            try fileSystem.createDirectory(Paths.join(path, "organizations"))
            try fileSystem.syncDirectory(path)
        } catch {
            // The lock holds without a name in it, and what is there can be read.
            guard error.isStorageFull || error.forbidsWriting || error.errorNumber == EBADF else { throw error }
        }
    }

    /// Writes who holds the lock, over what stood there: on a full disk that still goes.
    private static func name(_ program: String, in lock: any File) throws(FileError) {
        let line = Array("\(getpid()) \(program)\n".utf8)
        try lock.write(line, at: 0)
        try lock.truncate(to: line.count)
    }

    private static func content(_ lock: any File) throws(FileError) -> String {
        let bytes = try lock.read(256, at: 0)
        return String(decoding: bytes.prefix { $0 != 0x0a }, as: UTF8.self)
    }

    /// Who holds the directory, as `PID PROGRAM`; `nil` when nobody does.
    ///
    /// Takes the lock for a moment to find out.
    public static func holder(of path: String) throws(LogStorageError) -> String? {
        do {
            let lock = try POSIXFileSystem().open(Paths.join(path, "LOCK"), .readWrite)
            defer { lock.close() }
            return try lock.lock() ? nil : try content(lock)
        } catch  where error.isNotFound {
            return nil
        } catch {
            throw LogStorageError(error)
        }
    }

    /// The directory of an organization, whether it exists or not.
    public static func organizationDirectory(_ name: String, in path: String) -> String {
        Paths.join(Paths.join(path, "organizations"), name)
    }

    /// The names of the organizations in a data directory, in order.
    public static func organizations(in path: String) throws(LogStorageError) -> [String] {
        do {
            return try POSIXFileSystem().list(Paths.join(path, "organizations")).sorted()
        } catch  where error.isNotFound {
            return []
        } catch {
            throw LogStorageError(error)
        }
    }

    /// The directory of an organization, whether it exists or not.
    public func organizationDirectory(_ name: String) -> String {
        Self.organizationDirectory(name, in: path)
    }

    /// Lets the directory go.
    public func close() { lockFile.close() }
}

extension LogStorageError {
    fileprivate static func held(_ path: String, by holder: String) -> LogStorageError {
        LogStorageError(
            .locked,
            "The data directory is in use by process \(holder.isEmpty ? "unknown" : holder); stop it first, or use its API",
            path: path
        )
    }
}
