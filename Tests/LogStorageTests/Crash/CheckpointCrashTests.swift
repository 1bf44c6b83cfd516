import EventSourcing
import TestSupport
import Testing

@testable import LogStorage

/// The power fails around checkpoints: nothing acknowledged is lost, the log opens, and no half checkpoint has a name.
@Suite struct CheckpointCrashTests {
    private static let directory = "/data/shop"

    /// A log of which every commit makes a checkpoint.
    private struct Life {
        var disk: SimulatedFileSystem
        let clock = ManualClock(.seconds(1_700_000_000))
        var bodies: [[UInt8]] = []
        var acknowledgedCount = 0

        init(seed: UInt64) throws {
            disk = SimulatedFileSystem(seed: seed)
            try disk.createDirectory("/data")
            try disk.syncDirectory("/")
        }

        func open() throws -> SegmentedLog {
            var options = GoldenLog.options
            options.runsByHand = true
            options.checkpointSigner = Samples.signer
            options.now = { [clock] in clock.now }
            return try SegmentedLog.open(directory: directory, options: options, fileSystem: disk)
        }

        /// Appends a record, which makes a checkpoint.
        mutating func append(to log: SegmentedLog, _ body: [UInt8]) {
            clock.advance(by: .seconds(61))
            guard case .success = log.appending([body], expectedHead: log.head.appended) else { return }
            bodies.append(body)
            log.workByHand()
            acknowledgedCount = max(acknowledgedCount, Int(log.head.durable.value))
        }

        /// Nothing on the disk is wrong, and what was acknowledged is there; what was not may be, too.
        mutating func check() throws {
            do {
                let report = try LogVerifier.verify(
                    directory: directory,
                    checkpointKey: Samples.signer.publicKey,
                    fileSystem: disk
                )
                let damage = report.findings.filter(\.isDamage)
                try require(damage.isEmpty, "verify calls a crash damage: \(damage)")
            } catch let error as LogStorageError {
                try require(acknowledgedCount == 0, "verify fails: \(error)")
            }
            let log = try reopen()
            append(to: log, [9])
            try requireEqual(acknowledgedCount, bodies.count, "the records after one more")
            let store = CheckpointStore(fileSystem: disk, organizationDirectory: directory)
            try requireEqual(try store.sizes().last, bodies.count, "the newest checkpoint")
            log.close()
        }

        /// Opens the log after a crash, and compares it with what was appended.
        mutating func reopen() throws -> SegmentedLog {
            let opened = try open()
            try require(opened.recovery.damage.isEmpty, "a crash is called damage: \(opened.recovery.damage)")
            let records = try opened.records().map(\.body)
            try require(records.count >= acknowledgedCount, "LOST: \(records.count) of \(acknowledgedCount)")
            try requireEqual(records, Array(bodies.prefix(records.count)), "the records")
            bodies = records
            acknowledgedCount = records.count
            return opened
        }
    }

    /// The changes of the disk from one checkpoint to the next.
    private func script(_ life: inout Life) throws -> ClosedRange<Int> {
        let log = try life.open()
        life.append(to: log, [1])
        let before = life.disk.counts.changes
        life.append(to: log, [2])
        life.append(to: log, [3])
        log.close()
        return before + 1...life.disk.counts.changes
    }

    @Test func `a crash at any change around a checkpoint loses nothing`() throws {
        var whole = try Life(seed: 0)
        let changes = try script(&whole)
        #expect(changes.count > 12)
        for change in changes {
            for seed in 0..<12 {
                var life = try Life(seed: UInt64(seed))
                life.disk.plan { $0.crashAtChange = change }
                _ = try script(&life)
                #expect(life.disk.hasCrashed && life.acknowledgedCount >= 1)
                life.disk = life.disk.crashImage(seed: UInt64(seed))
                do { try life.check() } catch { Issue.record("change \(change), seed \(seed): \(error)") }
            }
        }
    }

    @Test func `crash after crash, on full disks too, loses nothing`() async throws {
        try await Property.forAllConcurrently(seeds: 400) { generator in
            var life = try Life(seed: generator.next())
            for _ in 0..<6 {
                let log = try life.reopen()
                let change = life.disk.counts.changes + generator.number(in: 1...14)
                life.disk.plan { $0.crashAtChange = change }
                life.append(to: log, generator.bytes(generator.below(40)))
                if generator.chance(1, in: 2) {
                    let used = life.disk.usedByteCount
                    life.disk.plan { $0.capacity = used }
                }
                for _ in 0..<2 { life.append(to: log, generator.bytes(generator.below(40))) }
                if generator.chance(1, in: 2) { log.close() }
                life.disk.crash()
                life.disk = life.disk.crashImage(seed: generator.next())
                if generator.chance(1, in: 3) { try life.check() }
            }
            try life.check()
        }
    }

    @Test func `a crash while old checkpoints are thinned leaves the first and the newest`() throws {
        for seed in 0..<8 as Range<UInt64> {
            let disk = SimulatedFileSystem(seed: seed)
            try disk.createDirectory("/shop/checkpoints")
            let store = CheckpointStore(fileSystem: disk, organizationDirectory: "/shop")
            func write(_ size: Int) throws(FileError) {
                let head = TreeHead(size: size, root: .emptyRoot)
                let note = Checkpoint.text(head, origin: "patron/shop/1") + "\n\u{2014} patron/shop/1 AAAA\n"
                try store.write(Checkpoint(origin: "patron/shop/1", head: head, note: note))
            }
            for size in 1...CheckpointStore.countLimit { try write(size) }
            let change = disk.counts.changes + 20 + Int(seed) * 30
            disk.plan { $0.crashAtChange = change }
            #expect(throws: FileError.self) { try write(CheckpointStore.countLimit + 1) }
            let image = CheckpointStore(fileSystem: disk.crashImage(seed: seed), organizationDirectory: "/shop")
            let sizes = try image.sizes()
            #expect(sizes.first == 1 && sizes.last == CheckpointStore.countLimit + 1)
            for size in sizes { #expect(try image.read(size: size) != nil) }
        }
    }
}
