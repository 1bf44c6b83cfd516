import LogStorage
import TestSupport

/// A simulated disk at which a test looks after each change: there the power may fail.
final class ObservedDisk: FileSystem {
    let base: SimulatedFileSystem
    private let observe: @Sendable () -> Void

    init(_ base: SimulatedFileSystem, observe: @escaping @Sendable () -> Void) {
        self.base = base
        self.observe = observe
    }

    func open(_ path: String, _ mode: FileMode) throws(FileError) -> any File {
        defer { if mode == .create { observe() } }
        return ObservedFile(base: try base.open(path, mode), observe: observe)
    }

    func list(_ directory: String) throws(FileError) -> [String] { try base.list(directory) }

    func createDirectory(_ path: String) throws(FileError) {
        defer { observe() }
        try base.createDirectory(path)
    }

    func rename(_ path: String, to newPath: String) throws(FileError) {
        defer { observe() }
        try base.rename(path, to: newPath)
    }

    func remove(_ path: String) throws(FileError) {
        defer { observe() }
        try base.remove(path)
    }

    func syncDirectory(_ path: String) throws(FileError) {
        defer { observe() }
        try base.syncDirectory(path)
    }

    func freeByteCount(at path: String) throws(FileError) -> Int { try base.freeByteCount(at: path) }
}

private final class ObservedFile: File {
    private let base: any File
    private let observe: @Sendable () -> Void

    init(base: any File, observe: @escaping @Sendable () -> Void) {
        self.base = base
        self.observe = observe
    }

    func size() throws(FileError) -> Int { try base.size() }

    func read(into buffer: UnsafeMutableRawBufferPointer, at offset: Int) throws(FileError) -> Int {
        try base.read(into: buffer, at: offset)
    }

    func write(_ bytes: UnsafeRawBufferPointer, at offset: Int) throws(FileError) {
        defer { observe() }
        try base.write(bytes, at: offset)
    }

    func truncate(to size: Int) throws(FileError) {
        defer { observe() }
        try base.truncate(to: size)
    }

    func sync() throws(FileError) {
        defer { observe() }
        try base.sync()
    }

    func lock() throws(FileError) -> Bool { try base.lock() }

    func close() { base.close() }
}
