import Crypto
public import EventSourcing

/// Reads one snapshot, a chunk at a time, and checks everything: each chunk before its bytes are given, the whole at the end.
///
/// Not for several threads at once.
public final class SnapshotReader {
    /// The file.
    public let path: String
    /// What the snapshot says of itself.
    public let stamp: SnapshotStamp
    /// When it was begun.
    public let createdAt: Timestamp
    /// How many bytes the file has.
    public let byteCount: Int
    /// How many bytes of content there are.
    public let rawByteCount: Int

    let logID: LogID
    private let trailer: SnapshotTrailer
    private var window: FileWindow
    private let end: Int
    private var offset = SnapshotFormat.headerByteCount
    private var chunkIndex = 0
    private var given = 0
    private var digest = SHA256()

    init(_ path: String, fileSystem: any FileSystem) throws(LogStorageError) {
        self.path = path
        do {
            let file = try fileSystem.open(path, .read)
            byteCount = try file.size()
            let header = try file.read(SnapshotFormat.headerByteCount, at: 0)
            if let version = SnapshotHeader.version(header), version > SnapshotFormat.version {
                throw LogStorageError(
                    .newerFormat,
                    "The snapshot has format version \(version), this program knows \(SnapshotFormat.version)",
                    path: path
                )
            }
            end = byteCount - SnapshotFormat.trailerByteCount
            guard let read = SnapshotHeader(header), end >= SnapshotFormat.headerByteCount,
                let trailer = SnapshotTrailer(try file.read(SnapshotFormat.trailerByteCount, at: end))
            else { throw Self.damage("The snapshot has no valid header and trailer", path, 0) }
            self.trailer = trailer
            rawByteCount = trailer.rawByteCount
            logID = read.logID
            stamp = read.stamp
            createdAt = Timestamp(microseconds: read.createdAt)
            window = FileWindow(file, pieceByteCount: 4 << 20, firstPieceByteCount: 4 << 20)
            unsafe header.withUnsafeBytes { unsafe digest.update(bufferPointer: $0) }
        } catch let error as LogStorageError {
            throw error
        } catch let error as FileError {
            throw LogStorageError(error)
        } catch {
            throw LogStorageError(.inputOutput, "\(error)", path: path)
        }
        guard stamp.sequence.value == SnapshotName.sequence(Paths.lastComponent(path)) else {
            throw Self.damage("The snapshot's name is not that of its sequence", path, 0)
        }
        // What it could hold at most, so that nobody makes room for more.
        guard rawByteCount <= end / SnapshotFormat.chunkHeaderByteCount * SnapshotFormat.chunkByteLimit else {
            throw Self.damage("The snapshot announces more than it can hold", path, end)
        }
    }

    /// The next bytes of the content, none at the end; then all of it was what was written.
    ///
    /// - Throws: `damaged`, `inputOutput`.
    public func next() throws(LogStorageError) -> [UInt8] {
        guard offset < end else {
            try checkWhole()
            return []
        }
        let head = try load(SnapshotFormat.chunkHeaderByteCount)
        guard let announced = SnapshotChunk.announced(window.bytes, at: head, index: chunkIndex),
            announced.byteCount <= end - offset
        else { throw Self.damage("Chunk \(chunkIndex) is not what was written", path, offset) }
        let start = try load(announced.byteCount)
        guard let raw = SnapshotChunk.decode(window.bytes, at: start, announced) else {
            throw Self.damage("Chunk \(chunkIndex) is not what was written", path, offset)
        }
        unsafe window.bytes.withUnsafeBytes { bytes in
            unsafe digest.update(
                bufferPointer: UnsafeRawBufferPointer(rebasing: bytes[start..<start + announced.byteCount])
            )
        }
        offset += announced.byteCount
        chunkIndex += 1
        given += raw.count
        return raw
    }

    private func checkWhole() throws(LogStorageError) {
        guard given == trailer.rawByteCount, chunkIndex == trailer.chunkCount,
            Array(digest.finalize()) == trailer.digest
        else { throw Self.damage("The snapshot as a whole is not what was written", path, end) }
    }

    /// Makes the next bytes available; gives where they are in the window.
    private func load(_ count: Int) throws(LogStorageError) -> Int {
        do {
            guard let position = try window.load(offset, count, end: end) else {
                throw Self.damage("The snapshot ends too soon", path, offset)
            }
            return position
        } catch let error as FileError {
            throw LogStorageError(error)
        } catch let error as LogStorageError {
            throw error
        } catch {
            throw LogStorageError(.inputOutput, "\(error)", path: path)
        }
    }

    private static func damage(_ what: String, _ path: String, _ offset: Int) -> LogStorageError {
        LogStorageError(.damaged, "\(what); it can be deleted, the log makes it anew", path: path, offset: offset)
    }
}
