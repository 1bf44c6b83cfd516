import EventSourcing
import LogStorage
import TestSupport
import Testing

@Suite struct SegmentedLogTests {
    @Test func `what is appended is read back, also after opening again`() async throws {
        try await withTemporaryDirectory { root in
            let directory = root + "/default"
            let bodies = (0..<1000)
                .map { index in Array("record \(index) ".utf8) + [UInt8](repeating: 7, count: index % 50) }
            let log = try SegmentedLog.open(directory: directory)
            #expect(log.recovery.created)
            var head = SequenceNumber.none
            for body in bodies {
                head = try log.append(batch([body], at: 5), expectedHead: head)
                if head.value % 100 == 0 { try await log.waitUntilDurable(head) }
            }
            try await log.waitUntilDurable(head)
            #expect(try contents(of: log) == bodies)
            log.close()
            let again = try SegmentedLog.open(directory: directory)
            #expect(again.recovery.isClean)
            #expect(again.head == LogHead(appended: head, durable: head))
            #expect(try contents(of: again) == bodies)
            #expect(try contents(of: again, from: 500, through: 502) == Array(bodies[499...501]))
            again.close()
            let report = try LogVerifier.verify(directory: directory)
            #expect(report.findings == [])
            #expect(report.statistics.events == 1000)
        }
    }

    @Test func `segments roll, and each is sealed`() async throws {
        try await withTemporaryDirectory { root in
            let directory = root + "/default"
            var options = LogOptions()
            options.segmentByteCount = 16 << 10
            options.blockByteLimit = 2 << 10
            options.linkRestartInterval = 4 << 10
            options.zeroStepByteCount = 4 << 10
            let log = try SegmentedLog.open(directory: directory, options: options)
            var head = SequenceNumber.none
            var generator = SystemRandomNumberGenerator()
            var bodies: [[UInt8]] = []
            for _ in 0..<200 {
                let body = (0..<500).map { _ in UInt8.random(in: 0...255, using: &generator) }
                bodies.append(body)
                head = try await appendWhenRoom(log, batch([body], at: 5), head)
                try await log.waitUntilDurable(head)
            }
            #expect(log.statistics.segments > 5)
            #expect(try contents(of: log) == bodies)
            log.close()
            let report = try LogVerifier.verify(directory: directory)
            #expect(report.findings == [])
            let again = try SegmentedLog.open(directory: directory, options: options)
            #expect(again.recovery.damage == [])
            #expect(try contents(of: again) == bodies)
            again.close()
        }
    }
}
