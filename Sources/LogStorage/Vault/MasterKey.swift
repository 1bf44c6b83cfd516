package import Crypto
import EventSourcing

/// The key that wraps the personal data keys of a vault: 32 secret bytes.
///
/// No text of it ever shows more than its ``id``.
public struct MasterKey: Sendable {
    /// What a vault names its master key by: the first 16 bytes of a SHA-256 of it.
    public struct ID: Hashable, Sendable {
        let bytes: [UInt8]

        init(_ bytes: [UInt8]) { self.bytes = bytes }
    }

    /// How many bytes a master key has.
    public static let byteCount = 32

    /// The name by which a vault asks for it; says nothing of the key.
    public let id: ID
    package let key: SymmetricKey

    /// The key that these bytes are; `nil` unless there are 32.
    public init?(_ bytes: [UInt8]) {
        guard bytes.count == Self.byteCount else { return nil }
        self.init(SymmetricKey(data: bytes))
    }

    /// The key that a text in base 64 is; `nil` when it is none.
    public init?(base64 text: some StringProtocol) {
        guard let bytes = Base64.decode(text) else { return nil }
        self.init(bytes)
    }

    /// A new key from the system's generator.
    public static func random() -> MasterKey { MasterKey(SymmetricKey(size: .bits256)) }

    private init(_ key: SymmetricKey) {
        self.key = key
        var hasher = SHA256()
        hasher.update(Array("patron master key id 1\n".utf8) + Self.bytes(of: key))
        id = ID(Array(hasher.bytes.prefix(Self.ID.byteCount)))
    }

    /// The key itself in base 64, for a key file and nothing else.
    package var secretText: String { Base64.encode(Self.bytes(of: key)) }

    /// The same key, for what is done often.
    var dataKey: DataKey { DataKey(Self.bytes(of: key)) }

    private static func bytes(of key: SymmetricKey) -> [UInt8] { unsafe key.withUnsafeBytes { unsafe Array($0) } }
}

extension MasterKey.ID {
    static let byteCount = 16
}

extension MasterKey.ID: CustomStringConvertible {
    /// 32 hexadecimal digits.
    public var description: String { Hexadecimal.text(bytes) }
}

extension MasterKey: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The id only.
    public var description: String { "master key \(id)" }

    /// The id only.
    public var debugDescription: String { description }

    /// The id only.
    public var customMirror: Mirror { Mirror(self, children: ["id": id.description]) }
}
