import EventSourcing
import Foundation
import TestSupport
import Testing

@testable import LogStorage

/// What a log does when the disk does not do its part: never a wrong record, and always a word on what to do.
@Suite struct FaultTests {
    private static let directory = "/data/shop"

    private func makeLog(on disk: SimulatedFileSystem, records: Int = 3) throws -> SegmentedLog {
        try disk.createDirectory("/data")
        try disk.syncDirectory("/")
        let log = try open(disk)
        for index in 0..<records {
            try log.append(RecordBatch([[UInt8(index)]]), expectedHead: log.head.appended)
            log.workByHand()
        }
        return log
    }

    private func open(_ disk: SimulatedFileSystem) throws -> SegmentedLog {
        var options = LogOptions()
        options.blockByteLimit = 2048
        options.segmentByteCount = 16 << 10
        options.zeroAheadByteCount = 0
        options.reserveByteCount = 4096
        options.runsByHand = true
        return try SegmentedLog.open(directory: Self.directory, options: options, fileSystem: disk)
    }

    private func expectFailed(_ log: SegmentedLog, saying words: String...) {
        guard case .failed(let reason) = log.refusal else {
            Issue.record("the log did not fail: \(String(describing: log.refusal))")
            return
        }
        for word in words { #expect(reason.contains(word), "\(reason)") }
    }

    @Test func `a failed sync ends writing, reads go on, and opening again heals`() throws {
        let disk = SimulatedFileSystem(seed: 1)
        let log = try makeLog(on: disk)
        disk.plan { [syncs = disk.counts.syncs] in $0.failingSyncs = [syncs + 1] }
        try log.append(RecordBatch([[9]]), expectedHead: log.head.appended)
        log.workByHand()
        expectFailed(log, saying: "fdatasync", "dmesg", "start again")
        #expect(log.head.durable.value == 3)
        #expect(try contents(of: log) == [[0], [1], [2]])
        disk.plan { $0.failingSyncs = [] }
        log.close()
        let again = try open(disk)
        #expect(again.refusal == nil)
        #expect(try Array(contents(of: again).prefix(3)) == [[0], [1], [2]])
    }

    @Test func `a segment removed under the log is noticed before anything more is acknowledged`() throws {
        let disk = SimulatedFileSystem(seed: 2)
        let log = try makeLog(on: disk)
        for path in disk.contents.keys { try disk.remove(path) }
        try log.append(RecordBatch([[9]]), expectedHead: log.head.appended)
        log.workByHand()
        expectFailed(log, saying: "put the file back")
        #expect(log.head.durable.value == 3)
        // The files that are open still have what was acknowledged.
        #expect(try contents(of: log) == [[0], [1], [2]])
    }

    @Test func `a real file without a name is not synced`() throws {
        try withTemporaryDirectory { root in
            let system = POSIXFileSystem()
            let file = try system.open(root + "/file", .create)
            try file.write([1], at: 0)
            try file.sync()
            try system.remove(root + "/file")
            #expect(throws: FileError(operation: "fdatasync", path: root + "/file", errorNumber: ENOENT)) {
                try file.sync()
            }
        }
    }

    @Test(arguments: [(EROFS, "remount,rw"), (EACCES, "chown"), (EPERM, "chown")])
    func `a directory that no longer takes files ends writing when the next segment is due`(
        errorNumber: Int32,
        remedy: String
    ) throws {
        let disk = SimulatedFileSystem(seed: 3)
        let log = try makeLog(on: disk)
        disk.plan { $0.refusedChanges = errorNumber }
        var generator = SeededGenerator(seed: 3)
        for _ in 0..<40 where log.refusal == nil {
            _ = log.appending([generator.bytes(900)], expectedHead: log.head.appended)
            log.workByHand()
        }
        expectFailed(log, saying: remedy)
        #expect(try contents(of: log).count == Int(log.head.durable.value))

        let image = disk.crashImage(seed: 1)
        image.plan { $0.refusedChanges = errorNumber }
        let again = try open(image)
        guard case .readOnly(let reason) = again.refusal else {
            Issue.record("it opened otherwise: \(String(describing: again.refusal))")
            return
        }
        #expect(reason.contains(remedy))
        #expect(try contents(of: again).count >= 3)
    }

    @Test func `a segment that cannot be read keeps the log from opening, by name`() throws {
        let disk = SimulatedFileSystem(seed: 4)
        try makeLog(on: disk).close()
        disk.plan { [reads = disk.counts.reads] in $0.failingReads = [reads + 1] }
        let error = try #require(throws: LogStorageError.self) { _ = try open(disk) }
        #expect(error.code == .inputOutput)
        #expect(error.path?.hasSuffix(".seg") == true)
        #expect("\(error)".contains("dmesg"))
    }

    @Test func `a record that cannot be read is an error, and the next read may succeed`() throws {
        let disk = SimulatedFileSystem(seed: 5)
        let log = try makeLog(on: disk)
        disk.plan { [reads = disk.counts.reads] in $0.failingReads = [reads + 1] }
        #expect(throws: LogStorageError.self) { try contents(of: log) }
        #expect(log.refusal == nil)
        #expect(try contents(of: log) == [[0], [1], [2]])
    }

    @Test func `a lock file that a dead process left holds nobody up`() throws {
        try withTemporaryDirectory { root in
            let data = root + "/data"
            try POSIXFileSystem().createDirectory(data)
            let stale = try POSIXFileSystem().open(data + "/LOCK", .create)
            try stale.write(Array("99999 patron serve, whose line is longer than the next one's\n".utf8), at: 0)
            stale.close()
            #expect(try DataDirectory.holder(of: data) == nil)
            let directory = try DataDirectory.open(data, program: "test")
            #expect(try DataDirectory.holder(of: data)?.hasSuffix(" test") == true)
            let error = try #require(throws: LogStorageError.self) { try DataDirectory.open(data, program: "other") }
            #expect(error.code == .locked)
            directory.close()
        }
    }
}
