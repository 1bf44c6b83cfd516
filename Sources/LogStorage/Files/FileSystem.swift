/// The one door to files: everything `LogStorage` knows of a disk.
///
/// Two implementations: ``POSIXFileSystem``, and the simulated disk of the tests, which loses, tears, flips and fails.
/// Paths are absolute or relative to the working directory, with `/` between components.
/// Nothing is durable until ``File/sync()`` (bytes) or ``syncDirectory(_:)`` (names) returned.
package protocol FileSystem: Sendable {
    /// Opens a file.
    func open(_ path: String, _ mode: FileMode) throws(FileError) -> any File

    /// The names in a directory, in no order, without `.` and `..`.
    func list(_ directory: String) throws(FileError) -> [String]

    /// Makes a directory and those above it; does nothing where there is one.
    func createDirectory(_ path: String) throws(FileError)

    /// Renames a file, replacing what has the new name.
    func rename(_ path: String, to newPath: String) throws(FileError)

    /// Removes a file.
    func remove(_ path: String) throws(FileError)

    /// Makes the names in a directory (created, renamed, removed) survive a power failure.
    func syncDirectory(_ path: String) throws(FileError)

    /// How many bytes a program may still write to the disk that holds `path`.
    func freeByteCount(at path: String) throws(FileError) -> Int
}

/// How ``FileSystem/open(_:_:)`` opens.
package enum FileMode: Sendable {
    /// To read only.
    case read
    /// To read and write a file that exists.
    case readWrite
    /// To read and write a file that must not exist yet; made with mode 0600.
    case create
}

/// An open file; reads and writes name their offset, so threads may share it.
package protocol File: AnyObject, Sendable {
    /// The size in bytes.
    func size() throws(FileError) -> Int

    /// Fills `buffer` from `offset` on, and returns how many bytes there were before the end of the file.
    func read(into buffer: UnsafeMutableRawBufferPointer, at offset: Int) throws(FileError) -> Int

    /// Writes all of `bytes` at `offset`, growing the file when needed.
    ///
    /// After an error any part of the bytes may have been written.
    func write(_ bytes: UnsafeRawBufferPointer, at offset: Int) throws(FileError)

    /// Cuts or grows (with zeroes) the file to `size` bytes.
    func truncate(to size: Int) throws(FileError)

    /// Returns once all written bytes survive a power failure (`fdatasync`).
    ///
    /// Fails, too, when the file has no name any more, since then nothing survives (`ENOENT`).
    /// After an error the state of the unsynced bytes is unknown for ever; do not retry.
    func sync() throws(FileError)

    /// Takes an exclusive lock without waiting, held until ``close()`` or the end of the process.
    ///
    /// - Returns: `false` when another process, or another open file here, holds it.
    func lock() throws(FileError) -> Bool

    /// Closes the file; later calls fail. Closing twice does nothing.
    func close()
}

/// What a file operation failed with.
package struct FileError: Error, Hashable, Sendable {
    /// The operation, as the system names it: `open`, `pwrite`, `fdatasync`.
    package var operation: String
    /// The file or directory.
    package var path: String
    /// The system's error number.
    package var errorNumber: Int32

    package init(operation: String, path: String, errorNumber: Int32) {
        self.operation = operation
        self.path = path
        self.errorNumber = errorNumber
    }
}
