// Stands in until the codec lands; delete this file when it does.
public import CustomerDomain
public import EventSourcing

/// Placeholder.
public struct RecordCodec: Sendable {
    /// Placeholder.
    public init() {}
    /// Placeholder.
    public func encode(_ event: RecordedEvent, into bytes: inout [UInt8]) {}
    /// Placeholder.
    public func decode(_ body: RawSpan, sequence: SequenceNumber) throws(RecordError) -> RecordedEvent { throw RecordError() }
}
/// Placeholder.
public struct RecordError: Error {}
