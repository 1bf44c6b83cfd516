/// What a disk allows one caller: small writes into a prezeroed file, each followed by a sync.
///
/// The limit that durable appends are held to.
public enum SyncLimit {
    /// Syncs a second, measured in a file of its own that is removed afterwards.
    ///
    /// - Parameters:
    ///   - directory: A directory on the disk.
    ///   - writeByteCount: How much is written before each sync.
    ///   - duration: For how long.
    /// - Returns: Syncs a second.
    /// - Throws: When the file cannot be written.
    public static func rate(
        in directory: String,
        writeByteCount: Int = 200,
        duration: Duration = .seconds(2)
    ) throws(LogStorageError) -> Double {
        do {
            return try measure(Paths.join(directory, "sync-limit.tmp"), writeByteCount, duration, POSIXFileSystem())
        } catch {
            throw LogStorageError(error)
        }
    }

    private static let fileByteCount = 32 << 20

    private static func measure(
        _ path: String,
        _ writeByteCount: Int,
        _ duration: Duration,
        _ fileSystem: any FileSystem
    ) throws(FileError) -> Double {
        // What an interrupted measurement left.
        do { try fileSystem.remove(path) } catch { if !error.isNotFound { throw error } }
        let file = try fileSystem.open(path, .create)
        defer {
            file.close()
            try? fileSystem.remove(path)
        }
        try LogPreparer.writeZeroes(file, from: 0, to: fileByteCount)
        try file.sync()
        let bytes = [UInt8](repeating: 7, count: writeByteCount)
        let clock = ContinuousClock()
        let start = clock.now
        var count = 0
        while clock.now - start < duration {
            try file.write(bytes, at: count * writeByteCount % (fileByteCount - writeByteCount))
            try file.sync()
            count += 1
        }
        return Double(count) / (start.duration(to: clock.now) / .seconds(1))
    }
}
