public import EventSourcing

/// Why a record's body could not be read as an event.
///
/// The bytes themselves passed the log's checks before they came here, so all but the first three mean that another
/// program wrote them.
public struct RecordError: Error, Hashable, Sendable {
    /// What kind of reason it is.
    public var code: Code
    /// The field of the record that is at fault, by its number in `docs/events.proto`; 0 for none.
    public var field: UInt32
    /// The record.
    public var sequence: SequenceNumber
    /// What is wrong, where, and what can be done about it, in one sentence or two.
    public var text: String

    /// The kinds of reasons.
    public enum Code: UInt8, Hashable, Sendable, CaseIterable {
        /// The record is a husk: its event was redacted for good, and a replay goes on with the next one.
        case husk
        /// The personal fields are sealed, and there is no key to open them with.
        case sealed
        /// The personal fields do not open with the person's key.
        case notOpened
        /// A later program wrote it: the kind of record, type of event or schema version is not known here.
        case unknown
        /// The bytes end within a field.
        case truncated
        /// The bytes are not of the protobuf wire format.
        case malformed
        /// A text is not UTF-8.
        case invalidText
        /// A field has a value that its type does not have.
        case invalidValue
    }
}

extension RecordError: CustomStringConvertible {
    /// The text, with the record's sequence number.
    public var description: String { "Record \(sequence): \(text)" }
}

extension RecordError {
    init(_ error: WireError, field: UInt32, sequence: SequenceNumber) {
        let reason =
            switch error.code {
            case .truncated: "It ends within a field"
            case .malformed: "It is not of the protobuf wire format"
            case .invalidText: "A text is not UTF-8"
            case .unknown: "It is sealed in a way that a later program made"
            default: "A field has a value that its type does not have"
            }
        self.init(
            code: error.code,
            field: field,
            sequence: sequence,
            text: "\(reason), in field \(field), at byte \(error.place) of the body."
        )
    }
}
