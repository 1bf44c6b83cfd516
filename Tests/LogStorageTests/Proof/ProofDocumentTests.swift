import EventSourcing
import TestSupport
import Testing

@testable import LogStorage

@Suite struct ProofDocumentTests {
    /// A log of so many records, its key, and its records.
    private static func log(_ count: Int) throws -> (log: SegmentedLog, key: CheckpointKey) {
        var options = GoldenLog.options
        options.runsByHand = true
        options.checkpointSigner = Samples.signer
        let log = try SegmentedLog.open(directory: "/shop", options: options, fileSystem: SimulatedFileSystem())
        var generator = SeededGenerator(seed: 2)
        for start in stride(from: 0, to: count, by: 40) {
            let bodies = (start..<min(start + 40, count)).map { _ in generator.bytes(generator.below(20)) }
            _ = try log.appending(bodies, expectedHead: log.head.appended).get()
            log.workByHand()
        }
        return (log, try #require(log.checkpointKey))
    }

    @Test func `documents are read as they were written, and prove what they say`() throws {
        let (log, key) = try Self.log(1500)
        try Property.forAll(seeds: 60) { generator in
            let new = generator.number(in: 1...1500)
            let old = generator.number(in: 1...new)
            let (first, second) = (try log.makeCheckpoint(size: old), try log.makeCheckpoint(size: new))
            for document in [
                try log.inclusionDocument(of: SequenceNumber(UInt64(old)), in: second),
                try log.consistencyDocument(from: first, to: second),
            ] {
                let read = try #require(ProofDocument(document.text))
                try requireEqual(read, document, "the document")
                try read.check(key)
            }
        }
    }

    @Test func `no document with a changed character is accepted`() throws {
        let (log, key) = try Self.log(50)
        let documents = [
            try log.inclusionDocument(of: SequenceNumber(7), in: log.makeCheckpoint()),
            try log.consistencyDocument(from: log.makeCheckpoint(size: 19), to: log.makeCheckpoint(size: 43)),
        ]
        for document in documents {
            let text = Array(document.text.utf8)
            for place in text.indices {
                var changed = text
                changed[place] ^= [UInt8(1), 2, 4, 0x20][place % 4]
                if let read = String(validating: changed, as: UTF8.self).flatMap({ ProofDocument($0) }) {
                    #expect(throws: ProofDocument.Failure.self, "byte \(place)") { try read.check(key) }
                }
                let shorter = String(decoding: text[..<place], as: UTF8.self)
                if let read = ProofDocument(shorter) {
                    #expect(throws: ProofDocument.Failure.self) { try read.check(key) }
                }
            }
        }
    }

    @Test func `a checkpoint of other records gets no proof`() throws {
        let (log, _) = try Self.log(50)
        let other = try Samples.signer.sign(TreeHead(size: 40, root: .emptyRoot), origin: "patron/shop/1")
        #expect(throws: LogStorageError.self) { try log.inclusionDocument(of: SequenceNumber(7), in: other) }
        #expect(throws: LogStorageError.self) {
            try log.consistencyDocument(from: log.makeCheckpoint(size: 3), to: other)
        }
    }
}
