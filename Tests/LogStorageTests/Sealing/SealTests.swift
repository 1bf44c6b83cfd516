import EventSourcing
import TestSupport
import Testing

@testable import LogStorage

@Suite struct SealTests {
    @Test func `sealing begins a new segment, once there are records`() async throws {
        try await withTemporaryDirectory { root in
            let directory = root + "/default"
            let log = try SegmentedLog.open(directory: directory)
            try await log.seal()
            #expect(log.statistics.segments == 1)
            var head = SequenceNumber.none
            for count in 2...4 {
                head = try log.append(batch([[1], [2]], at: 1), expectedHead: head)
                try await log.seal()
                #expect(log.statistics.segments == count)
                #expect(log.head.durable == head)
                try await log.seal()
                #expect(log.statistics.segments == count)
            }
            log.close()
            await #expect(throws: AppendError.closed) { try await log.seal() }
            #expect(try LogVerifier.verify(directory: directory).findings == [])
            let again = try SegmentedLog.open(directory: directory)
            #expect(again.recovery.isClean)
            #expect(again.statistics.segments == 4)
            #expect(try contents(of: again) == [[1], [2], [1], [2], [1], [2]])
            again.close()
        }
    }

    @Test func `what is staged goes before or behind the seal, and nothing is lost`() throws {
        try Property.forAll(seeds: 100) { generator in
            var hand = try LogByHand(segmentByteCount: 16 << 10)
            for _ in 0..<generator.number(in: 1...12) {
                try hand.append(generator.bodies(count: 1...3, byteCount: 0...900))
                guard generator.chance(1, in: 3) else { continue }
                let before = hand.log.statistics.segments
                hand.log.sealByHand()
                try #require(hand.log.statistics.segments == before + 1)
            }
            try #require(try contents(of: hand.log) == hand.bodies)
            try hand.reopen()
            try #require(hand.log.recovery.isClean)
            try #require(try hand.verify().findings == [])
        }
    }

    @Test func `a full disk refuses to seal, and the log goes on`() async throws {
        let disk = SimulatedFileSystem()
        var options = LogOptions()
        options.segmentByteCount = 64 << 10
        options.blockByteLimit = 4 << 10
        let log = try SegmentedLog.open(directory: "/shop", options: options, fileSystem: disk)
        let head = try await appendWhenRoom(log, batch([[1]], at: 1), .none)
        try await log.waitUntilDurable(head)
        while log.core.withState({ $0.needsPreparation }) { await Task.yield() }
        disk.plan { [used = disk.usedByteCount] in $0.capacity = used }
        await #expect(throws: AppendError.storageFull) { try await log.seal() }
        disk.plan { $0.capacity = nil }
        try await log.seal()
        #expect(log.statistics.segments == 2)
        log.close()
    }
}
