public import CustomerDomain
public import EventSourcing

extension RecordCodec {
    /// Whom a record is about, without its event being read; `nil` for nobody.
    ///
    /// - Parameters:
    ///   - body: The record's body; a husk's, too.
    ///   - sequence: The record's place in the log.
    /// - Returns: The customer's number.
    /// - Throws: ``RecordError`` when the bytes are not a record.
    public func customer(of body: RawSpan, sequence: SequenceNumber) throws(RecordError) -> CustomerOrdinal? {
        var field: UInt32 = 0
        do throws(WireError) {
            return try RecordLayout(body, field: &field).customer
        } catch {
            throw RecordError(error, field: field, sequence: sequence)
        }
    }

    /// What remains of a record when its personal fields are redacted for good.
    ///
    /// The husk keeps everything that the projections of an erased person still need: who, when, which type, and the clear
    /// fields. It names the hash of the record it stands for, so the Merkle tree's root stays. Fields that this program does
    /// not know are dropped, since they might be personal.
    ///
    /// - Parameters:
    ///   - body: The record's body.
    ///   - leafHash: SHA-256(0x00 ‖ `body`), 32 bytes.
    ///   - sequence: The record's place in the log.
    /// - Returns: The husk's body; `nil` when there is nothing to redact: no personal fields, or a husk already.
    /// - Throws: ``RecordError`` when the bytes are not a record.
    public func husk(
        of body: RawSpan,
        leafHash: [UInt8],
        sequence: SequenceNumber
    ) throws(RecordError) -> [UInt8]? {
        var kept: [UInt8] = []
        kept.reserveCapacity(body.byteCount)
        var isPersonal = false
        var field: UInt32 = 0
        do throws(WireError) {
            var reader = WireReader(0..<body.byteCount)
            var start = 0
            while let tag = try reader.tag(body) {
                field = UInt32(truncatingIfNeeded: tag >> 3)
                try reader.skip(tag, body)
                switch field {
                // The kind and the hash of the record, only in husks.
                case 1, 14: return nil
                case 2...11, 15: for place in start..<reader.place { kept.append(body[place]) }
                default: isPersonal = true
                }
                start = reader.place
            }
        } catch {
            throw RecordError(error, field: field, sequence: sequence)
        }
        guard isPersonal else { return nil }
        var husk: [UInt8] = []
        husk.reserveCapacity(kept.count + 36)
        husk.appendField(1, varint: 1)
        husk += kept
        husk.appendField(14, bytes: leafHash)
        return husk
    }
}

extension RawSpan {
    fileprivate subscript(place: Int) -> UInt8 {
        precondition(place >= 0 && place < byteCount)
        return unsafeLoad(fromByteOffset: place, as: UInt8.self)
    }
}
