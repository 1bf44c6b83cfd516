/// What an import came to.
public struct ImportSummary: Hashable, Sendable {
    /// Rows read, without the header.
    public var rowCount = 0
    /// Rows that are in the log now, by this run.
    public var takenRowCount = 0
    /// Rows that were in the log before.
    public var knownRowCount = 0
    /// Rows in the report.
    public var reportedRowCount = 0
    public var orderCount = 0
    public var knownOrderCount = 0
    public var refundCount = 0
    public var knownRefundCount = 0
    public var customerCount = 0
    public var knownCustomerCount = 0
    public var updatedCustomerCount = 0
    /// Events recorded by this run.
    public var eventCount = 0

    /// A summary of nothing.
    public init() {}
}

/// How far an import is.
public struct ImportProgress: Hashable, Sendable {
    /// Bytes read of the input.
    public var byteCount: Int
    /// All bytes of the input, when known.
    public var totalByteCount: Int?
    public var rowCount: Int
    public var eventCount: Int
}
