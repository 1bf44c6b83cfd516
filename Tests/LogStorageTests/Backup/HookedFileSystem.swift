import LogStorage
import TestSupport

/// A file system that lets something else happen before each operation, so that races repeat themselves.
struct HookedFileSystem: FileSystem {
    let base: SimulatedFileSystem
    let hook: @Sendable () -> Void

    func open(_ path: String, _ mode: FileMode) throws(FileError) -> any File {
        hook()
        return HookedFile(base: try base.open(path, mode), hook: hook)
    }

    func list(_ directory: String) throws(FileError) -> [String] {
        hook()
        return try base.list(directory)
    }

    func createDirectory(_ path: String) throws(FileError) { try base.createDirectory(path) }

    func rename(_ path: String, to newPath: String) throws(FileError) {
        hook()
        try base.rename(path, to: newPath)
    }

    func remove(_ path: String) throws(FileError) { try base.remove(path) }

    func syncDirectory(_ path: String) throws(FileError) {
        hook()
        try base.syncDirectory(path)
    }

    func freeByteCount(at path: String) throws(FileError) -> Int { try base.freeByteCount(at: path) }
}

private final class HookedFile: File {
    private let base: any File
    private let hook: @Sendable () -> Void

    init(base: any File, hook: @escaping @Sendable () -> Void) {
        self.base = base
        self.hook = hook
    }

    func size() throws(FileError) -> Int {
        hook()
        return try base.size()
    }

    func read(into buffer: UnsafeMutableRawBufferPointer, at offset: Int) throws(FileError) -> Int {
        hook()
        return try base.read(into: buffer, at: offset)
    }

    func write(_ bytes: UnsafeRawBufferPointer, at offset: Int) throws(FileError) {
        try base.write(bytes, at: offset)
    }

    func truncate(to size: Int) throws(FileError) { try base.truncate(to: size) }

    func sync() throws(FileError) {
        hook()
        try base.sync()
    }

    func lock() throws(FileError) -> Bool { try base.lock() }

    func close() { base.close() }
}
