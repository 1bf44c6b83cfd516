public import CustomerDomain
public import EventSourcing

// A sealed body is the plain one with field 13 in place of field 12: the same bytes before and behind, which are the
// associated data of AES-256-GCM (NIST SP 800-38D), so nobody can move a ciphertext to another event.
extension RecordCodec {
    /// Appends a record's body as it is to be stored: its personal fields sealed with the person's key.
    ///
    /// A body without personal fields, and any body when this codec has no keys, is appended as it is. Of somebody who was
    /// erased nothing personal is stored any more: a refund goes to the books, its reason nowhere. Sealing twice gives two
    /// different bodies, since each takes a random nonce.
    ///
    /// - Parameters:
    ///   - body: A body that ``encode(_:into:)`` made.
    ///   - sequence: The record's place in the log, for errors.
    ///   - bytes: Gets the body.
    /// - Throws: ``RecordError``: `sealed` when the person's key is missing; then nothing was appended.
    public func seal(
        _ body: RawSpan,
        sequence: SequenceNumber,
        into bytes: inout [UInt8]
    ) throws(RecordError) {
        guard let keys else { return bytes.append(body, 0..<body.byteCount) }
        let layout = try layout(of: body, sequence: sequence)
        guard let start = layout.personalStart else { return bytes.append(body, 0..<body.byteCount) }
        let personal = layout.personal.range
        let customer = try owner(layout, sequence)
        let clear = Self.clear(of: body, without: start..<personal.upperBound)
        bytes.append(body, 0..<start)
        let unsealedCount = bytes.count
        bytes.appendVarint(Tag.bytes(13))
        bytes.appendVarint(UInt64(1 + personal.count + keys.overhead))
        bytes.append(Self.scheme)
        switch keys.seal(body.extracting(personal), of: customer, authenticating: clear, into: &bytes) {
        case .done: break
        case .destroyed: bytes.removeSubrange(unsealedCount...)
        case .missing(let reason):
            bytes.removeSubrange((unsealedCount - start)...)
            throw RecordError(code: .sealed, field: 12, sequence: sequence, text: reason)
        case .forged: preconditionFailure("Only opening finds that out.")
        }
        bytes.append(body, personal.upperBound..<body.byteCount)
    }

    /// Makes the plain body of a sealed one.
    ///
    /// Of a person whose key was destroyed that is the body without personal fields.
    ///
    /// - Parameters:
    ///   - body: A record's body, sealed or not.
    ///   - sequence: The record's place in the log, for errors.
    ///   - bytes: Becomes the plain body, where it was sealed.
    /// - Returns: Whether it was sealed; if not, `bytes` is as it was.
    /// - Throws: ``RecordError``: `sealed` when there is no key, `notOpened` when key and bytes do not belong together.
    public func open(
        _ body: RawSpan,
        sequence: SequenceNumber,
        into bytes: inout [UInt8]
    ) throws(RecordError) -> Bool {
        try open(try layout(of: body, sequence: sequence), body, sequence, into: &bytes)
    }

    func open(
        _ layout: RecordLayout,
        _ body: RawSpan,
        _ sequence: SequenceNumber,
        into bytes: inout [UInt8]
    ) throws(RecordError) -> Bool {
        guard let sealed = layout.sealed else { return false }
        guard let keys else {
            throw RecordError(
                code: .sealed,
                field: 13,
                sequence: sequence,
                text: "Its personal fields are sealed, and there is no key to open them with."
            )
        }
        let start = layout.sealedStart
        let customer = try owner(layout, sequence)
        guard sealed.count > 0, body.byte(at: sealed.place) == Self.scheme else {
            throw RecordError(sealed.error(.unknown), field: 13, sequence: sequence)
        }
        bytes.removeAll(keepingCapacity: true)
        bytes.append(body, 0..<start)
        let clearCount = bytes.count
        let content = sealed.place + 1..<sealed.end
        bytes.appendVarint(Tag.bytes(12))
        bytes.appendVarint(UInt64(max(0, content.count - keys.overhead)))
        let clear = Self.clear(of: body, without: start..<sealed.end)
        switch keys.open(body.extracting(content), of: customer, authenticating: clear, into: &bytes) {
        case .done: break
        case .destroyed: bytes.removeSubrange(clearCount...)
        case .missing(let reason): throw RecordError(code: .sealed, field: 13, sequence: sequence, text: reason)
        case .forged:
            throw RecordError(
                code: .notOpened,
                field: 13,
                sequence: sequence,
                text: """
                    Its personal fields do not open with the person's key: vault and log do not belong together, or one of them \
                    was changed.
                    """
            )
        }
        bytes.append(body, sealed.end..<body.byteCount)
        return true
    }

    /// How the personal fields of a record lie in it.
    ///
    /// - Parameters:
    ///   - body: The record's body.
    ///   - sequence: The record's place in the log, for errors.
    /// - Returns: The form; `none` when there are none.
    /// - Throws: ``RecordError`` when the bytes are not a record.
    public func personalForm(
        of body: RawSpan,
        sequence: SequenceNumber
    ) throws(RecordError) -> PersonalForm {
        let layout = try layout(of: body, sequence: sequence)
        return layout.sealed != nil ? .sealed : layout.personalStart != nil ? .clear : .none
    }

    /// Reads the event of a record, sealed or not, to be applied.
    ///
    /// - Parameters:
    ///   - body: The record's body.
    ///   - sequence: The record's place in the log.
    ///   - room: Takes the plain body of a sealed one; give the same again, so that it grows once.
    ///   - use: Gets the event, valid only meanwhile.
    /// - Throws: As ``view(_:sequence:)`` and ``open(_:sequence:into:)``.
    public func withView(
        _ body: RawSpan,
        sequence: SequenceNumber,
        room: inout [UInt8],
        _ use: (RecordView) -> Void
    ) throws(RecordError) {
        let layout = try layout(of: body, sequence: sequence)
        if try open(layout, body, sequence, into: &room) {
            use(try view(room.span.bytes, sequence: sequence))
        } else {
            use(try view(layout, body, sequence))
        }
    }

    /// Whom a record with personal fields is about.
    private func owner(_ layout: RecordLayout, _ sequence: SequenceNumber) throws(RecordError) -> CustomerOrdinal {
        if let customer = layout.customer { return customer }
        throw RecordError(
            code: .invalidValue,
            field: 7,
            sequence: sequence,
            text: "It has personal fields, and names no customer whose they are."
        )
    }

    /// AES-256-GCM: nonce, ciphertext and tag follow.
    private static let scheme: UInt8 = 1

    /// What of a body is in the clear.
    private static func clear(of body: RawSpan, without sealed: Range<Int>) -> [UInt8] {
        var clear: [UInt8] = []
        clear.reserveCapacity(body.byteCount - sealed.count)
        clear.append(body, 0..<sealed.lowerBound)
        clear.append(body, sealed.upperBound..<body.byteCount)
        return clear
    }
}

extension RawSpan {
    fileprivate func byte(at place: Int) -> UInt8 { extracting(place..<place + 1).withUnsafeBytes { $0[0] } }
}

extension [UInt8] {
    fileprivate mutating func append(_ body: RawSpan, _ range: Range<Int>) {
        body.extracting(range).withUnsafeBytes { append(contentsOf: $0) }
    }
}
