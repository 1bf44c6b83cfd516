import EventSourcing
import Synchronization
import TestSupport
import Testing

@testable import LogStorage

/// The checkpoints of a log on a disk in memory.
@Suite struct LogCheckpointTests {
    private let disk = SimulatedFileSystem()
    private let clock = ManualClock(.seconds(1_700_000_000))

    private var options: LogOptions {
        var options = GoldenLog.options
        options.runsByHand = true
        options.checkpointSigner = Samples.signer
        options.checkpointInterval = .seconds(60)
        options.now = { [clock] in clock.now }
        return options
    }

    private func open(
        _ disk: SimulatedFileSystem? = nil,
        id: LogID? = nil,
        checks: Bool = true
    ) throws -> SegmentedLog {
        var options = options
        if !checks { options.checkpointSigner = nil }
        if let id { options.makeLogID = { id } }
        return try SegmentedLog.open(directory: "/shop", options: options, fileSystem: disk ?? self.disk)
    }

    private func isReadOnly(_ log: SegmentedLog) -> Bool {
        if case .failure(.readOnly) = log.appending([[6]], expectedHead: log.head.appended) { true } else { false }
    }

    private func append(_ bodies: [[UInt8]], to log: SegmentedLog) throws {
        _ = try log.appending(bodies, expectedHead: log.head.appended).get()
        log.workByHand()
    }

    private func store(_ disk: SimulatedFileSystem? = nil) -> CheckpointStore {
        CheckpointStore(fileSystem: disk ?? self.disk, organizationDirectory: "/shop")
    }

    private func findings(_ disk: SimulatedFileSystem? = nil) throws -> [LogFinding] {
        try LogVerifier.verify(
            directory: "/shop",
            checkpointKey: Samples.signer.publicKey,
            fileSystem: disk ?? self.disk
        )
        .findings
    }

    @Test func `a log that grows has one every minute, and one when it is closed`() throws {
        let log = try open()
        #expect(try store().sizes() == [])
        try append([[1]], to: log)
        try append([[2]], to: log)
        #expect(try store().sizes() == [1])
        clock.advance(by: .seconds(59))
        try append([[3]], to: log)
        #expect(try store().sizes() == [1])
        clock.advance(by: .seconds(1))
        try append([[4]], to: log)
        #expect(try store().sizes() == [1, 4])
        try append([[5]], to: log)
        let head = log.treeHead
        let key = try #require(log.checkpointKey)
        log.close()
        #expect(try store().sizes() == [1, 4, 5])
        let last = try #require(try store().read(size: 5))
        #expect(last.head == head && last.isSigned(by: key))
        #expect(last.origin == "patron/shop/7766554433221100ffeeddccbbaa9988")
        #expect(try findings() == [])
        // Nothing new, nothing signed.
        try open().close()
        #expect(try store().sizes() == [1, 4, 5])
    }

    @Test func `a seal makes one`() throws {
        var generator = SeededGenerator(seed: 3)
        let log = try open()
        for _ in 0..<5 { try append([generator.randomBytes(1800)], to: log) }
        #expect(log.statistics.segments > 1)
        #expect(try store().sizes().count > 1)
        log.close()
        #expect(try findings() == [])
    }

    @Test func `damage where a checkpoint is compared is named at once, although footers are trusted`() throws {
        var generator = SeededGenerator(seed: 3)
        let log = try open()
        for _ in 0..<5 { try append([generator.randomBytes(1800)], to: log) }
        log.close()
        let path = "/shop/log/" + SegmentName.name(firstSequence: 1)
        #expect(disk.contents.keys.count { $0.hasSuffix(".seg") } > 1)
        disk.tamper(path) { $0[SegmentHeader.byteCount + 100] ^= 1 }
        let damaged = try open()
        #expect(damaged.recovery.damage.map(\.kind) == [.rotten])
        #expect(isReadOnly(damaged))
    }

    /// An attacker who knows the format: record 500 is another, every checksum is right, and the footers still have the old nodes.
    @Test func `records changed behind a footer's back get no proof, and the background finds them`() throws {
        var generator = SeededGenerator(seed: 8)
        let bodies = (0..<1500).map { _ in generator.randomBytes(12) }
        let forged = SimulatedFileSystem()
        for target in [disk, forged] {
            var bodies = bodies
            if target === forged { bodies[499][3] ^= 1 }
            let log = try open(target)
            for start in stride(from: 0, to: 1500, by: 100) { try append(Array(bodies[start..<start + 100]), to: log) }
            log.close()
        }
        for (path, bytes) in disk.contents where path.hasSuffix(".checkpoint") {
            forged.tamper(path) { $0 = bytes }
        }
        // Without the nodes it is found at once.
        #expect(try open(forged).recovery.damage.map(\.kind) == [.tampered])
        let nodes = try [disk, forged].map { try open($0, checks: false).core.tree.snapshot.chunks[0] }
        let path = try #require(forged.replaceNode(nodes[1], by: nodes[0]))
        let log = try open(forged)
        #expect(log.recovery.isClean)
        #expect(throws: LogStorageError.self) { try log.inclusionProof(of: SequenceNumber(500), in: 1500) }
        #expect(throws: LogStorageError.self) { try log.makeCheckpoint(size: 700) }
        log.keepByHand()
        #expect(log.verification.findings.map(\.kind) == [.footer])
        #expect(log.verification.findings.map(\.segment) == [Paths.lastComponent(path)])
        log.close()
        #expect(try Set(findings(forged).map(\.kind)) == [.footer, .tampered])
    }

    @Test func `a directory that was moved away is made again`() throws {
        try withTemporaryDirectory { directory in
            let files = POSIXFileSystem()
            let log = try SegmentedLog.open(directory: directory + "/shop", options: options, fileSystem: files)
            try append([[1]], to: log)
            try files.rename(directory + "/shop/checkpoints", to: directory + "/shop/old")
            clock.advance(by: .seconds(60))
            try append([[2]], to: log)
            let store = CheckpointStore(fileSystem: files, organizationDirectory: directory + "/shop")
            #expect(try store.sizes() == [2])
            log.close()
        }
    }

    @Test func `a log with threads makes checkpoints by itself, sealed or not`() async throws {
        try await withTemporaryDirectory { directory in
            var options = LogOptions()
            options.checkpointSigner = Samples.signer
            options.checkpointInterval = .milliseconds(2)
            let log = try SegmentedLog.open(directory: directory + "/shop", options: options)
            defer { log.close() }
            let store = CheckpointStore(fileSystem: POSIXFileSystem(), organizationDirectory: directory + "/shop")
            for count in 1...5 {
                _ = try log.appending([[UInt8(count)]], expectedHead: log.head.appended).get()
                while try store.sizes().last != count { try await Task.sleep(for: .milliseconds(1)) }
            }
            #expect(try store.sizes() == [1, 2, 3, 4, 5])
        }
    }

    @Test func `a full disk puts one off`() throws {
        let log = try open()
        try append([[1]], to: log)
        clock.advance(by: .seconds(60))
        let used = disk.usedByteCount
        disk.plan { $0.capacity = used }
        try append([[2]], to: log)
        #expect(try store().sizes() == [1])
        disk.plan { $0.capacity = nil }
        log.workByHand()
        #expect(try store().sizes() == [1, 2])
    }

    @Test func `a disk that fails stops the log, and nothing is lost`() throws {
        let log = try open()
        try append([[1]], to: log)
        clock.advance(by: .seconds(60))
        _ = try log.appending([[2]], expectedHead: log.head.appended).get()
        // The first sync is the block's, the second the checkpoint's.
        let second = disk.counts.syncs + 2
        disk.plan { $0.failingSyncs = [second] }
        log.workByHand()
        #expect(log.head.durable == SequenceNumber(2))
        guard case .failure(.failed) = log.appending([[3]], expectedHead: log.head.appended) else {
            Issue.record("the log goes on after a failed sync")
            return
        }
        disk.plan { $0.failingSyncs = [] }
        log.close()
        #expect(try store().sizes() == [1])
        let again = try open()
        #expect(again.recovery.isClean)
        try append([[3]], to: again)
        again.close()
        #expect(try store().sizes() == [1, 3])
        #expect(try findings() == [])
    }

    /// Two logs of one name that differ in record 3, the second with the checkpoints of the first.
    private func forged(recordCount: Int, id: LogID? = nil) throws -> SimulatedFileSystem {
        let forged = SimulatedFileSystem()
        for (target, third) in [(disk, UInt8(3)), (forged, 33)] {
            let log = try open(target, id: target === disk ? nil : id)
            for value in [1, 2, third, 4, 5].prefix(target === disk ? 5 : recordCount) {
                try append([[UInt8(value)]], to: log)
                clock.advance(by: .seconds(61))
            }
            log.close()
        }
        for size in try store(forged).sizes() {
            try forged.remove("/shop/checkpoints/" + CheckpointStore.name(size: size))
        }
        for size in try store().sizes() { try store(forged).write(try #require(try store().read(size: size))) }
        return forged
    }

    @Test func `changed history is found, although every checksum is right`() throws {
        let forged = try forged(recordCount: 5)
        let found = try findings(forged)
        #expect(found.map(\.kind) == [.tampered, .tampered, .tampered])
        #expect(found.map { $0.firstSequence?.value } == [3, 3, 3])
        #expect(found.map { $0.lastSequence?.value } == [3, 4, 5])
        let log = try open(forged)
        #expect(log.recovery.damage.map(\.kind) == [.tampered])
        #expect(isReadOnly(log), "the log would sign another history")
    }

    @Test func `a log that was written anew under another name is found`() throws {
        let forged = try forged(recordCount: 5, id: LogID(high: 1, low: 1))
        let found = try findings(forged)
        #expect(found.map(\.kind) == [LogFinding.Kind](repeating: .tampered, count: 5))
        #expect(found.last?.firstSequence?.value == 1 && found.last?.lastSequence?.value == 5)
        let log = try open(forged)
        #expect(log.recovery.damage.map(\.kind) == [.tampered])
        #expect(isReadOnly(log))
    }

    @Test func `a log that was taken away is not begun anew`() throws {
        let log = try open()
        try append([[1], [2]], to: log)
        log.close()
        for path in disk.contents.keys where path.hasSuffix(".seg") { try disk.remove(path) }
        let empty = try open()
        #expect(empty.recovery.damage.map(\.kind) == [.missing])
        #expect(empty.recovery.damage.first?.lastSequence == SequenceNumber(2))
        #expect(isReadOnly(empty))
        #expect(disk.contents.keys.allSatisfy { !$0.hasSuffix(".seg") })
    }

    @Test func `what rotted or came from elsewhere hides no contradiction, and stops no signing`() throws {
        let forged = try forged(recordCount: 5)
        let path = "/shop/checkpoints/" + CheckpointStore.name(size: 5)
        forged.tamper(path) { $0[40] ^= 1 }
        let foreign = try Samples.signer.sign(TreeHead(size: 9000, root: .emptyRoot), origin: "patron/other/1")
        try store(forged).write(foreign)
        #expect(try open(forged).recovery.damage.map(\.kind) == [.tampered])
        for size in [3, 4] { try forged.remove("/shop/checkpoints/" + CheckpointStore.name(size: size)) }
        #expect(try findings(forged).map(\.kind) == [.checkpoint, .checkpoint])
        let log = try open(forged)
        #expect(log.recovery.isClean)
        try append([[6]], to: log)
        #expect(try store(forged).sizes() == [1, 2, 5, 6, 9000])
        log.close()
    }

    @Test func `history that was cut short is found`() throws {
        let short = try forged(recordCount: 2)
        #expect(try findings(short).map(\.kind) == [.missing, .missing, .missing])
        #expect(try open(short).recovery.damage.map(\.kind) == [.missing])
    }

    @Test func `the key of a data directory is made once`() throws {
        let seed = [UInt8](1...32)
        try disk.createDirectory("/data")
        func signer(_ seed: [UInt8]) throws -> CheckpointSigner {
            try DataDirectory.checkpointSigner(in: "/data", fileSystem: disk, makeSeed: { seed })
        }
        let first = try signer(seed)
        #expect(first.publicKey == CheckpointSigner(seed: seed)?.publicKey)
        #expect(try signer([UInt8](repeating: 9, count: 32)).publicKey == first.publicKey)
        let crashed = disk.crashImage(seed: 5)
        #expect(
            try DataDirectory.checkpointSigner(in: "/data", fileSystem: crashed, makeSeed: { [] }).publicKey
                == first.publicKey
        )
        disk.tamper("/data/keys/checkpoint.key") { $0.removeFirst() }
        #expect(throws: LogStorageError.self) { try signer(seed) }
    }
}

extension SimulatedFileSystem {
    /// Puts another node into the footer that has this one, with the right checksums; returns the segment's path.
    fileprivate func replaceNode(_ node: MerkleHash, by other: MerkleHash) -> String? {
        for (path, bytes) in contents where path.hasSuffix(".seg") {
            let trailer = bytes.count - SegmentFooter.trailerByteCount
            guard bytes.number(at: trailer + 24, as: UInt64.self) == Format.trailerMagic else { continue }
            let footer = Int(bytes.number(at: trailer, as: UInt64.self))
            for start in stride(from: trailer - 32, through: footer, by: -32)
            where Array(bytes[start..<start + 32]) == node.bytes {
                tamper(path) { bytes in
                    bytes.replaceSubrange(start..<start + 32, with: other.bytes)
                    bytes.store(bytes.crc32c(footer..<trailer), at: trailer + 12)
                    bytes.store(bytes.crc32c(trailer..<trailer + 20), at: trailer + 20)
                }
                return path
            }
        }
        return nil
    }
}
