import Crypto
import EventSourcing

/// Writes one snapshot, a chunk at a time, under a temporary name; it is there once ``finish()`` returned.
///
/// Not for several threads at once.
public final class SnapshotWriter {
    private let fileSystem: any FileSystem
    private let directory: String
    private let temporaryPath: String
    private let path: String
    private let file: any File
    private var raw = [UInt8].zeroes(SnapshotFormat.chunkByteLimit)
    private var rawCount = 0
    private var chunk: [UInt8] = []
    private var offset = 0
    private var chunkCount = 0
    private var digest = SHA256()
    /// How many bytes of content it was given.
    public private(set) var rawByteCount = 0

    init(
        _ header: SnapshotHeader,
        directory: String,
        fileSystem: any FileSystem
    ) throws(FileError) {
        self.fileSystem = fileSystem
        self.directory = directory
        let path = Paths.join(directory, SnapshotName.name(sequence: header.stamp.sequence.value))
        let temporaryPath = path + SnapshotName.temporarySuffix
        self.path = path
        self.temporaryPath = temporaryPath
        file = try fileSystem.createPassing(temporaryPath)
        do {
            try write(header.encode(), SnapshotFormat.headerByteCount)
        } catch {
            cancel()
            throw error
        }
    }

    /// Takes the next bytes of the content.
    public func append(_ bytes: RawSpan) throws(LogStorageError) {
        var done = 0
        while done < bytes.byteCount {
            let count = min(bytes.byteCount - done, raw.count - rawCount)
            let piece = bytes.extracting(done..<done + count)
            unsafe raw.withUnsafeMutableBytes { target in
                unsafe piece.withUnsafeBytes {
                    unsafe UnsafeMutableRawBufferPointer(rebasing: target[rawCount..<rawCount + count])
                        .copyMemory(from: $0)
                }
            }
            rawCount += count
            done += count
            if rawCount == raw.count { try flush() }
        }
    }

    /// Writes what is left, syncs, and gives the snapshot its name.
    ///
    /// - Returns: The size of the file.
    /// - Throws: `inputOutput`; the temporary file is gone then, if that is possible.
    @discardableResult
    public func finish() throws(LogStorageError) -> Int {
        if rawCount > 0 { try flush() }
        let trailer = SnapshotTrailer(
            rawByteCount: rawByteCount,
            chunkCount: chunkCount,
            digest: Array(digest.finalize())
        )
        do {
            try file.write(trailer.encode(), at: offset)
            try file.sync()
            file.close()
            try fileSystem.rename(temporaryPath, to: path)
            try fileSystem.syncDirectory(directory)
        } catch {
            cancel()
            throw LogStorageError(error)
        }
        return offset + SnapshotFormat.trailerByteCount
    }

    /// Removes what was written.
    public func cancel() {
        file.close()
        try? fileSystem.remove(temporaryPath)
    }

    private func flush() throws(LogStorageError) {
        let count = SnapshotChunk.encode(raw, rawByteCount: rawCount, index: chunkCount, into: &chunk)
        do {
            try write(chunk, count)
        } catch {
            cancel()
            throw LogStorageError(error)
        }
        chunkCount += 1
        rawByteCount += rawCount
        rawCount = 0
    }

    private func write(_ bytes: [UInt8], _ count: Int) throws(FileError) {
        try file.write(bytes, 0..<count, at: offset)
        unsafe bytes.withUnsafeBytes {
            unsafe digest.update(bufferPointer: UnsafeRawBufferPointer(rebasing: $0[..<count]))
        }
        offset += count
    }
}
