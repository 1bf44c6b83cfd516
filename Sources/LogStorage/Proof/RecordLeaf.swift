/// The leaf of a record in the Merkle tree.
///
/// `LogStorage` knows bodies as bytes. The one thing that it reads in them is a husk, what remains of a record that was
/// redacted: a protobuf message that begins with field 1 (`kind`) = 1 and says in field 14 (`leaf_hash`) what the leaf of the
/// record was that it stands for. So redaction never changes a root. The bytes of a husk besides that hash are not proven.
public enum RecordLeaf {
    /// The leaf hash of a record with this body; costs one SHA-256 of the body, or nothing for a husk.
    public static func hash(_ body: RawSpan) -> MerkleHash {
        huskHash(body) ?? .leaf(body)
    }

    /// The leaf hash that a husk keeps; `nil` when the body is none.
    public static func huskHash(_ body: RawSpan) -> MerkleHash? {
        // Of an event, `kind` is 0 and not stored: its body begins with another field.
        guard body.byteCount > 2, body.number(at: 0, as: UInt8.self) == 0x08, body.number(at: 1, as: UInt8.self) == 0x01
        else { return nil }
        var offset = 2
        while let tag = varint(body, &offset) {
            switch tag & 7 {
            case 0: guard varint(body, &offset) != nil else { return nil }
            case 1: offset += 8
            case 2:
                guard let count = varint(body, &offset), count <= UInt64(body.byteCount - offset) else { return nil }
                if tag == 14 << 3 | 2 {
                    return count == UInt64(MerkleHash.byteCount) ? MerkleHash(body, at: offset) : nil
                }
                offset += Int(count)
            case 5: offset += 4
            default: return nil
            }
        }
        return nil
    }

    /// The same, of a body in an array.
    static func huskHash(of body: [UInt8]) -> MerkleHash? { unsafe huskHash(body.span.bytes) }

    private static func varint(_ bytes: RawSpan, _ offset: inout Int) -> UInt64? {
        var value: UInt64 = 0
        for shift in stride(from: 0, to: 70, by: 7) {
            guard offset < bytes.byteCount else { return nil }
            let byte = bytes.number(at: offset, as: UInt8.self)
            offset += 1
            value |= UInt64(byte & 0x7f) << UInt64(shift)
            if byte < 0x80 { return value }
        }
        return nil
    }
}
