public import CustomerDomain
public import EventSourcing

/// Turns events into the bodies of records and back.
///
/// The form is the protobuf message `patron.v1.Record` of `docs/events.proto`. Equal events have equal bytes. Bytes that
/// are not such a message are a ``RecordError``; no bytes make reading trap.
public struct RecordCodec: Sendable {
    let keys: (any PersonalKeys)?

    /// A codec.
    ///
    /// - Parameter keys: What personal fields are sealed and opened with; `nil` to store them as they are.
    public init(keys: (any PersonalKeys)? = nil) {
        self.keys = keys
    }

    /// Appends the body of an event's record to `bytes`.
    ///
    /// The sequence number is not part of it: a record's place in the log says it. Personal fields lie in the clear;
    /// ``seal(_:sequence:into:)`` makes the body that is stored.
    ///
    /// - Parameters:
    ///   - event: The event.
    ///   - bytes: Gets the body.
    /// - Returns: Whether there are personal fields.
    @discardableResult
    public func encode(_ event: RecordedEvent, into bytes: inout [UInt8]) -> Bool {
        bytes.appendUnlessZero(2, varint: UInt64(bitPattern: event.recordedAt.microseconds))
        let type = EventType(of: event.event)
        bytes.appendField(3, varint: UInt64(type.rawValue))
        if type.schemaVersion != 1 { bytes.appendField(4, varint: UInt64(type.schemaVersion)) }
        bytes.appendUnlessEmpty(5, string: event.actor)
        bytes.appendUnlessNil(6, string: event.requestID)
        if let customer = event.customer { bytes.appendField(7, varint: UInt64(customer.value) + 1) }
        bytes.appendUnlessZero(8, varint: UInt64(event.customerVersion))
        bytes.appendUnlessZero(9, sint64: event.occurredAt.microseconds &- event.recordedAt.microseconds)
        if let idempotency = event.idempotency {
            bytes.appendField(10) { bytes in
                bytes.appendUnlessEmpty(1, string: idempotency.key)
                if idempotency.fingerprint != 0 { bytes.appendField(2, fixed64: idempotency.fingerprint) }
            }
        }
        bytes.appendUnlessEmpty(11, likelyLong: event.event.isLikelyLong) { event.event.encodeClear(into: &$0) }
        let clearCount = bytes.count
        bytes.appendUnlessEmpty(12) { event.event.encodePersonal(into: &$0) }
        let isPersonal = bytes.count > clearCount
        bytes.appendUnlessNil(15, string: event.origin)
        return isPersonal
    }

    /// Reads the event of a record.
    ///
    /// - Parameters:
    ///   - body: The record's body.
    ///   - sequence: The record's place in the log.
    /// - Returns: The event, equal to the one that was encoded; of a husk, and of a person whose key was destroyed, what was
    ///   not redacted, which equals `Event.withoutPersonalData`.
    /// - Throws: ``RecordError``. A husk of which nothing but the hash remains is the code `husk`.
    public func decode(_ body: RawSpan, sequence: SequenceNumber) throws(RecordError) -> RecordedEvent {
        let layout = try layout(of: body, sequence: sequence)
        var plain: [UInt8] = []
        if try open(layout, body, sequence, into: &plain) {
            return try decode(plain.span.bytes, sequence: sequence)
        }
        let record = try view(layout, body, sequence)
        do throws(WireError) {
            let event = try Event(record.event, body, clear: layout.clear, personal: layout.personal)
            var recorded = RecordedEvent(record, event: event)
            recorded.origin = try layout.origin?.wholeString(body)
            return recorded
        } catch {
            throw layout.error(error, sequence: sequence)
        }
    }

    /// Reads the event of a record where it lies, to be applied.
    ///
    /// What the projections do not keep is not read: the texts of order lines are not checked, as ``decode(_:sequence:)`` does.
    ///
    /// - Parameters:
    ///   - body: The record's body.
    ///   - sequence: The record's place in the log.
    /// - Returns: The event, valid only while the bytes of `body` are.
    /// - Throws: As ``decode(_:sequence:)``; `sealed` for a sealed body, which is to be opened first.
    public func view(_ body: RawSpan, sequence: SequenceNumber) throws(RecordError) -> RecordView {
        try view(try layout(of: body, sequence: sequence), body, sequence)
    }

    @inline(__always)
    func view(
        _ layout: RecordLayout,
        _ body: RawSpan,
        _ sequence: SequenceNumber
    ) throws(RecordError) -> RecordView {
        let type = try layout.readableType(sequence: sequence)
        var field: UInt32 = 5
        do throws(WireError) {
            let actor = layout.actor.count == 0 ? nil : try layout.actor.wholeText(body)
            field = 6
            let requestID = try layout.requestID?.wholeText(body)
            field = 10
            let idempotency = try layout.readIdempotency(body)
            field = 11
            return RecordView(
                sequence: sequence,
                recordedAt: layout.recordedAt,
                occurredAt: layout.occurredAt,
                actor: actor,
                requestID: requestID,
                customer: layout.customer,
                customerVersion: layout.customerVersion,
                idempotency: idempotency,
                event: try EventView(type, body, clear: layout.clear, personal: layout.personal)
            )
        } catch {
            guard field == 11 else { throw RecordError(error, field: field, sequence: sequence) }
            throw layout.error(error, sequence: sequence)
        }
    }

    /// Reads everything of a record but its event, for filters and checks.
    ///
    /// Sealed records, husks, and events of later programs have an envelope like all others.
    ///
    /// - Parameters:
    ///   - body: The record's body.
    ///   - sequence: The record's place in the log.
    /// - Returns: The envelope.
    /// - Throws: ``RecordError`` when the bytes are not a record.
    public func envelope(_ body: RawSpan, sequence: SequenceNumber) throws(RecordError) -> RecordEnvelope {
        let layout = try layout(of: body, sequence: sequence)
        let kind = try layout.readKind(body, sequence: sequence)
        var field: UInt32 = 5
        do throws(WireError) {
            let actor = try layout.actor.wholeString(body)
            field = 6
            let requestID = try layout.requestID?.wholeString(body)
            field = 10
            return RecordEnvelope(
                sequence: sequence,
                kind: kind,
                recordedAt: layout.recordedAt,
                occurredAt: layout.occurredAt,
                typeNumber: layout.type,
                schemaVersion: layout.schemaVersion,
                actor: actor,
                requestID: requestID,
                customer: layout.customer,
                customerVersion: layout.customerVersion,
                idempotency: try layout.readIdempotency(body)
                    .map { Idempotency(key: $0.key.map { String($0) } ?? "", fingerprint: $0.fingerprint) },
                isSealed: layout.sealed != nil
            )
        } catch {
            throw RecordError(error, field: field, sequence: sequence)
        }
    }

    func layout(of body: RawSpan, sequence: SequenceNumber) throws(RecordError) -> RecordLayout {
        var field: UInt32 = 0
        do throws(WireError) {
            return try RecordLayout(body, field: &field)
        } catch {
            throw RecordError(error, field: field, sequence: sequence)
        }
    }
}

extension RecordLayout {
    /// An error in the clear or in the personal fields.
    fileprivate func error(_ error: WireError, sequence: SequenceNumber) -> RecordError {
        RecordError(error, field: (clear.place...clear.end).contains(error.place) ? 11 : 12, sequence: sequence)
    }

    /// The type of the record's event, when this program can read it.
    fileprivate func readableType(sequence: SequenceNumber) throws(RecordError) -> EventType {
        func refusal(_ code: RecordError.Code, _ field: UInt32, _ text: String) -> RecordError {
            RecordError(code: code, field: field, sequence: sequence, text: text)
        }
        guard kind <= 1 else { throw refusal(.unknown, 1, "Its kind \(kind) is not known; use a later program.") }
        if kind == 1, type == 0 { throw refusal(.husk, 1, "Its event was redacted for good; only its hash remains.") }
        guard let known = EventType(rawValue: type) else {
            throw refusal(.unknown, 3, "Its type \(type) is not known; use a later program.")
        }
        guard (1...known.schemaVersion).contains(schemaVersion) else {
            throw refusal(
                .unknown,
                4,
                "Version \(schemaVersion) of \(known.name) is not known, only up to \(known.schemaVersion); use a later program."
            )
        }
        guard sealed == nil else {
            throw refusal(.sealed, 13, "Its personal fields are sealed, and there is no key to open them with.")
        }
        return known
    }

    fileprivate func readKind(_ body: RawSpan, sequence: SequenceNumber) throws(RecordError) -> RecordEnvelope.Kind {
        switch kind {
        case 0: return .event
        case 1:
            guard leafHash.count == 32 else {
                throw RecordError(leafHash.error(.invalidValue), field: 14, sequence: sequence)
            }
            return .husk(leafHash: leafHash.wholeBytes(body))
        default:
            throw RecordError(
                code: .unknown,
                field: 1,
                sequence: sequence,
                text: "Its kind \(kind) is not known; use a later program."
            )
        }
    }
}
