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
    /// Orders recorded by this run.
    public var orderCount = 0
    /// Orders that were in the log before.
    public var knownOrderCount = 0
    /// Refunds recorded by this run.
    public var refundCount = 0
    /// Refunds that were in the log before.
    public var knownRefundCount = 0
    /// Customers made by this run.
    public var customerCount = 0
    /// Customers of a customer file who were there before.
    public var knownCustomerCount = 0
    /// Customers who were there before and got something new.
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
    /// Rows read, without the header.
    public var rowCount: Int
    /// Events recorded.
    public var eventCount: Int
}
