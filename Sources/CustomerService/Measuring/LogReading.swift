import CustomerProjections
public import CustomerRecords
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
    /// - Parameters:
    ///   - log: The log.
    ///   - keys: What opens its personal data; `nil` for a log that is not sealed.
    /// - Returns: How many customers there are.
    /// - Throws: When the log cannot be read.
    public static func replay(_ log: SegmentedLog, keys: (any PersonalKeys)? = nil) throws -> Int {
        try Organization(name: "benchmark", log: log, keys: keys, now: systemTime)
            .peek { state, _ in state.customerCount }
    }
}
