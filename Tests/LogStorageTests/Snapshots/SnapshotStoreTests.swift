import EventSourcing
import Foundation
import TestSupport
import Testing

@testable import LogStorage

@Suite struct SnapshotStoreTests {
    @Test func `what was written is read, whatever the pieces`() throws {
        try Property.forAll(seeds: 12) { random in
            let store = SnapshotFiles.store(on: SimulatedFileSystem())
            let limit = SnapshotFormat.chunkByteLimit
            let size = random.pick([0, 1, 1_000, limit - 1, limit, limit + 1, 2 * limit, random.below(3 * limit)])
            let content = SnapshotFiles.content(size, &random)
            let pieceByteCount = random.pick([1_000, 1 << 16, 3 * limit])
            try SnapshotFiles.write(content, at: 17, in: store, pieceByteCount: pieceByteCount)
            try requireEqual(try store.list(), [SequenceNumber(17)], "snapshots")
            try require(try SnapshotFiles.read(17, in: store).isSame(as: content), "content of \(size) bytes")
        }
    }

    @Test func `any changed bit is found`() throws {
        let disk = SimulatedFileSystem()
        let store = SnapshotFiles.store(on: disk)
        var random = SeededGenerator(seed: 1)
        try SnapshotFiles.write(SnapshotFiles.content(1_200, &random), at: 5, in: store)
        let path = store.path(of: SequenceNumber(5))
        let bytes = try #require(disk.contents[path])
        for index in bytes.indices {
            disk.tamper(path) { $0[index] ^= 1 << UInt8(index % 8) }
            let error = #expect(throws: LogStorageError.self) { _ = try SnapshotFiles.read(5, in: store) }
            #expect(error?.code == .damaged, "byte \(index)")
            disk.tamper(path) { $0 = bytes }
        }
        #expect(throws: Never.self) { _ = try SnapshotFiles.read(5, in: store) }
    }

    @Test func `no cut, no byte behind, no other name and no other log passes`() throws {
        let disk = SimulatedFileSystem()
        let store = SnapshotFiles.store(on: disk)
        try SnapshotFiles.write([UInt8](repeating: 7, count: 3_000), at: 5, in: store)
        let path = store.path(of: SequenceNumber(5))
        let bytes = try #require(disk.contents[path])
        for count in bytes.indices {
            disk.tamper(path) { $0 = Array(bytes[..<count]) }
            #expect(throws: LogStorageError.self, "cut to \(count)") { _ = try SnapshotFiles.read(5, in: store) }
        }
        disk.tamper(path) { $0 = bytes + [0] }
        #expect(throws: LogStorageError.self) { _ = try SnapshotFiles.read(5, in: store) }
        disk.tamper(path) { $0 = bytes }
        let other = SnapshotFiles.store(on: disk, logID: 2)
        let error = #expect(throws: LogStorageError.self) { try other.open(SequenceNumber(5)) }
        #expect(error?.code == .otherLog)
        try disk.rename(path, to: store.path(of: SequenceNumber(6)))
        #expect(throws: LogStorageError.self) { try store.open(SequenceNumber(6)) }
    }

    @Test func `chunks in another order are found`() throws {
        let disk = SimulatedFileSystem()
        let store = SnapshotFiles.store(on: disk)
        var random = SeededGenerator(seed: 2)
        // Chunks that do not compress have one size, so they fit in each other's place.
        try SnapshotFiles.write(random.bytes(2 * SnapshotFormat.chunkByteLimit), at: 5, in: store)
        let chunk =
            SnapshotFormat.chunkHeaderByteCount + SnapshotFormat.chunkByteLimit + SnapshotFormat.chunkEndByteCount
        disk.tamper(store.path(of: SequenceNumber(5))) { bytes in
            let start = SnapshotFormat.headerByteCount
            let (first, second) = (bytes[start..<start + chunk], bytes[start + chunk..<start + 2 * chunk])
            bytes.replaceSubrange(start..<start + 2 * chunk, with: Array(second) + Array(first))
        }
        #expect(throws: LogStorageError.self) { _ = try SnapshotFiles.read(5, in: store) }
    }

    @Test func `pruning keeps the newest two and clears what was interrupted`() throws {
        let disk = SimulatedFileSystem()
        let store = SnapshotFiles.store(on: disk)
        #expect(try store.list() == [])
        for sequence in [5, 9, 100, 30] as [UInt64] { try SnapshotFiles.write([1], at: sequence, in: store) }
        let interrupted = try store.create(SnapshotFiles.stamp(200))
        try interrupted.append([1, 2].span.bytes)
        #expect(try store.list() == [100, 30, 9, 5].map { SequenceNumber($0) })
        try store.prune()
        #expect(disk.contents.keys.sorted() == [30, 100].map { store.path(of: SequenceNumber($0)) })
    }

    @Test func `a snapshot of a newer format is told from a damaged one`() throws {
        let disk = SimulatedFileSystem()
        let store = SnapshotFiles.store(on: disk)
        try SnapshotFiles.write([1, 2, 3], at: 5, in: store)
        disk.tamper(store.path(of: SequenceNumber(5))) { bytes in
            bytes[8] += 1
            bytes.store(bytes.crc32c(0..<252), at: 252)
        }
        let error = #expect(throws: LogStorageError.self) { try store.open(SequenceNumber(5)) }
        #expect(error?.code == .newerFormat)
    }

    @Test func `pruning removes what does not reach a record`() throws {
        let disk = SimulatedFileSystem()
        let store = SnapshotFiles.store(on: disk)
        for sequence in [5, 9] as [UInt64] { try SnapshotFiles.write([1], at: sequence, in: store) }
        try store.prune(before: SequenceNumber(9))
        #expect(try store.list() == [SequenceNumber(9)])
    }

    @Test func `the committed snapshot is read, and today's writer writes its bytes`() throws {
        let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: "Golden/snapshot-v1")
        let disk = SimulatedFileSystem()
        let store = SnapshotFiles.store(on: disk)
        let content = Array(String(repeating: "customer 17 placed order 1001; ", count: 40).utf8)
        try SnapshotFiles.write(content, at: 9, in: store)
        let path = store.path(of: SequenceNumber(9))
        let written = try #require(disk.contents[path])
        let file = folder.appending(path: Paths.lastComponent(path))
        // Only to add a new version: PATRON_WRITE_GOLDEN=1 writes what is not there yet.
        if ProcessInfo.processInfo.environment["PATRON_WRITE_GOLDEN"] != nil {
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            try Data(written).write(to: file, options: .withoutOverwriting)
        }
        let golden = try [UInt8](Data(contentsOf: file))
        #expect(golden == written)
        disk.tamper(path) { $0 = golden }
        #expect(try SnapshotFiles.read(9, in: store) == content)
    }
}
