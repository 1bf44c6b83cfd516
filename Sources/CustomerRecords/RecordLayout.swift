import CustomerDomain
import EventSourcing

/// A record's fields as they lie in its body: numbers read, everything else only found.
struct RecordLayout {
    var kind: UInt64 = 0
    var recordedAt = Timestamp(microseconds: 0)
    var type: UInt32 = 0
    var schemaVersion: UInt32 = 1
    var actor = WireReader.empty
    var requestID: WireReader?
    var origin: WireReader?
    var customer: CustomerOrdinal?
    var customerVersion: UInt32 = 0
    var delay: Int64 = 0
    var idempotency: WireReader?
    var clear = WireReader.empty
    var personal = WireReader.empty
    /// Offset of the field of the personal fields; `nil` when there are none in the clear.
    var personalStart: Int?
    var sealed: WireReader?
    /// Offset of the field of the sealed personal fields.
    var sealedStart = 0
    var leafHash = WireReader.empty

    /// Differences wrap around, so that every pair of instants survives.
    var occurredAt: Timestamp { Timestamp(microseconds: recordedAt.microseconds &+ delay) }

    /// Finds the fields of a body.
    ///
    /// - Parameters:
    ///   - bytes: The body.
    ///   - field: The field that is being read, for errors.
    /// - Throws: What is wrong with them.
    init(_ bytes: RawSpan, field: inout UInt32) throws(WireError) {
        var reader = WireReader(0..<bytes.byteCount)
        var start = reader.place
        while let tag = try reader.tag(bytes) {
            defer { start = reader.place }
            field = UInt32(truncatingIfNeeded: tag >> 3)
            switch tag {
            case Tag.varint(1): kind = try reader.varint(bytes)
            case Tag.varint(2): recordedAt.microseconds = try reader.int64(bytes)
            case Tag.varint(3): type = try reader.uint32(bytes)
            case Tag.varint(4): schemaVersion = try reader.uint32(bytes)
            case Tag.bytes(5): actor = try reader.message(bytes)
            case Tag.bytes(6): requestID = try reader.message(bytes)
            case Tag.varint(7): customer = try reader.ordinalPlusOne(bytes)
            case Tag.varint(8): customerVersion = try reader.uint32(bytes)
            case Tag.varint(9): delay = try reader.sint64(bytes)
            case Tag.bytes(10): idempotency = try reader.message(bytes)
            case Tag.bytes(11): clear = try reader.message(bytes)
            case Tag.bytes(12):
                personal = try reader.message(bytes)
                personalStart = start
            case Tag.bytes(13):
                sealed = try reader.message(bytes)
                sealedStart = start
            case Tag.bytes(14): leafHash = try reader.message(bytes)
            case Tag.bytes(15): origin = try reader.message(bytes)
            default: try reader.skip(tag, bytes)
            }
        }
        field = 0
    }

    /// The idempotency key, when there is one.
    func readIdempotency(_ bytes: RawSpan) throws(WireError) -> IdempotencyView? {
        guard var reader = idempotency else { return nil }
        var result = IdempotencyView(key: nil, fingerprint: 0)
        while let tag = try reader.tag(bytes) {
            switch tag {
            case Tag.bytes(1): result.key = try reader.text(bytes)
            case Tag.fixed64(2): result.fingerprint = try reader.fixed64(bytes)
            default: try reader.skip(tag, bytes)
            }
        }
        return result
    }
}

extension WireReader {
    fileprivate mutating func ordinalPlusOne(_ bytes: RawSpan) throws(WireError) -> CustomerOrdinal? {
        let start = self
        let value = try varint(bytes)
        guard value > 0 else { return nil }
        guard let ordinal = UInt32(exactly: value - 1) else { throw start.error(.invalidValue) }
        return CustomerOrdinal(ordinal)
    }
}
