import EventSourcing
import TestSupport
import Testing

@testable import LogStorage

/// The tree of a log, through appends, segments and openings.
@Suite struct LogProofTests {
    private static var options: LogOptions {
        var options = GoldenLog.options
        options.runsByHand = true
        options.segmentByteCount = 12 << 10
        return options
    }

    /// A log of many small records in several segments.
    private static func grow(_ disk: SimulatedFileSystem, to count: Int) throws -> (log: SegmentedLog, [MerkleHash]) {
        let log = try SegmentedLog.open(directory: "/shop", options: options, fileSystem: disk)
        var generator = SeededGenerator(seed: UInt64(count))
        var leaves: [MerkleHash] = []
        var head = log.head.appended
        while leaves.count < count {
            let bodies = generator.bodies(count: 1...50, byteCount: 0...30).prefix(count - leaves.count)
            switch log.appending(Array(bodies), expectedHead: head) {
            case .success(let last):
                head = last
                leaves += bodies.map { .leaf($0.span.bytes) }
            case .failure(let error): try require(error == .overloaded, "\(error)")
            }
            log.workByHand()
            try require(log.treeHead.size == leaves.count, "the tree is not at the durable head")
        }
        return (log, leaves)
    }

    @Test func `the tree head is that of the records, open and opened again`() throws {
        let disk = SimulatedFileSystem()
        let (log, leaves) = try Self.grow(disk, to: 3000)
        let expected = TreeHead(size: 3000, root: MerkleModel.root(leaves[...]))
        #expect(log.treeHead == expected)
        #expect(log.statistics.segments > 3)
        log.close()
        #expect(try LogVerifier.verify(directory: "/shop", fileSystem: disk).findings == [])
        #expect(try SegmentedLog.openReadOnly(directory: "/shop", fileSystem: disk).treeHead == expected)
        let again = try SegmentedLog.open(directory: "/shop", options: Self.options, fileSystem: disk)
        #expect(again.treeHead == expected)
        #expect(try again.treeHead(at: 2000).root == MerkleModel.root(leaves[..<2000]))
        again.close()
    }

    @Test func `proofs are those of the records`() throws {
        let (log, leaves) = try Self.grow(SimulatedFileSystem(), to: 2500)
        try Property.forAll(seeds: 40) { generator in
            let new = generator.number(in: 1...2500)
            let old = generator.number(in: 1...new)
            let inclusion = try log.inclusionProof(of: SequenceNumber(UInt64(old)), in: new)
            try requireEqual(inclusion.path, MerkleModel.path(old - 1, leaves[..<new]), "the path")
            try requireEqual(inclusion.leaf, leaves[old - 1], "the leaf")
            let consistency = try log.consistencyProof(from: old, to: new)
            try requireEqual(consistency.path, MerkleModel.proof(old, leaves[..<new]), "the proof")
            try require(inclusion.isValid && consistency.isValid, "not valid")
        }
        for (sequence, size) in [(0, 10), (11, 10), (1, 2501), (1, 0), (2501, 2501)] {
            #expect(throws: LogStorageError.self) {
                try log.inclusionProof(of: SequenceNumber(UInt64(sequence)), in: size)
            }
        }
        for (old, new) in [(0, 10), (11, 10), (1, 2501)] {
            #expect(throws: LogStorageError.self) { try log.consistencyProof(from: old, to: new) }
        }
    }

    @Test func `a sealed segment has the nodes that end in it, and a wrong one is found`() throws {
        let disk = SimulatedFileSystem()
        let (log, leaves) = try Self.grow(disk, to: 5000)
        log.close()
        let files = disk.contents.filter { $0.key.hasSuffix(".seg") }.sorted { $0.key < $1.key }
        var nodes: [MerkleHash] = []
        for (path, bytes) in files.dropLast() {
            let footer = Int(bytes.number(at: bytes.count - SegmentFooter.trailerByteCount, as: UInt64.self))
            let count = Int(bytes.number(at: footer + 96, as: UInt32.self))
            let start = bytes.count - SegmentFooter.trailerByteCount - count * 32
            for index in 0..<count { nodes.append(MerkleHash(bytes.span.bytes, at: start + 32 * index)) }
            guard count > 0 else { continue }
            // With checksums that agree, so that only the tree can tell.
            let wrong = SimulatedFileSystem()
            try wrong.createDirectory("/shop/log")
            for (other, content) in files { try wrong.open(other, .create).write(content, at: 0) }
            wrong.tamper(path) { bytes in
                bytes[start] ^= 1
                let trailer = bytes.count - SegmentFooter.trailerByteCount
                bytes.store(bytes.crc32c(footer..<trailer), at: trailer + 12)
                bytes.store(bytes.crc32c(trailer..<trailer + 20), at: trailer + 20)
            }
            let findings = try LogVerifier.verify(directory: "/shop", fileSystem: wrong).findings
            #expect(findings.map(\.kind) == [.footer])
            #expect(try SegmentedLog.openReadOnly(directory: "/shop", fileSystem: wrong).recovery.damage == findings)
        }
        let whole = stride(from: 0, to: 4096, by: 1024).map { MerkleModel.root(leaves[$0..<$0 + 1024]) }
        #expect(nodes == Array(whole.prefix(nodes.count)) && nodes.count >= 3)
    }
}
