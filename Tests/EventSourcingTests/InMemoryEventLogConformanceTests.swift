import EventSourcing
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(5)))
struct InMemoryEventLogConformanceTests {
    private let conformance = EventLogConformance { body in try await body(InMemoryEventLog()) }

    @Test(arguments: EventLogConformance.checks)
    func `the log in memory keeps the promise`(_ check: EventLogConformance.Check) async throws {
        try await conformance.run(check)
    }

    @Test func `all checks together find nothing`() async throws {
        try await conformance.all()
    }
}

/// A conformance suite that asserts nothing would pass here.
@Suite(.timeLimit(.minutes(5)))
struct EventLogConformanceTests {
    private let conformance = EventLogConformance { body in try await body(IdleEventLog()) }

    @Test(arguments: EventLogConformance.checks)
    func `a log that does nothing breaks the promise`(_ check: EventLogConformance.Check) async throws {
        await #expect(throws: (any Error).self) { try await conformance.run(check) }
    }

    @Test func `all checks together name every broken promise`() async throws {
        let violation = try await #require(throws: Violation.self) { try await conformance.all() }
        for check in EventLogConformance.checks {
            #expect(violation.description.contains(check.description))
        }
    }
}

/// Takes everything, keeps nothing, answers at once.
private struct IdleEventLog: EventLog {
    var head: LogHead { LogHead(appended: .none, durable: .none) }

    func append(_ batch: RecordBatch, expectedHead: SequenceNumber) throws(AppendError) -> SequenceNumber { .none }

    func waitUntilDurable(_ sequence: SequenceNumber) async throws(AppendError) {}

    func read(
        from first: SequenceNumber,
        through last: SequenceNumber?,
        _ visit: (SequenceNumber, RawSpan) throws -> Bool
    ) throws {}
}
