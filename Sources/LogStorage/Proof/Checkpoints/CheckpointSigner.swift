import Crypto
import EventSourcing

/// The key that signs the checkpoints of the logs in a data directory.
public struct CheckpointSigner: Sendable {
    /// What the Ed25519 key is made from.
    private let seed: [UInt8]
    /// The Ed25519 public key, 32 bytes.
    public let publicKey: [UInt8]

    static let seedByteCount = 32

    /// The key made from 32 secret bytes; `nil` when there are not so many.
    public init?(seed: [UInt8]) {
        guard seed.count == Self.seedByteCount,
            let key = try? Curve25519.Signing.PrivateKey(rawRepresentation: seed)
        else { return nil }
        self.seed = seed
        publicKey = Array(key.publicKey.rawRepresentation)
    }

    /// 32 bytes from the system's generator.
    public static func randomSeed() -> [UInt8] {
        var generator = SystemRandomNumberGenerator()
        return (0..<seedByteCount).map { _ in .random(in: .min ... .max, using: &generator) }
    }

    /// The key with which a log's checkpoints are checked.
    func key(for origin: String) -> CheckpointKey { CheckpointKey(name: origin, publicKey: publicKey) }

    /// Signs a tree head; the same head gives the same text where Ed25519 is deterministic.
    func sign(_ head: TreeHead, origin: String) throws(LogStorageError) -> Checkpoint {
        let text = Checkpoint.text(head, origin: origin)
        return Checkpoint(origin: origin, head: head, note: try sign(text, name: origin))
    }

    /// A signed note of a text, whose lines must not be empty and each end with a newline.
    func sign(_ text: String, name: String) throws(LogStorageError) -> String {
        do {
            let key = try Curve25519.Signing.PrivateKey(rawRepresentation: seed)
            let signature = Array(try key.signature(for: Array(text.utf8)))
            return "\(text)\n\u{2014} \(name) \(Base64.encode(self.key(for: name).id + signature))\n"
        } catch {
            throw LogStorageError(.invalidArgument, "The text cannot be signed: \(error)")
        }
    }
}

// MARK: - Names

extension CheckpointSigner {
    /// The origin of a log's checkpoints: `patron/` organization `/` log id in hexadecimal digits.
    package static func origin(organization: String, logID: LogID) -> String {
        originPrefix(organization: organization) + logID.hexadecimal
    }

    /// What the origins of all logs of an organization begin with.
    ///
    /// What may not stand in a key's name is percent-encoded.
    static func originPrefix(organization: String) -> String {
        var name: [UInt8] = []
        for byte in organization.utf8 {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
                UInt8(ascii: "~"):
                name.append(byte)
            default: name += Array("%\(Hexadecimal.text([byte]).uppercased())".utf8)
            }
        }
        return "patron/\(String(decoding: name, as: UTF8.self))/"
    }

    /// Whether a text may be the name of a key: not empty, without spaces and pluses.
    static func isName(_ text: some StringProtocol) -> Bool {
        !text.isEmpty
            && text.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0 != "+" && !$0.properties.isWhitespace }
    }
}

extension CheckpointSigner: CustomStringConvertible {
    /// The public key only.
    public var description: String { "signer with public key \(Base64.encode(publicKey))" }
}
