import EventSourcing
import TestSupport
import Testing

@testable import LogStorage

/// `docs/FORMAT.md` says what a snapshot's bytes are.
@Suite struct SnapshotDocumentTests {
    /// The number at the documented place of `name`.
    private func number(_ name: String, in bytes: [UInt8]) throws -> UInt64 {
        let field = try #require(FormatDocumentTests.fields.first { $0.name == name }, "\(name) is not documented")
        return bytes[field.offset..<field.offset + field.size].reversed().reduce(0) { $0 << 8 | UInt64($1) }
    }

    @Test func `a snapshot is as documented`() throws {
        let disk = SimulatedFileSystem()
        let store = SnapshotFiles.store(on: disk)
        try SnapshotFiles.write([UInt8](repeating: 7, count: 3_000), at: 9, in: store)
        let bytes = try #require(disk.contents[store.path(of: SequenceNumber(9))])
        let stamp = SnapshotFiles.stamp(9)
        let header = Array(bytes[..<SnapshotFormat.headerByteCount])
        #expect(try number("snapshotMagic", in: header) == SnapshotFormat.headerMagic)
        #expect(try number("snapshotVersion", in: header) == 1)
        #expect(try number("snapshotHeaderByteCount", in: header) == UInt64(header.count))
        #expect(try number("snapshotSequence", in: header) == 9)
        #expect(try number("snapshotRecordedAt", in: header) == UInt64(stamp.recordedAt.microseconds))
        #expect(try number("snapshotCreatedAt", in: header) == 1_700_000_000_000_000)
        for (name, digest) in [
            ("leafHash", stamp.leafHash.bytes), ("fingerprint", stamp.fingerprint), ("stateHash", stamp.stateHash),
        ] {
            let field = try #require(FormatDocumentTests.fields.first { $0.name == name })
            #expect(Array(header[field.offset..<field.offset + field.size]) == digest, "\(name)")
        }
        #expect(try number("snapshotHeaderChecksum", in: header) == UInt64(header.crc32c(0..<252)))

        let trailer = Array(bytes.suffix(SnapshotFormat.trailerByteCount))
        let chunk = Array(bytes[header.count..<bytes.count - trailer.count])
        #expect(try number("chunkMagic", in: chunk) == UInt64(SnapshotFormat.chunkMagic))
        #expect(try number("chunkCodec", in: chunk) == 1)
        #expect(try number("chunkIndex", in: chunk) == 0)
        #expect(try number("chunkRawByteCount", in: chunk) == 3_000)
        #expect(try number("chunkStoredByteCount", in: chunk) == UInt64(chunk.count - 24))
        #expect(chunk.number(at: chunk.count - 4, as: UInt32.self) == chunk.crc32c(0..<chunk.count - 4))

        #expect(try number("snapshotTrailerMagic", in: trailer) == SnapshotFormat.trailerMagic)
        #expect(try number("contentByteCount", in: trailer) == 3_000)
        #expect(try number("chunkCount", in: trailer) == 1)
        let digest = try #require(FormatDocumentTests.fields.first { $0.name == "snapshotDigest" })
        #expect(Array(trailer[digest.offset..<digest.offset + digest.size]) == SnapshotTrailer(trailer)?.digest)
        #expect(try number("snapshotTrailerChecksum", in: trailer) == UInt64(trailer.crc32c(0..<60)))
    }
}
