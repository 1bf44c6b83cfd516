import CustomerDomain
import CustomerProjections
import CustomerRecords
import EventSourcing

extension OrganizationState {
    /// Takes the next event in, by way of its record, as a replay does.
    mutating func apply(_ event: RecordedEvent) {
        var body: [UInt8] = []
        RecordCodec().encode(event, into: &body)
        do {
            try apply(record: body, sequence: event.sequence)
        } catch {
            preconditionFailure("\(error)")
        }
    }

    /// Takes the next record in, as a replay does.
    mutating func apply(record body: [UInt8], sequence: SequenceNumber) throws {
        try body.withUnsafeBytes { body in
            apply(try RecordCodec().view(body.bytes, sequence: sequence))
        }
    }
}
