/// Why a log did not take records, or could not make them durable.
public enum AppendError: Error, Hashable, Sendable {
    /// The log's head is another than the caller expected.
    case unexpectedHead(actual: SequenceNumber)

    /// The batch is larger than one block may be.
    case batchTooLarge(byteCount: Int, limit: Int)

    /// More records wait for the disk than the log's limit allows; try again shortly.
    case overloaded

    /// There is no room on the storage; nothing was taken, and writing goes on when there is room again.
    case storageFull

    /// Another writer has taken over: step down.
    case fenced

    /// It is not known whether the records were kept: open the log again before going on.
    case unknown(reason: String)

    /// The log only reads, because of `reason`.
    case readOnly(reason: String)

    /// Writing or syncing failed; the log takes nothing more until it is opened again.
    case failed(reason: String)

    /// The log was closed.
    case closed

    /// The waiting task was cancelled.
    case cancelled
}
