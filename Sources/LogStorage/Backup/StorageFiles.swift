import Crypto

/// What backup and restore do with files, with errors as callers see them.
struct StorageFiles: Sendable {
    let system: any FileSystem

    /// How much is read and written at a time.
    static let pieceByteCount = 1 << 20

    /// The names in a directory, in order; none where there is no directory.
    func list(_ directory: String) throws(LogStorageError) -> [String] {
        do {
            return try system.list(directory).sorted()
        } catch {
            if error.isNotFound { return [] }
            throw LogStorageError(error)
        }
    }

    /// Opens a file to read; `nil` when there is none.
    func open(_ path: String) throws(LogStorageError) -> StorageFile? {
        do {
            return StorageFile(path: path, file: try system.open(path, .read))
        } catch {
            if error.isNotFound { return nil }
            throw LogStorageError(error)
        }
    }

    /// All bytes of a small file; `nil` when there is none.
    func read(_ path: String) throws(LogStorageError) -> [UInt8]? {
        guard let file = try open(path) else { return nil }
        defer { file.close() }
        return try file.read(try file.size(), at: 0)
    }

    /// Makes a directory, and those above it, so that they survive a power failure.
    func makeDirectory(_ path: String) throws(LogStorageError) {
        let parent = Paths.parent(path) ?? "."
        if parent != "/", parent != ".", !(try exists(parent)) { try makeDirectory(parent) }
        try withFileErrors { () throws(FileError) in
            try system.createDirectory(path)
            try system.syncDirectory(parent)
        }
    }

    private func exists(_ directory: String) throws(LogStorageError) -> Bool {
        do {
            _ = try system.list(directory)
            return true
        } catch {
            if error.isNotFound { return false }
            throw LogStorageError(error)
        }
    }

    func syncDirectory(_ path: String) throws(LogStorageError) {
        try withFileErrors { () throws(FileError) in try system.syncDirectory(path) }
    }

    /// Removes a file, if it is there.
    func remove(_ path: String) throws(LogStorageError) {
        do {
            try system.remove(path)
        } catch {
            if !error.isNotFound { throw LogStorageError(error) }
        }
    }

    /// Writes a new file under a passing name, syncs it, and only then gives it its name.
    ///
    /// The name itself survives a power failure once the directory was synced, which is left to the caller.
    func place(
        _ path: String,
        by passingPath: String,
        _ write: (any File) throws(LogStorageError) -> Void
    ) throws(LogStorageError) {
        let file = try withFileErrors { () throws(FileError) in try system.createPassing(passingPath) }
        defer { file.close() }
        try write(file)
        try withFileErrors { () throws(FileError) in
            try file.sync()
            try system.rename(passingPath, to: path)
        }
    }

    /// Writes a small file whole, or not at all, so that it survives a power failure.
    func place(_ path: String, _ bytes: [UInt8]) throws(LogStorageError) {
        try place(path, by: path + ".tmp") { (file) throws(LogStorageError) in
            try withFileErrors { () throws(FileError) in try file.write(bytes, at: 0) }
        }
        if let parent = Paths.parent(path) { try syncDirectory(parent) }
    }
}

/// An open file to read, with errors as callers see them.
struct StorageFile: Sendable {
    let path: String
    let file: any File

    func close() { file.close() }

    func size() throws(LogStorageError) -> Int {
        try withFileErrors { () throws(FileError) in try file.size() }
    }

    /// Up to `count` bytes at `offset`; fewer at the end of the file.
    func read(_ count: Int, at offset: Int) throws(LogStorageError) -> [UInt8] {
        try withFileErrors { () throws(FileError) in try file.read(count, at: offset) }
    }

    /// The footer of a sealed segment that ends at `byteCount`, of any version; `nil` when there is no whole one.
    func footer(endingAt byteCount: Int) throws(LogStorageError) -> SegmentFooter? {
        try withFileErrors { () throws(FileError) in
            try SegmentFooter(endOf: file, byteCount: byteCount, oldestVersion: 1)
        }
    }

    /// Gives the bytes of `range`, in large pieces and in order.
    func read(
        _ range: Range<Int>,
        _ visit: ([UInt8], Range<Int>) throws(LogStorageError) -> Void
    ) throws(LogStorageError) {
        var piece = [UInt8].zeroes(min(range.count, StorageFiles.pieceByteCount))
        var offset = range.lowerBound
        while offset < range.upperBound {
            let wanted = min(piece.count, range.upperBound - offset)
            let count = try withFileErrors { () throws(FileError) in
                try file.read(into: &piece, 0..<wanted, at: offset)
            }
            guard count == wanted else {
                throw LogStorageError(.damaged, "The file became shorter while it was read", path: path, offset: offset)
            }
            try visit(piece, 0..<count)
            offset += count
        }
    }

    /// The SHA-256 of a part.
    func sha256(_ range: Range<Int>) throws(LogStorageError) -> [UInt8] {
        var digest = SHA256()
        try read(range) { (bytes, part) throws(LogStorageError) in digest.update(bytes, part) }
        return digest.bytes
    }
}

/// Does file work, with its error as callers see it.
func withFileErrors<Value>(_ work: () throws(FileError) -> Value) throws(LogStorageError) -> Value {
    do {
        return try work()
    } catch {
        throw LogStorageError(error)
    }
}
