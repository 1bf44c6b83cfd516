import LogStorage

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Everything a simulated disk is: a value, behind the one lock of ``SimulatedFileSystem``.
struct Disk: Sendable {
    var plan = FaultPlan()
    private(set) var counts = DiskCounts()
    private(set) var hasCrashed = false
    private var names = DiskNames()
    private var files: [Int: DiskFile] = [:]
    private var openFiles: [Int: OpenFile] = [:]
    private var nextID = 1
    private var generator: SeededGenerator

    private struct OpenFile: Sendable {
        var file: Int
        var path: String
        var isWritable: Bool
        var holdsLock = false
    }

    init(seed: UInt64) {
        generator = SeededGenerator(seed: seed)
    }

    // MARK: Names

    mutating func open(_ rawPath: String, _ mode: FileMode) throws(FileError) -> Int {
        let path = DiskNames.normal(rawPath)
        func failure(_ number: Int32) -> FileError { FileError(operation: "open", path: rawPath, errorNumber: number) }
        try check("open", rawPath)
        var file: Int
        switch (names.live[path], mode) {
        case (.directory, _): throw failure(EISDIR)
        case (.file, .create): throw failure(EEXIST)
        case (nil, .read), (nil, .readWrite): throw failure(ENOENT)
        case (.file(let existing), _):
            if mode == .readWrite { try checkMayChange("open", rawPath) }
            file = existing
            files[file]?.reopen(&generator)
        case (nil, .create):
            try checkMayChange("open", rawPath)
            guard names.isDirectory(DiskNames.parent(path)) else { throw failure(ENOENT) }
            let crashes = countChange()
            file = makeID()
            files[file] = DiskFile()
            names.add(path, .file(file))
            if crashes { throw failure(EIO) }
        }
        let handle = makeID()
        openFiles[handle] = OpenFile(file: file, path: rawPath, isWritable: mode != .read)
        return handle
    }

    func list(_ rawPath: String) throws(FileError) -> [String] {
        try check("opendir", rawPath)
        let path = DiskNames.normal(rawPath)
        guard names.isDirectory(path) else {
            throw FileError(operation: "opendir", path: rawPath, errorNumber: ENOENT)
        }
        return names.list(path)
    }

    mutating func createDirectory(_ rawPath: String) throws(FileError) {
        try check("mkdir", rawPath)
        var missing: [String] = []
        var path = DiskNames.normal(rawPath)
        while names.live[path] == nil {
            missing.append(path)
            path = DiskNames.parent(path)
        }
        guard names.isDirectory(path) else {
            throw FileError(operation: "mkdir", path: rawPath, errorNumber: ENOTDIR)
        }
        if !missing.isEmpty { try checkMayChange("mkdir", rawPath) }
        for path in missing.reversed() {
            let crashes = countChange()
            names.add(path, .directory)
            if crashes { throw FileError(operation: "mkdir", path: rawPath, errorNumber: EIO) }
        }
    }

    mutating func rename(_ rawPath: String, to rawNewPath: String) throws(FileError) {
        func failure(_ number: Int32) -> FileError {
            FileError(operation: "rename", path: rawPath, errorNumber: number)
        }
        try check("rename", rawPath)
        try checkMayChange("rename", rawPath)
        let path = DiskNames.normal(rawPath)
        let newPath = DiskNames.normal(rawNewPath)
        guard case .file = names.live[path], names.isDirectory(DiskNames.parent(newPath)) else { throw failure(ENOENT) }
        guard !names.isDirectory(newPath) else { throw failure(EISDIR) }
        let crashes = countChange()
        names.rename(path, to: newPath)
        if crashes { throw failure(EIO) }
    }

    mutating func remove(_ rawPath: String) throws(FileError) {
        try check("unlink", rawPath)
        let path = DiskNames.normal(rawPath)
        guard case .file = names.live[path] else {
            throw FileError(operation: "unlink", path: rawPath, errorNumber: ENOENT)
        }
        try checkMayChange("unlink", rawPath)
        let crashes = countChange()
        names.remove(path)
        if crashes { throw FileError(operation: "unlink", path: rawPath, errorNumber: EIO) }
    }

    mutating func syncDirectory(_ rawPath: String) throws(FileError) {
        func failure(_ number: Int32) -> FileError { FileError(operation: "fsync", path: rawPath, errorNumber: number) }
        try check("fsync", rawPath)
        let path = DiskNames.normal(rawPath)
        guard names.isDirectory(path) else { throw failure(ENOENT) }
        if countChange() { throw failure(EIO) }
        if !plan.directorySyncsLie { names.sync(path) }
    }

    // MARK: Open files

    func size(_ handle: Int) throws(FileError) -> Int {
        try opened(handle, "fstat").bytes.live.count
    }

    mutating func read(
        _ handle: Int,
        into buffer: UnsafeMutableRawBufferPointer,
        at offset: Int
    ) throws(FileError) -> Int {
        let (open, file) = try opened(handle, "pread")
        counts.reads += 1
        if plan.failingReads.contains(counts.reads) {
            throw FileError(operation: "pread", path: open.path, errorNumber: EIO)
        }
        let count = max(0, min(buffer.count, file.live.count - offset))
        guard count > 0 else { return 0 }
        file.live.withUnsafeBytes {
            buffer.copyMemory(from: UnsafeRawBufferPointer(rebasing: $0[offset..<(offset + count)]))
        }
        return count
    }

    mutating func write(_ handle: Int, _ bytes: UnsafeRawBufferPointer, at offset: Int) throws(FileError) {
        let open = try openedToWrite(handle, "pwrite")
        if plan.refusesEveryWrite { throw FileError(operation: "pwrite", path: open.path, errorNumber: ENOSPC) }
        counts.writes += 1
        let crashes = countChange()
        var count = bytes.count
        var errorNumber: Int32?
        if plan.failingWrites.contains(counts.writes) {
            let sectorEnd = (offset + generator.number(in: 0...bytes.count)) / DiskFile.sectorByteCount
            count = max(0, sectorEnd * DiskFile.sectorByteCount - offset)
            errorNumber = EIO
        }
        if let capacity = plan.capacity, let file = files[open.file] {
            let freePages = (capacity - usedByteCount) / DiskFile.pageByteCount
            let writable = file.writableByteCount(count, at: offset, freePages: freePages)
            if writable < count {
                count = writable
                errorNumber = ENOSPC
            }
        }
        // The optional chain keeps the file's arrays unique while they change.
        files[open.file]?.write(UnsafeRawBufferPointer(rebasing: bytes[..<count]), at: offset)
        if crashes { errorNumber = EIO }
        if let errorNumber { throw FileError(operation: "pwrite", path: open.path, errorNumber: errorNumber) }
    }

    mutating func truncate(_ handle: Int, to size: Int) throws(FileError) {
        let open = try openedToWrite(handle, "ftruncate")
        let crashes = countChange()
        files[open.file]?.resize(to: size)
        if crashes { throw FileError(operation: "ftruncate", path: open.path, errorNumber: EIO) }
    }

    mutating func sync(_ handle: Int) throws(FileError) {
        let open = try openedFile(handle, "fdatasync")
        guard names.live.values.contains(.file(open.file)) else {
            throw FileError(operation: "fdatasync", path: open.path, errorNumber: ENOENT)
        }
        counts.syncs += 1
        if countChange() { throw FileError(operation: "fdatasync", path: open.path, errorNumber: EIO) }
        if plan.failingSyncs.contains(counts.syncs) {
            files[open.file]?.failSync(&generator)
            throw FileError(operation: "fdatasync", path: open.path, errorNumber: EIO)
        }
        if plan.syncsLie { return }
        files[open.file]?.sync()
    }

    mutating func lock(_ handle: Int) throws(FileError) -> Bool {
        let open = try openedFile(handle, "flock")
        let isHeld = openFiles.contains { $0.key != handle && $0.value.file == open.file && $0.value.holdsLock }
        if !isHeld { openFiles[handle]?.holdsLock = true }
        return !isHeld
    }

    mutating func close(_ handle: Int) {
        openFiles[handle] = nil
    }

    // MARK: What tests do to it

    mutating func crash() { hasCrashed = true }

    /// A disk after the power came back: with what survived, no open files and no faults.
    func crashImage(seed: UInt64) -> Disk {
        var image = self
        image.plan = FaultPlan()
        image.counts = DiskCounts()
        image.hasCrashed = false
        image.openFiles = [:]
        image.generator = SeededGenerator(seed: seed)
        image.names.crash(&image.generator)
        var survivors: [Int: DiskFile] = [:]
        // In the order of their making: a seed means the same crash every time.
        for id in files.keys.sorted() {
            var file = files[id]
            file?.crash(&image.generator)
            survivors[id] = file
        }
        let named = image.names.live.values
        image.files = survivors.filter { named.contains(.file($0.key)) }
        return image
    }

    /// What files take that have a name or are open; the bytes of others stay only for what a crash may bring back.
    var usedByteCount: Int {
        var held = Set(openFiles.values.map(\.file))
        for case .file(let id) in names.live.values { held.insert(id) }
        return files.reduce(0) { held.contains($1.key) ? $0 + $1.value.allocatedByteCount : $0 }
    }

    /// Every file's path and bytes.
    var contents: [String: [UInt8]] {
        var contents: [String: [UInt8]] = [:]
        for (path, node) in names.live {
            if case .file(let id) = node { contents[path] = files[id]?.live }
        }
        return contents
    }

    mutating func tamper(_ path: String, _ change: (inout [UInt8]) -> Void) {
        guard case .file(let id) = names.live[DiskNames.normal(path)] else {
            preconditionFailure("there is no file \(path) to tamper with")
        }
        files[id]?.tamper(change)
    }

    // MARK: Helpers

    private mutating func makeID() -> Int {
        defer { nextID += 1 }
        return nextID
    }

    /// Refuses a change of names, as a directory that may only be read does.
    private func checkMayChange(_ operation: String, _ path: String) throws(FileError) {
        if let number = plan.refusedChanges {
            throw FileError(operation: operation, path: path, errorNumber: number)
        }
    }

    /// Counts a change, and says whether the power fails during it.
    private mutating func countChange() -> Bool {
        counts.changes += 1
        if counts.changes == plan.crashAtChange { hasCrashed = true }
        return hasCrashed
    }

    private func check(_ operation: String, _ path: String) throws(FileError) {
        if hasCrashed { throw FileError(operation: operation, path: path, errorNumber: EIO) }
    }

    /// The file's bytes too; a copy of the value, so not for those who change the file.
    private func opened(_ handle: Int, _ operation: String) throws(FileError) -> (open: OpenFile, bytes: DiskFile) {
        let open = try openedFile(handle, operation)
        return (open, files[open.file] ?? DiskFile())
    }

    private func openedToWrite(_ handle: Int, _ operation: String) throws(FileError) -> OpenFile {
        let open = try openedFile(handle, operation)
        guard open.isWritable else { throw FileError(operation: operation, path: open.path, errorNumber: EBADF) }
        return open
    }

    private func openedFile(_ handle: Int, _ operation: String) throws(FileError) -> OpenFile {
        guard let open = openFiles[handle] else {
            throw FileError(operation: operation, path: "closed file", errorNumber: EBADF)
        }
        try check(operation, open.path)
        return open
    }
}
