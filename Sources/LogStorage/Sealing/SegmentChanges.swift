public import EventSourcing

/// Says what remains of a record: gets its sequence and its body.
///
/// - Returns: A husk (see ``RecordLeaf``) that keeps the record's leaf; `nil` when the record stays as it is, byte for byte.
public typealias RecordRedaction = @Sendable (SequenceNumber, RawSpan) throws -> [UInt8]?

/// What is to change in a segment while it is packed.
struct SegmentChanges: Sendable {
    /// Which records become what.
    let redaction: RecordRedaction
    /// Where the blocks begin in which there is something to change; the others are not looked into again.
    let blocks: Set<Int>

    /// What is to remain of a record; `nil` when it stays.
    ///
    /// - Throws: `invalidArgument` for a redaction that would change a leaf; or what the redaction throws.
    func husk(_ sequence: UInt64, _ body: RawSpan) throws -> [UInt8]? {
        guard let husk = try redaction(SequenceNumber(sequence), body) else { return nil }
        guard RecordLeaf.huskHash(of: husk) == RecordLeaf.hash(body) else {
            throw LogStorageError(.invalidArgument, "What shall remain of record \(sequence) has another leaf")
        }
        var record: [UInt8] = []
        Varint.append(husk.count, to: &record)
        return record + husk
    }
}
