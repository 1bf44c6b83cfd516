import EventSourcing
import TestSupport
import Testing

@testable import LogStorage

/// Every bit of a checkpoint changes, and every end of it is cut off: verification names the file, and the log goes on.
@Suite struct CheckpointMutationTests {
    private static let directory = "/shop"

    /// A closed log with checkpoints of one and of three records.
    private static func disk() throws -> SimulatedFileSystem {
        let disk = SimulatedFileSystem()
        for bodies in [[[1]], [[2], [3]]] as [[[UInt8]]] {
            let log = try open(disk)
            _ = try log.appending(bodies, expectedHead: log.head.appended).get()
            log.close()
        }
        return disk
    }

    private static func open(_ disk: SimulatedFileSystem) throws -> SegmentedLog {
        var options = GoldenLog.options
        options.runsByHand = true
        options.checkpointSigner = Samples.signer
        return try SegmentedLog.open(directory: directory, options: options, fileSystem: disk)
    }

    private static func path(_ size: Int) -> String { "/shop/checkpoints/" + CheckpointStore.name(size: size) }

    /// Verification names the checkpoint and nothing else.
    private func check(_ disk: SimulatedFileSystem, _ size: Int, _ what: String) throws {
        let report = try LogVerifier.verify(
            directory: Self.directory,
            checkpointKey: Samples.signer.publicKey,
            fileSystem: disk
        )
        try requireEqual(report.findings.map(\.kind), [.checkpoint], "what verify finds after \(what)")
        let name = "checkpoints/" + CheckpointStore.name(size: size)
        try requireEqual(report.findings.map(\.segment), [name], "where verify finds it after \(what)")
        try require(!report.findings[0].meaning.isEmpty, "a meaning")
    }

    @Test(arguments: [1, 3]) func `every changed bit is noticed and named`(_ size: Int) throws {
        let disk = try Self.disk()
        let path = Self.path(size)
        let count = try #require(disk.contents[path]?.count)
        #expect(count > 150)
        for place in 0..<count {
            for bit in 0..<8 {
                disk.tamper(path) { $0[place] ^= 1 << UInt8(bit) }
                try check(disk, size, "bit \(bit) of byte \(place) changed")
                disk.tamper(path) { $0[place] ^= 1 << UInt8(bit) }
            }
        }
    }

    @Test func `every cut, zeroed or lengthened end is noticed and named`() throws {
        let disk = try Self.disk()
        let path = Self.path(3)
        let note = try #require(disk.contents[path])
        for end in 0..<note.count {
            disk.tamper(path) { $0 = Array(note[..<end]) }
            try check(disk, 3, "cutting at \(end)")
            disk.tamper(path) { $0 = Array(note[..<end]) + [UInt8](repeating: 0, count: note.count - end) }
            try check(disk, 3, "zeroes from \(end)")
        }
        for rest in ["\n", "x", "x\n", "\u{2014} x\n\n", "\0"] {
            disk.tamper(path) { $0 = note + Array(rest.utf8) }
            try check(disk, 3, "adding \(rest.debugDescription)")
        }
    }

    @Test func `a checkpoint under the name of another is noticed`() throws {
        let disk = try Self.disk()
        let note = try #require(disk.contents[Self.path(1)])
        disk.tamper(Self.path(3)) { $0 = note }
        try check(disk, 3, "copying the checkpoint of 1 over that of 3")
    }

    @Test func `the log goes on, and the next checkpoint is right`() throws {
        let disk = try Self.disk()
        disk.tamper(Self.path(3)) { $0[5] ^= 1 }
        let log = try Self.open(disk)
        #expect(log.recovery.isClean)
        _ = try log.appending([[4]], expectedHead: log.head.appended).get()
        log.close()
        try check(disk, 3, "going on")
        #expect(disk.contents[Self.path(4)] != nil)
    }
}
