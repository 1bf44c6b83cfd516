import EventSourcing
import Foundation
import Synchronization
import TestSupport
import Testing

@testable import LogStorage

@Suite struct CompactionTests {
    /// Every third record is redactable.
    private static let thirds: RecordRedaction = { sequence, body in
        guard sequence.value % 3 == 0, RecordLeaf.huskHash(body) == nil else { return nil }
        return makeHusk(of: body)
    }

    /// What a log holds once all before `end` was compacted.
    private func compacted(_ bodies: [[UInt8]], before end: UInt64) -> [[UInt8]] {
        bodies.enumerated()
            .map { index, body in
                let sequence = UInt64(index + 1)
                return sequence % 3 == 0 && sequence < end ? makeHusk(of: body.span.bytes) : body
            }
    }

    private func firstOfActive(_ log: SegmentedLog) -> UInt64 {
        log.core.withState { $0.segments[$0.segments.count - 1].header.firstSequence }
    }

    @Test func `what is redactable goes, and root and old proofs hold`() throws {
        var generator = SeededGenerator(seed: 1)
        var hand = try LogByHand(segmentByteCount: 80 << 10)
        try hand.fill(segments: 4, &generator)
        hand.log.sealByHand()
        let head = hand.log.treeHead
        let proven = stride(from: UInt64(1), through: UInt64(head.size), by: 97).map { SequenceNumber($0) }
        let proofs = try proven.map { try hand.log.inclusionProof(of: $0) }
        let report = hand.log.compactByHand(redaction: Self.thirds)
        #expect(report.failures == [] && report.stop == nil)
        #expect(report.segmentCount == 4 && report.rewrittenSegmentCount == 4)
        #expect(report.redactedCount == hand.bodies.count / 3)
        #expect(report.after.eventCount + report.after.huskCount == hand.bodies.count)
        #expect(report.after.storedByteCount < report.before.storedByteCount)
        #expect(try contents(of: hand.log) == compacted(hand.bodies, before: .max))
        #expect(hand.log.treeHead == head)
        for proof in proofs { #expect(proof.isValid) }
        let later = try proven.map { try hand.log.inclusionProof(of: $0) }
        #expect(later == proofs)
        let again = hand.log.compactByHand(redaction: Self.thirds)
        #expect(again.rewrittenSegmentCount == 0 && again.redactedCount == 0)
        #expect(again.before == report.after && again.after == report.after)
        try hand.reopen()
        #expect(hand.log.treeHead == head)
        #expect(try hand.verify().findings == [])
    }

    @Test func `a dry run changes nothing and foretells what compaction does`() throws {
        try Property.forAll(seeds: 20) { generator in
            var hand = try LogByHand(segmentByteCount: generator.number(in: 20...90) << 10, packs: false)
            try hand.fill(segments: generator.number(in: 1...5), &generator)
            if generator.chance(1, in: 2) { hand.log.sealByHand() }
            let redaction = generator.chance(3, in: 4) ? Self.thirds : nil
            let before = hand.disk.contents
            var dry = hand.log.compactByHand(dryRun: true, redaction: redaction)
            try #require(hand.disk.contents == before)
            let active = firstOfActive(hand.log)...UInt64(max(hand.bodies.count, Int(firstOfActive(hand.log))))
            if redaction != nil, active.contains(where: { $0 % 3 == 0 }) { hand.log.sealByHand() }
            let report = hand.log.compactByHand(redaction: redaction)
            dry.isDryRun = false
            try requireEqual(dry, report, "what the dry run said")
        }
    }

    @Test func `a compaction that a full disk stopped goes on later`() throws {
        var generator = SeededGenerator(seed: 3)
        var hand = try LogByHand()
        try hand.fill(segments: 4, &generator)
        hand.disk.plan { [used = hand.disk.usedByteCount] in $0.capacity = used + 4 * (40 << 10) }
        let stopped = hand.log.compactByHand(redaction: Self.thirds)
        #expect(stopped.stop == .storageFull && stopped.rewrittenSegmentCount == 0)
        hand.disk.plan { $0.capacity = nil }
        let report = hand.log.compactByHand(redaction: Self.thirds)
        #expect(report.stop == nil && report.rewrittenSegmentCount == 3)
        #expect(try contents(of: hand.log) == compacted(hand.bodies, before: firstOfActive(hand.log)))
    }

    @Test func `a damaged segment stays and is told, the others are compacted`() throws {
        var generator = SeededGenerator(seed: 4)
        var hand = try LogByHand()
        try hand.fill(segments: 4, &generator)
        let path = LogByHand.directory + "/log/" + SegmentName.name(firstSequence: 1)
        hand.disk.tamper(path) { $0[5000] ^= 1 }
        let rotten = hand.disk.contents[path]
        let report = hand.log.compactByHand(redaction: Self.thirds)
        #expect(report.failures.count == 1 && report.failures[0].hasPrefix(SegmentName.name(firstSequence: 1)))
        #expect(report.rewrittenSegmentCount == 2)
        #expect(hand.disk.contents[path] == rotten)
    }

    @Test func `a redaction that would change a leaf is refused`() throws {
        var generator = SeededGenerator(seed: 5)
        var hand = try LogByHand()
        try hand.fill(segments: 2, &generator)
        let before = hand.disk.contents
        let report = hand.log.compactByHand { sequence, _ in sequence.value == 7 ? [0x08, 0x01] : nil }
        #expect(report.failures.count == 1 && report.rewrittenSegmentCount == 0)
        #expect(hand.disk.contents == before)
    }

    // MARK: With threads

    private func smallSegments() -> LogOptions {
        var options = LogOptions()
        options.segmentByteCount = 96 << 10
        options.blockByteLimit = 8 << 10
        options.zeroStepByteCount = 8 << 10
        return options
    }

    /// Whether a text is in any of a log's files.
    private func isInFiles(_ text: String, of directory: String) throws -> Bool {
        let log = URL(filePath: directory + "/log")
        return try FileManager.default.contentsOfDirectory(at: log, includingPropertiesForKeys: nil)
            .contains { try Data(contentsOf: $0).range(of: Data(text.utf8)) != nil }
    }

    @Test func `beside a writer, what was redactable is in no byte of any file`() async throws {
        try await withTemporaryDirectory { root in
            let directory = root + "/default"
            let log = try SegmentedLog.open(directory: directory, options: smallSegments())
            let goesOn = Atomic(true)
            var generator = SeededGenerator(seed: 6)
            let secret = "unique-secret-of-one-person"
            var head = SequenceNumber.none
            for _ in 0..<40 {
                let bodies = (0..<10).map { _ in Array(secret.utf8) + generator.bytes(200) }
                head = try await appendWhenRoom(log, batch(bodies, at: 1), head)
            }
            try await log.waitUntilDurable(head)
            #expect(try isInFiles(secret, of: directory))
            let last = head
            let writer = Task {
                var head = last
                while goesOn.load(ordering: .relaxed) {
                    head = try await appendWhenRoom(log, batch([Array("other".utf8)], at: 2), head)
                    try await log.waitUntilDurable(head)
                }
                return head
            }
            let redaction: RecordRedaction = { sequence, body in
                sequence <= last && RecordLeaf.huskHash(body) == nil ? makeHusk(of: body) : nil
            }
            let report = try await log.compact(redaction: redaction)
            goesOn.store(false, ordering: .relaxed)
            let end = try await writer.value
            #expect(report.stop == nil && report.failures == [])
            #expect(report.redactedCount == 400)
            #expect(try !isInFiles(secret, of: directory))
            #expect(log.head.durable == end)
            log.close()
            #expect(try LogVerifier.verify(directory: directory).findings == [])
        }
    }

    @Test func `whoever asks may go away, and a log may close meanwhile`() async throws {
        try await withTemporaryDirectory { root in
            let directory = root + "/default"
            let log = try SegmentedLog.open(directory: directory, options: smallSegments())
            var generator = SeededGenerator(seed: 7)
            var head = SequenceNumber.none
            while log.statistics.segments < 12 {
                head = try await appendWhenRoom(log, batch([generator.bytes(4000)], at: 1), head)
            }
            try await log.waitUntilDurable(head)
            let redaction = Self.thirds
            let task = Task {
                while !Task.isCancelled { await Task.yield() }
                return try await log.compact(redaction: redaction)
            }
            task.cancel()
            let cancelled = try await task.value
            #expect(cancelled.stop == .cancelled)
            async let outcome = log.compact(redaction: redaction)
            log.close()
            // It was done before, ended in the middle, or was never begun.
            do {
                let report = try await outcome
                #expect(report.stop == nil || report.stop == .closed)
            } catch {
                #expect(error as? AppendError == .closed)
            }
            await #expect(throws: AppendError.closed) { try await log.compact() }
            #expect(try LogVerifier.verify(directory: directory).findings == [])
        }
    }
}
