public import EventSourcing
import Synchronization

/// A log that keeps nothing: reads are those of another log, appends are taken and forgotten.
///
/// An organization on it decides everything as it would, and changes nothing on disk.
public final class DryRunLog: EventLog {
    private let base: any EventLog
    private let appended: Mutex<SequenceNumber>

    /// A log that goes on where `base` ends; `base` is only read.
    public init(over base: any EventLog) {
        self.base = base
        appended = Mutex(base.head.durable)
    }

    /// How far it pretends to reach; all of it counts as durable.
    public var head: LogHead {
        let appended = appended.withLock { $0 }
        return LogHead(appended: appended, durable: appended)
    }

    /// Takes a batch and forgets it.
    public func append(_ batch: RecordBatch, expectedHead: SequenceNumber) throws(AppendError) -> SequenceNumber {
        let result: Result<SequenceNumber, AppendError> = appended.withLock { appended in
            guard appended == expectedHead else { return .failure(.unexpectedHead(actual: appended)) }
            appended = appended.advanced(by: batch.count)
            return .success(appended)
        }
        return try result.get()
    }

    /// Returns at once: nothing here is ever written.
    public func waitUntilDurable(_ sequence: SequenceNumber) async throws(AppendError) {}

    /// Visits the records of the other log.
    public func read(
        from first: SequenceNumber,
        through last: SequenceNumber?,
        _ visit: (SequenceNumber, RawSpan) throws -> Bool
    ) throws {
        try base.read(from: first, through: last, visit)
    }
}
