import EventSourcing
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(5)))
struct InMemoryEventLogTests {
    private let bodies: [[UInt8]] = [[1], [2, 2], [3, 3, 3]]

    @Test func `records held back are not durable, and not read, until released`() async throws {
        let log = InMemoryEventLog(holdsDurability: true)
        try log.append(bodies)
        #expect(log.head == LogHead(appended: SequenceNumber(3), durable: .none))
        #expect(try log.records().isEmpty)

        log.releaseDurability(through: SequenceNumber(2))
        try await log.waitUntilDurable(SequenceNumber(2))
        #expect(log.head.durable == SequenceNumber(2))
        #expect(try log.records().map(\.body) == Array(bodies[..<2]))

        log.releaseDurability()
        #expect(log.head.durable == SequenceNumber(3))
        #expect(try log.records().map(\.body) == bodies)
    }

    @Test func `a release wakes those it covers and no others`() async throws {
        let log = InMemoryEventLog(holdsDurability: true)
        try log.append(bodies)
        async let second: Void = log.waitUntilDurable(SequenceNumber(2))
        log.releaseDurability(through: SequenceNumber(2))
        try await second
        let third = Task { try await log.waitUntilDurable(SequenceNumber(3)) }
        third.cancel()
        await #expect(throws: AppendError.cancelled) { try await third.value }
    }

    @Test func `a release goes neither back nor beyond what was appended`() throws {
        let log = InMemoryEventLog(holdsDurability: true)
        try log.append(bodies)
        log.releaseDurability(through: SequenceNumber(99))
        #expect(log.head.durable == SequenceNumber(3))
        log.releaseDurability(through: SequenceNumber(1))
        #expect(log.head.durable == SequenceNumber(3))
    }

    @Test func `a failure reaches those who wait and all who append later, and what was durable can be read`()
        async throws
    {
        let log = InMemoryEventLog(holdsDurability: true)
        try log.append(bodies)
        log.releaseDurability(through: SequenceNumber(1))
        let waiter = Task { try await log.waitUntilDurable(SequenceNumber(3)) }
        log.fail(.failed(reason: "sync"))
        await #expect(throws: AppendError.failed(reason: "sync")) { try await waiter.value }
        #expect(throws: AppendError.failed(reason: "sync")) { try log.append(bodies) }
        log.releaseDurability()
        #expect(log.head.durable == SequenceNumber(1))
        #expect(try log.records().map(\.body) == [bodies[0]])
        try await log.waitUntilDurable(SequenceNumber(1))
    }

    @Test func `a refusal takes nothing and ends`() throws {
        let log = InMemoryEventLog()
        log.refuseAppends(.storageFull)
        #expect(throws: AppendError.storageFull) { try log.append(bodies) }
        #expect(log.head.appended == .none)
        log.refuseAppends(nil)
        #expect(try log.append(bodies) == SequenceNumber(3))
    }

    @Test func `a closed log lets waiters go and takes nothing`() async throws {
        let log = InMemoryEventLog()
        let waiter = Task { try await log.waitUntilDurable(SequenceNumber(1)) }
        log.close()
        await #expect(throws: AppendError.closed) { try await waiter.value }
        #expect(throws: AppendError.closed) { try log.append(bodies) }
    }

    @Test func `the limit of a batch is the last size that fits`() throws {
        let log = InMemoryEventLog(maximumBatchByteCount: 6)
        #expect(try log.append(bodies) == SequenceNumber(3))
        #expect(throws: AppendError.batchTooLarge(byteCount: 7, limit: 6)) { try log.append(bodies + [[4]]) }
        #expect(log.head.appended == SequenceNumber(3))
    }
}
