import CustomerDomain
import CustomerProjections
import CustomerRecords
import EventSourcing

extension OrganizationState {
    /// Takes the next event in, by way of its record, as a replay does.
    mutating func apply(_ event: RecordedEvent) {
        let codec = RecordCodec()
        var body: [UInt8] = []
        codec.encode(event, into: &body)
        body.withUnsafeBytes { body in
            do {
                apply(try codec.view(body.bytes, sequence: event.sequence))
            } catch {
                preconditionFailure("\(error)")
            }
        }
    }
}
