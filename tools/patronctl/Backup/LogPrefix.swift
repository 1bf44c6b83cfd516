import EventSourcing

/// The first records of a log, to read only.
struct LogPrefix: EventLog {
    private let base: any EventLog
    private let last: SequenceNumber

    init(of base: any EventLog, through last: SequenceNumber) {
        self.base = base
        self.last = last
    }

    var head: LogHead { LogHead(appended: last, durable: last) }

    func append(_ batch: RecordBatch, expectedHead: SequenceNumber) throws(AppendError) -> SequenceNumber {
        throw .readOnly(reason: "it is a part of a log")
    }

    func waitUntilDurable(_ sequence: SequenceNumber) async throws(AppendError) {
        guard sequence <= last else { throw .readOnly(reason: "it is a part of a log") }
    }

    func read(
        from first: SequenceNumber,
        through last: SequenceNumber?,
        _ visit: (SequenceNumber, RawSpan) throws -> Bool
    ) throws {
        try base.read(from: first, through: min(last ?? self.last, self.last), visit)
    }
}
