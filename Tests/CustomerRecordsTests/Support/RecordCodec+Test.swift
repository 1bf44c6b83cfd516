import CustomerDomain
import CustomerRecords
import EventSourcing

extension RecordCodec {
    /// The body of an event's record.
    func body(_ event: RecordedEvent) -> [UInt8] {
        var bytes: [UInt8] = []
        encode(event, into: &bytes)
        return bytes
    }

    /// The event of a body.
    func event(_ body: [UInt8], sequence: SequenceNumber = SequenceNumber(1)) throws(RecordError) -> RecordedEvent {
        try decode(body.span.bytes, sequence: sequence)
    }

    /// The envelope of a body.
    func envelope(_ body: [UInt8], sequence: SequenceNumber = SequenceNumber(1)) throws(RecordError) -> RecordEnvelope {
        try envelope(body.span.bytes, sequence: sequence)
    }
}
