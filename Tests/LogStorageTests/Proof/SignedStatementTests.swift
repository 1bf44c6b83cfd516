import EventSourcing
import TestSupport
import Testing

@testable import LogStorage

@Suite struct SignedStatementTests {
    private static let lines = ["patron/test@v1", "name value", "more 1 2 3"]

    private func log() throws -> (log: SegmentedLog, key: CheckpointKey) {
        var options = GoldenLog.options
        options.runsByHand = true
        options.checkpointSigner = Samples.signer
        let log = try SegmentedLog.open(directory: "/shop", options: options, fileSystem: SimulatedFileSystem())
        _ = try log.appending([[1], [2]], expectedHead: log.head.appended).get()
        log.workByHand()
        return (log, try #require(log.checkpointKey))
    }

    @Test func `a statement is read as it was signed`() throws {
        let (log, key) = try log()
        let statement = try log.sign(lines: Self.lines)
        let read = try #require(SignedStatement(note: statement.note))
        #expect(read == statement)
        #expect(read.lines == Self.lines)
        #expect(read.isSigned(by: key))
        #expect(try log.sign(lines: Self.lines) == statement)
    }

    @Test func `no statement with a changed character is signed`() throws {
        let (log, key) = try log()
        let note = Array(try log.sign(lines: Self.lines).note.utf8)
        for place in note.indices {
            var changed = note
            changed[place] ^= [UInt8(1), 2, 4, 0x20][place % 4]
            guard let text = String(validating: changed, as: UTF8.self), let read = SignedStatement(note: text) else {
                continue
            }
            #expect(!read.isSigned(by: key), "byte \(place)")
        }
    }

    @Test func `a checkpoint is no statement, a statement no checkpoint`() throws {
        let (log, key) = try log()
        #expect(try SignedStatement(note: log.makeCheckpoint().note) == nil)
        let checkpoint = Checkpoint.text(log.treeHead, origin: "patron/test@v1").split(separator: "\n").map(String.init)
        let statement = try log.sign(lines: checkpoint)
        let read = try #require(Checkpoint(note: statement.note))
        #expect(!read.isSigned(by: key))
    }

    @Test func `what is no statement is not signed`() throws {
        let (log, _) = try log()
        for lines in [[], ["patron/default/00"], ["patron/test@v1", ""], ["patron/test@v1", "a\nb"]] {
            #expect(throws: LogStorageError.self) { try log.sign(lines: lines) }
        }
    }
}
