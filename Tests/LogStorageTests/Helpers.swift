import EventSourcing
import LogStorage

func batch(_ bodies: [[UInt8]], at microseconds: Int64) -> RecordBatch {
    var batch = RecordBatch(recordedAt: Timestamp(microseconds: microseconds))
    for body in bodies { batch.appendRecord { $0 += body } }
    return batch
}

func contents(of log: some EventLog, from first: UInt64 = 1, through last: UInt64? = nil) throws -> [[UInt8]] {
    var bodies: [[UInt8]] = []
    try log.read(from: SequenceNumber(first), through: last.map { SequenceNumber($0) }) { _, body in
        bodies.append(body.withUnsafeBytes { Array($0) })
        return true
    }
    return bodies
}

/// Appends, waiting shortly while the log has no room.
func appendWhenRoom(_ log: some EventLog, _ batch: RecordBatch, _ head: SequenceNumber) async throws -> SequenceNumber {
    while true {
        do {
            return try log.append(batch, expectedHead: head)
        } catch {
            guard error == .overloaded else { throw error }
            try await Task.sleep(for: .milliseconds(1))
        }
    }
}
