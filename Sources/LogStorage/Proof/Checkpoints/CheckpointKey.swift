import Crypto
import EventSourcing

/// What an outsider needs to check a log's checkpoints: the log's name and the public key.
///
/// As text it is a verifier key of signed notes: `name+hash+key`, where the hash is the key's id in hexadecimal digits and the
/// key the base 64 of a byte of 1 (Ed25519) and its 32 bytes.
public struct CheckpointKey: Hashable, Sendable {
    /// The name of the log, which is also the origin of its checkpoints.
    public var name: String
    /// The Ed25519 public key, 32 bytes.
    public var publicKey: [UInt8]

    /// The signature type of Ed25519 in signed notes.
    static let algorithm: UInt8 = 1
    static let idByteCount = 4
    static let publicKeyByteCount = 32

    /// The key of a log.
    public init(name: String, publicKey: [UInt8]) {
        self.name = name
        self.publicKey = publicKey
    }

    /// The first four bytes of SHA-256(name ‖ 0x0A ‖ 0x01 ‖ public key), by which a signature names its key.
    public var id: [UInt8] {
        var hasher = SHA256()
        hasher.update(Array(name.utf8) + [0x0a, Self.algorithm] + publicKey)
        return Array(hasher.bytes.prefix(Self.idByteCount))
    }

    /// Whether `signature` is one of `text` by this key.
    func isValid(_ signature: [UInt8], for text: [UInt8]) -> Bool {
        guard let key = try? Curve25519.Signing.PublicKey(rawRepresentation: publicKey) else { return false }
        return key.isValidSignature(signature, for: text)
    }
}

extension CheckpointKey: LosslessStringConvertible {
    /// The key that a text is; `nil` when it is none.
    public init?(_ description: String) {
        // Neither a name nor the id has a plus; the base 64 may have some.
        let parts = description.split(separator: "+", maxSplits: 2, omittingEmptySubsequences: false)
        guard parts.count == 3, CheckpointSigner.isName(parts[0]), let encoded = Base64.decode(parts[2]),
            encoded.count == 1 + Self.publicKeyByteCount, encoded[0] == Self.algorithm
        else { return nil }
        name = String(parts[0])
        publicKey = Array(encoded.dropFirst())
        guard Hexadecimal.text(id) == parts[1] else { return nil }
    }

    /// The text of the key.
    public var description: String { "\(name)+\(Hexadecimal.text(id))+\(Base64.encode([Self.algorithm] + publicKey))" }
}
