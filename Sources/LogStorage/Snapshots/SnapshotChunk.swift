import CLZ4

/// A piece of a snapshot's content: header, payload (LZ4, or stored where that is not smaller), and a checksum of both.
enum SnapshotChunk {
    private enum Field {
        static let magic = 0
        static let codec = 4
        static let index = 8
        static let rawByteCount = 12
        static let storedByteCount = 16
    }

    /// The chunk of the first `rawByteCount` bytes of `raw`, at the start of `chunk`; returns its size.
    static func encode(_ raw: [UInt8], rawByteCount: Int, index: Int, into chunk: inout [UInt8]) -> Int {
        let start = SnapshotFormat.chunkHeaderByteCount
        let bound = start + LinkedCompressor.bound(rawByteCount: rawByteCount) + SnapshotFormat.chunkEndByteCount
        if chunk.count < bound { chunk = .zeroes(bound) }
        let compressed = unsafe raw.withUnsafeBytes { source in
            unsafe chunk.withUnsafeMutableBytes { target in
                unsafe Int(
                    LZ4_compress_default(
                        source.baseAddress?.assumingMemoryBound(to: CChar.self),
                        target.baseAddress.map { unsafe ($0 + start).assumingMemoryBound(to: CChar.self) },
                        Int32(rawByteCount),
                        Int32(target.count - start)
                    )
                )
            }
        }
        let isStored = compressed <= 0 || compressed >= rawByteCount
        let stored = isStored ? rawByteCount : compressed
        if isStored { chunk.replaceSubrange(start..<start + stored, with: raw[..<rawByteCount]) }
        chunk.store(SnapshotFormat.chunkMagic, at: Field.magic)
        chunk.store(UInt32(isStored ? 0 : 1), at: Field.codec)
        chunk.store(UInt32(index), at: Field.index)
        chunk.store(UInt32(rawByteCount), at: Field.rawByteCount)
        chunk.store(UInt32(stored), at: Field.storedByteCount)
        chunk.store(chunk.crc32c(0..<start + stored), at: start + stored)
        return start + stored + SnapshotFormat.chunkEndByteCount
    }

    /// What a chunk's header says of it.
    struct Announced {
        var isStored: Bool
        var rawByteCount: Int
        /// All of the chunk.
        var byteCount: Int
    }

    /// What the header at `start` announces; `nil` when it cannot be one.
    static func announced(_ bytes: [UInt8], at start: Int, index: Int) -> Announced? {
        let codec = bytes.number(at: start + Field.codec, as: UInt32.self)
        let raw = Int(bytes.number(at: start + Field.rawByteCount, as: UInt32.self))
        let stored = Int(bytes.number(at: start + Field.storedByteCount, as: UInt32.self))
        guard bytes.number(at: start + Field.magic, as: UInt32.self) == SnapshotFormat.chunkMagic, codec <= 1,
            bytes.number(at: start + Field.index, as: UInt32.self) == UInt32(truncatingIfNeeded: index),
            (1...SnapshotFormat.chunkByteLimit).contains(raw), stored <= raw, codec == 1 || stored == raw
        else { return nil }
        let byteCount = SnapshotFormat.chunkHeaderByteCount + stored + SnapshotFormat.chunkEndByteCount
        return Announced(isStored: codec == 0, rawByteCount: raw, byteCount: byteCount)
    }

    /// The content of the whole chunk at `start`; `nil` when it is not what was written.
    static func decode(_ bytes: [UInt8], at start: Int, _ announced: Announced) -> [UInt8]? {
        let end = start + announced.byteCount - SnapshotFormat.chunkEndByteCount
        guard bytes.number(at: end, as: UInt32.self) == bytes.crc32c(start..<end) else { return nil }
        let payload = start + SnapshotFormat.chunkHeaderByteCount
        if announced.isStored { return Array(bytes[payload..<end]) }
        var count = 0
        let raw = unsafe [UInt8](unsafeUninitializedCapacity: announced.rawByteCount) { target, initializedCount in
            unsafe bytes.withUnsafeBytes { source in
                unsafe count = Int(
                    LZ4_decompress_safe(
                        source.baseAddress.map { unsafe ($0 + payload).assumingMemoryBound(to: CChar.self) },
                        UnsafeMutableRawPointer(target.baseAddress)?.assumingMemoryBound(to: CChar.self),
                        Int32(end - payload),
                        Int32(announced.rawByteCount)
                    )
                )
            }
            initializedCount = max(0, count)
        }
        return count == announced.rawByteCount ? raw : nil
    }
}
