package import EventSourcing

/// What every implementation of `EventLog` must do, as checks that any test can run on it.
///
/// A check never skips: it passes, or throws a ``Violation`` saying which promise was broken. A check that hangs is a
/// broken promise too, so give the test a time limit.
package struct EventLogConformance: Sendable {
    /// Gives an empty log to the body, and takes it down afterwards.
    package typealias Factory = @Sendable (_ body: @Sendable (any EventLog) async throws -> Void) async throws -> Void

    /// One promise.
    package struct Check: Sendable, CustomStringConvertible {
        package let description: String
        let run: @Sendable (any EventLog) async throws -> Void
    }

    private let withEmptyLog: Factory

    package init(_ withEmptyLog: @escaping Factory) {
        self.withEmptyLog = withEmptyLog
    }

    /// Every check there is.
    package static var checks: [Check] { appendChecks + readChecks + durabilityChecks }

    /// Runs one check on an empty log.
    package func run(_ check: Check) async throws {
        try await withEmptyLog(check.run)
    }

    /// Runs every check, each on a log of its own, and throws one ``Violation`` that names all broken promises.
    package func all() async throws {
        var broken: [String] = []
        for check in Self.checks {
            do {
                try await run(check)
            } catch {
                broken.append("\(check): \(error)")
            }
        }
        try require(broken.isEmpty, broken.joined(separator: "\n"))
    }
}

// MARK: What the checks are written with

extension RecordBatch {
    /// A batch of these bodies.
    package init(_ bodies: [[UInt8]], at time: Timestamp = .seconds(1_750_000_000)) {
        self.init(recordedAt: time)
        for body in bodies { appendRecord { $0 += body } }
    }
}

extension EventLog {
    /// The durable records from `first` through `last`, with their sequence numbers.
    package func records(
        from first: SequenceNumber = SequenceNumber(1),
        through last: SequenceNumber? = nil
    ) throws -> [(sequence: SequenceNumber, body: [UInt8])] {
        var records: [(sequence: SequenceNumber, body: [UInt8])] = []
        try read(from: first, through: last) { sequence, body in
            records.append((sequence, body.withUnsafeBytes { [UInt8]($0) }))
            return true
        }
        return records
    }

    /// Appends a batch of these bodies at the head, whatever it is; for a single appender.
    @discardableResult
    package func append(_ bodies: [[UInt8]]) throws(AppendError) -> SequenceNumber {
        try append(RecordBatch(bodies), expectedHead: head.appended)
    }
}

/// Bodies that differ from one another: `prefix`, then the number.
func sampleBodies(_ numbers: ClosedRange<Int>, of prefix: String = "record") -> [[UInt8]] {
    numbers.map { Array("\(prefix) \($0)".utf8) }
}

/// Throws unless the log's durable records are `bodies`, numbered from `first`.
func requireRecords(
    _ log: any EventLog,
    from first: SequenceNumber = SequenceNumber(1),
    through last: SequenceNumber? = nil,
    are bodies: [[UInt8]],
    startingAt start: SequenceNumber? = nil
) throws {
    let records = try log.records(from: first, through: last)
    try requireEqual(records.map(\.body), bodies, "bodies from \(first) through \(last?.description ?? "the end")")
    let start = start ?? first
    let expected = bodies.indices.map { start.advanced(by: $0) }
    try requireEqual(records.map(\.sequence), expected, "sequence numbers from \(first)")
}

/// Throws unless `body` throws `expected`.
func requireError(
    _ expected: AppendError,
    _ body: () async throws(AppendError) -> Void
) async throws {
    do {
        try await body()
    } catch {
        try requireEqual(error, expected, "the error")
        return
    }
    throw Violation("expected the error \(expected), but there was none")
}
