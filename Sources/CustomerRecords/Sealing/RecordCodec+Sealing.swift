import Crypto
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
        guard let key = try usableKey(of: layout.customer, keys, sequence) else {
            bytes.append(body, 0..<start)
            bytes.append(body, personal.upperBound..<body.byteCount)
            return
        }
        let box = body.withUnsafeBytes { body in
            // Fails only for plaintexts of more than 64 GiB.
            try? AES.GCM.seal(
                UnsafeRawBufferPointer(rebasing: body[personal]),
                using: key,
                authenticating: Self.clear(of: body, without: start..<personal.upperBound)
            )
        }
        guard let box else {
            throw RecordError(code: .sealed, field: 12, sequence: sequence, text: "They cannot be sealed.")
        }
        bytes.append(body, 0..<start)
        bytes.appendField(13, likelyLong: personal.count > 90) { bytes in
            bytes.appendField(1, varint: Self.scheme)
            bytes.appendVarint(Tag.bytes(3))
            bytes.append(UInt8(Self.nonceByteCount))
            bytes.append(contentsOf: box.nonce)
            bytes.appendVarint(Tag.bytes(4))
            bytes.appendVarint(UInt64(box.ciphertext.count + box.tag.count))
            bytes.append(contentsOf: box.ciphertext)
            bytes.append(contentsOf: box.tag)
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
        bytes.removeAll(keepingCapacity: true)
        bytes.append(body, 0..<start)
        if let key = try usableKey(of: layout.customer, keys, sequence) {
            let parts: SealedParts
            do throws(WireError) {
                parts = try SealedParts(sealed, body)
            } catch {
                throw RecordError(error, field: 13, sequence: sequence)
            }
            let plain = body.withUnsafeBytes { body in
                try? AES.GCM.open(
                    AES.GCM.SealedBox(
                        nonce: AES.GCM.Nonce(data: UnsafeRawBufferPointer(rebasing: body[parts.nonce])),
                        ciphertext: UnsafeRawBufferPointer(rebasing: body[parts.ciphertext]),
                        tag: UnsafeRawBufferPointer(rebasing: body[parts.tag])
                    ),
                    using: key,
                    authenticating: Self.clear(of: body, without: start..<sealed.end)
                )
            }
            guard let plain else {
                throw RecordError(
                    code: .notOpened,
                    field: 13,
                    sequence: sequence,
                    text: """
                        Its personal fields do not open with the person's key: vault and log do not belong together, or one of \
                        them was changed.
                        """
                )
            }
            bytes.appendVarint(Tag.bytes(12))
            bytes.appendVarint(UInt64(plain.count))
            bytes.append(contentsOf: plain)
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

    /// The key of whom a record is about; `nil` when it was destroyed.
    private func usableKey(
        of customer: CustomerOrdinal?,
        _ keys: any PersonalKeys,
        _ sequence: SequenceNumber
    ) throws(RecordError) -> SymmetricKey? {
        guard let customer else {
            throw RecordError(
                code: .invalidValue,
                field: 7,
                sequence: sequence,
                text: "It has personal fields, and names no customer whose they are."
            )
        }
        switch keys.key(of: customer) {
        case .usable(let key): return key
        case .destroyed: return nil
        case .missing(let reason): throw RecordError(code: .sealed, field: 13, sequence: sequence, text: reason)
        }
    }

    /// AES-256-GCM with a random nonce.
    static let scheme: UInt64 = 1
    static let nonceByteCount = 12
    static let tagByteCount = 16

    /// What of a body is in the clear.
    private static func clear(of body: UnsafeRawBufferPointer, without sealed: Range<Int>) -> [UInt8] {
        var clear: [UInt8] = []
        clear.reserveCapacity(body.count - sealed.count)
        clear.append(contentsOf: body[..<sealed.lowerBound])
        clear.append(contentsOf: body[sealed.upperBound...])
        return clear
    }
}

/// Where the parts of a sealed field lie in the body.
private struct SealedParts {
    var nonce = 0..<0
    var ciphertext = 0..<0
    var tag = 0..<0

    init(_ sealed: WireReader, _ bytes: RawSpan) throws(WireError) {
        var reader = sealed
        var scheme: UInt64 = 0
        while let tag = try reader.tag(bytes) {
            switch tag {
            case Tag.varint(1): scheme = try reader.varint(bytes)
            case Tag.bytes(3): nonce = try reader.message(bytes).range
            case Tag.bytes(4): ciphertext = try reader.message(bytes).range
            default: try reader.skip(tag, bytes)
            }
        }
        guard scheme == RecordCodec.scheme else { throw sealed.error(.unknown) }
        guard nonce.count == RecordCodec.nonceByteCount, ciphertext.count >= RecordCodec.tagByteCount else {
            throw sealed.error(.invalidValue)
        }
        tag = ciphertext.upperBound - RecordCodec.tagByteCount..<ciphertext.upperBound
        ciphertext = ciphertext.lowerBound..<tag.lowerBound
    }
}

extension [UInt8] {
    fileprivate mutating func append(_ body: RawSpan, _ range: Range<Int>) {
        body.extracting(range).withUnsafeBytes { append(contentsOf: $0) }
    }
}
