import Crypto

/// The secret part of an API key; shown once, kept only as its digest.
public struct Secret: Sendable {
    /// What a client sends as its bearer token; not to be logged.
    public let text: String
    /// SHA-256 of the secret: enough for secrets of high entropy, which need no slow hash.
    public let digest: [UInt8]

    /// The secret `text`.
    public init(_ text: String) {
        self.text = text
        digest = Array(SHA256.hash(data: Array(text.utf8)))
    }

    /// A new secret of 256 random bits, as `patron_` and 43 characters of base64url.
    public static func random(using generator: inout any RandomNumberGenerator & Sendable) -> Secret {
        let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)
        let characters = (0..<43).map { _ in alphabet[Int(generator.next(upperBound: UInt64(64)))] }
        return Secret("patron_" + String(decoding: characters, as: UTF8.self))
    }
}

extension Secret: CustomStringConvertible {
    /// Never the secret.
    public var description: String { "<secret>" }
}
