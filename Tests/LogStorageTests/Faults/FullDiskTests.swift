import EventSourcing
import TestSupport
import Testing

@testable import LogStorage

/// A full disk stops writing and nothing else; the reserve is there for the writes that cannot wait.
@Suite struct FullDiskTests {
    private static let directory = "/data/shop"
    private static let reserve = "/data/shop/reserve"

    private func makeDisk() throws -> SimulatedFileSystem {
        let disk = SimulatedFileSystem(seed: 5)
        try disk.createDirectory("/data")
        try disk.syncDirectory("/")
        return disk
    }

    private func makeOptions(runsByHand: Bool = true) -> LogOptions {
        var options = LogOptions()
        options.blockByteLimit = 4096
        options.segmentByteCount = 32 << 10
        options.zeroAheadByteCount = 8192
        options.zeroStepByteCount = 4096
        options.reserveByteCount = 16 << 10
        options.fullRetryDelay = .milliseconds(1)
        options.runsByHand = runsByHand
        return options
    }

    private func open(_ disk: SimulatedFileSystem) throws -> SegmentedLog {
        try SegmentedLog.open(directory: Self.directory, options: makeOptions(), fileSystem: disk)
    }

    /// Appends until the log refuses; gives why, and how many records it holds then.
    private func fill(_ log: SegmentedLog) -> (refusal: AppendError, count: UInt64) {
        while true {
            let body = [UInt8](repeating: UInt8(truncatingIfNeeded: log.head.appended.value), count: 900)
            if case .failure(let error) = log.appending([body], expectedHead: log.head.appended) {
                return (error, log.head.appended.value)
            }
            log.workByHand()
        }
    }

    @Test func `the reserve is made, and is used by nothing while the log runs`() throws {
        let disk = try makeDisk()
        let log = try open(disk)
        #expect(disk.contents[Self.reserve]?.count == 16 << 10)
        disk.plan { [used = disk.usedByteCount] in $0.capacity = used + 8192 }
        #expect(fill(log).refusal == .storageFull)
        #expect(log.refusal == .storageFull)
        #expect(disk.contents[Self.reserve]?.count == 16 << 10)
        // What closes a log has room all the same: the last block is a mark.
        let blocks = log.statistics.blocks
        log.close()
        #expect(log.statistics.blocks == blocks + 1)
        #expect(try LogVerifier.verify(directory: Self.directory, fileSystem: disk).findings == [])
    }

    @Test func `a torn tail is kept with the reserve's room, and the reserve comes back`() throws {
        let disk = try makeDisk()
        let log = try open(disk)
        let segment = try tear(log, disk)
        let image = disk.crashImage(seed: 1)
        image.plan { [used = image.usedByteCount] in $0.capacity = used }
        let again = try open(image)
        #expect(again.recovery.tornTail?.quarantineFile != nil)
        #expect(image.contents.keys.contains { $0.hasPrefix("/data/shop/quarantine/") })
        #expect(again.head.durable.value == 1)
        image.plan { $0.capacity = nil }
        again.workByHand()
        #expect(again.refusal == nil)
        #expect(image.contents[Self.reserve]?.count == 16 << 10)
        #expect(image.contents[segment] != nil)
    }

    @Test func `without any room a log with a torn tail opens to read, and says what to do`() throws {
        let disk = try makeDisk()
        let log = try open(disk)
        _ = try tear(log, disk)
        let image = disk.crashImage(seed: 1)
        try image.remove(Self.reserve)
        image.plan { [used = image.usedByteCount] in $0.capacity = used }
        let before = image.contents
        let again = try open(image)
        guard case .readOnly(let reason) = again.refusal else {
            Issue.record("the log opened otherwise: \(String(describing: again.refusal))")
            return
        }
        #expect(reason.contains("No space left") && reason.contains("df -h"))
        #expect(try contents(of: again) == [[1, 2, 3]])
        #expect(image.contents == before)
        again.close()
        image.plan { $0.capacity = nil }
        #expect(try open(image).refusal == nil)
    }

    /// Leaves a log of one record with half a block behind it; gives the segment's path.
    private func tear(_ log: SegmentedLog, _ disk: SimulatedFileSystem) throws -> String {
        try log.append(RecordBatch([[1, 2, 3]]), expectedHead: .none)
        log.workByHand()
        let end = log.statistics.storedBytes
        let path = try #require(disk.contents.keys.first { $0.hasSuffix(".seg") })
        // The first sector's part of a block, whose other sectors never arrived.
        let sector = 512 - end % 512
        disk.tamper(path) { bytes in
            for offset in end..<(end + sector) { bytes[offset] = 0 }
            for offset in (end + sector)..<(end + sector + 512) { bytes[offset] = 0x5A }
        }
        return path
    }

    @Test func `a write that meets a full disk in prepared room waits for room, and is acknowledged then`() async throws
    {
        let disk = try makeDisk()
        let log = try SegmentedLog.open(
            directory: Self.directory,
            options: makeOptions(runsByHand: false),
            fileSystem: disk
        )
        defer { log.close() }
        disk.plan { $0.refusesEveryWrite = true }
        let last = try log.append(RecordBatch([[1], [2]]), expectedHead: .none)
        while log.refusal == nil { await Task.yield() }
        #expect(log.refusal == .storageFull)
        #expect(log.head.durable == .none)
        disk.plan { $0.refusesEveryWrite = false }
        try await log.waitUntilDurable(last)
        #expect(try contents(of: log) == [[1], [2]])
        while log.refusal != nil { await Task.yield() }
    }
}
