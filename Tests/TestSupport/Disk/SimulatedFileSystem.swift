package import LogStorage
import Synchronization

/// A disk in memory that can fail in every way a disk can, and repeats itself for a seed.
///
/// What it promises is what `FileSystem` promises, and no more:
/// - bytes are durable after `sync`; before, a power failure keeps any of them, in sectors of 512 bytes, in any order;
/// - names are durable after `syncDirectory`; before, a power failure keeps a creation, renaming or removal, or does not;
/// - what goes wrong meanwhile is said by a ``FaultPlan``.
///
/// ``crashImage(seed:)`` gives one of the disks that the power may leave behind. The root directories `/` and `.` are there.
package final class SimulatedFileSystem: FileSystem {
    private let disk: Mutex<Disk>

    /// An empty disk; `seed` decides what failing writes and syncs leave behind.
    package convenience init(seed: UInt64 = 0) {
        self.init(Disk(seed: seed))
    }

    private init(_ disk: Disk) {
        self.disk = Mutex(disk)
    }

    // MARK: FileSystem

    package func open(_ path: String, _ mode: FileMode) throws(FileError) -> any File {
        let handle = try change { disk throws(FileError) in try disk.open(path, mode) }
        return SimulatedFile(handle: handle, on: self)
    }

    package func list(_ directory: String) throws(FileError) -> [String] {
        try change { disk throws(FileError) in try disk.list(directory) }
    }

    package func createDirectory(_ path: String) throws(FileError) {
        try change { disk throws(FileError) in try disk.createDirectory(path) }
    }

    package func rename(_ path: String, to newPath: String) throws(FileError) {
        try change { disk throws(FileError) in try disk.rename(path, to: newPath) }
    }

    package func remove(_ path: String) throws(FileError) {
        try change { disk throws(FileError) in try disk.remove(path) }
    }

    package func syncDirectory(_ path: String) throws(FileError) {
        try change { disk throws(FileError) in try disk.syncDirectory(path) }
    }

    package func freeByteCount(at path: String) throws(FileError) -> Int {
        disk.withLock { $0.plan.capacity.map { [used = $0.usedByteCount] in max(0, $0 - used) } ?? .max }
    }

    // MARK: Faults

    /// Changes what goes wrong from now on.
    package func plan(_ change: (inout FaultPlan) -> Void) {
        disk.withLock { change(&$0.plan) }
    }

    /// What goes wrong, as planned.
    package func planned<Value: Sendable>(_ value: (FaultPlan) -> Value) -> Value {
        disk.withLock { value($0.plan) }
    }

    /// The power fails now: every later call fails.
    package func crash() {
        disk.withLock { $0.crash() }
    }

    package var hasCrashed: Bool { disk.withLock(\.hasCrashed) }

    /// The disk as it may be found when the power comes back, if it failed now: no faults planned, nothing open.
    ///
    /// The same seed gives the same image of the same disk. This disk stays as it is.
    package func crashImage(seed: UInt64) -> SimulatedFileSystem {
        SimulatedFileSystem(disk.withLock { $0.crashImage(seed: seed) })
    }

    /// Changes a file's bytes on the medium, behind the program's back: bit rot, or a wrong hand.
    ///
    /// The file must be there.
    package func tamper(_ path: String, _ change: (inout [UInt8]) -> Void) {
        disk.withLock { $0.tamper(path, change) }
    }

    // MARK: Looking at it

    package var counts: DiskCounts { disk.withLock(\.counts) }

    /// How many bytes are taken, in whole pages: what ``FaultPlan/capacity`` limits.
    package var usedByteCount: Int { disk.withLock(\.usedByteCount) }

    /// Every file's path and bytes, as programs see them.
    package var contents: [String: [UInt8]] { disk.withLock(\.contents) }

    fileprivate func change<Result: Sendable>(
        _ body: (inout Disk) throws(FileError) -> Result
    ) throws(FileError) -> Result {
        try disk.withLock { disk throws(FileError) in try body(&disk) }
    }
}

/// An open file of a ``SimulatedFileSystem``.
private final class SimulatedFile: File {
    private let handle: Int
    private let system: SimulatedFileSystem

    init(handle: Int, on system: SimulatedFileSystem) {
        self.handle = handle
        self.system = system
    }

    deinit { close() }

    func size() throws(FileError) -> Int {
        try system.change { disk throws(FileError) in try disk.size(handle) }
    }

    func read(into buffer: UnsafeMutableRawBufferPointer, at offset: Int) throws(FileError) -> Int {
        try system.change { disk throws(FileError) in try disk.read(handle, into: buffer, at: offset) }
    }

    func write(_ bytes: UnsafeRawBufferPointer, at offset: Int) throws(FileError) {
        try system.change { disk throws(FileError) in try disk.write(handle, bytes, at: offset) }
    }

    func truncate(to size: Int) throws(FileError) {
        try system.change { disk throws(FileError) in try disk.truncate(handle, to: size) }
    }

    func sync() throws(FileError) {
        try system.change { disk throws(FileError) in try disk.sync(handle) }
    }

    func lock() throws(FileError) -> Bool {
        try system.change { disk throws(FileError) in try disk.lock(handle) }
    }

    func close() {
        _ = try? system.change { disk throws(FileError) in disk.close(handle) }
    }
}
