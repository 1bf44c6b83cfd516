import CustomerProjections
import EventSourcing
public import LogStorage

/// How long it takes to read all of a log, in the ways there are; for measurements.
public enum LogReading {
    /// The limit: decompression, checksums and a walk over the records, and nothing done with them.
    ///
    /// - Throws: When the log cannot be read.
    public static func walk(_ log: SegmentedLog) throws -> Int {
        var byteCount = 0
        try log.read(from: SequenceNumber(1), through: nil) { _, body in
            byteCount &+= body.byteCount
            return true
        }
        return byteCount
    }

    /// Every event applied to every table.
    ///
    /// - Throws: When the log cannot be read.
    public static func replay(_ log: SegmentedLog) throws -> Int {
        try Organization(name: "benchmark", log: log, now: systemTime).peek { state, _ in state.customerCount }
    }
}
