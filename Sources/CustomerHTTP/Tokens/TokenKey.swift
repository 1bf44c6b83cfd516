import Crypto
import CryptoExtras
import EventSourcing
import Foundation

/// A public key of a JWK set (RFC 7517) that tokens are checked with; its type says by which algorithm, never the token.
struct TokenKey: Sendable {
    private enum Kind: Sendable {
        case rsa(_RSA.Signing.PublicKey)
        case p256(P256.Signing.PublicKey)
        case ed25519(Curve25519.Signing.PublicKey)
    }

    /// Its name in the set.
    let id: String
    private let kind: Kind

    /// What a token's header must say.
    var algorithm: String {
        switch kind {
        case .rsa: "RS256"
        case .p256: "ES256"
        case .ed25519: "EdDSA"
        }
    }

    /// The key of a JWK; `nil` for one that signs nothing that is taken here.
    ///
    /// - Throws: ``TokenKeyError`` for one that is of a type that is taken, and wrong in itself.
    init?(_ json: JSONValue) throws(TokenKeyError) {
        if let use = json["use"]?.text, use != "sig" { return nil }
        if let operations = json["key_ops"], !operations.elements.contains(.string("verify")) { return nil }
        guard let type = json["kty"]?.text else { throw TokenKeyError("a key has no kty") }
        let id = json["kid"]?.text
        guard json["d"] == nil else {
            throw TokenKeyError("key \(id ?? "") is a private key: publish its public part alone")
        }
        do {
            switch (type, json["crv"]?.text) {
            case ("RSA", nil):
                kind = .rsa(try _RSA.Signing.PublicKey(n: Self.bytes("n", json), e: Self.bytes("e", json)))
            case ("EC", "P-256"):
                let point = try Self.bytes("x", json) + Self.bytes("y", json)
                kind = .p256(try P256.Signing.PublicKey(rawRepresentation: point))
            case ("OKP", "Ed25519"):
                kind = .ed25519(try Curve25519.Signing.PublicKey(rawRepresentation: Self.bytes("x", json)))
            default: return nil
            }
        } catch let error as TokenKeyError {
            throw error
        } catch {
            throw TokenKeyError("key \(id ?? "") is no public key of its type: \(error)")
        }
        guard let id, !id.isEmpty else { throw TokenKeyError("a key has no kid") }
        self.id = id
        // For RSA keys of another padding or digest, say, which stand beside those for RS256.
        if let told = json["alg"], told.text != algorithm { return nil }
    }

    func verifies(_ signature: [UInt8], of bytes: [UInt8]) -> Bool {
        switch kind {
        case .rsa(let key):
            return key.isValidSignature(
                _RSA.Signing.RSASignature(rawRepresentation: signature),
                for: SHA256.hash(data: bytes),
                padding: .insecurePKCS1v1_5
            )
        case .p256(let key):
            guard let signature = try? P256.Signing.ECDSASignature(rawRepresentation: signature) else { return false }
            return key.isValidSignature(signature, for: bytes)
        case .ed25519(let key): return key.isValidSignature(signature, for: bytes)
        }
    }

    private static func bytes(_ name: String, _ json: JSONValue) throws(TokenKeyError) -> [UInt8] {
        guard let text = json[name]?.text, let bytes = Base64.decode(text, .url) else {
            throw TokenKeyError("a key's \(name) is not base 64 for URLs")
        }
        return bytes
    }

    /// All keys of a JWK set that sign tokens, by their names.
    static func keys(of file: [UInt8]) throws(TokenKeyError) -> [String: TokenKey] {
        guard let json = try? JSONParser.parse(file), case .array(let entries)? = json["keys"] else {
            throw TokenKeyError("the file is no JWK set")
        }
        var keys: [String: TokenKey] = [:]
        for entry in entries {
            guard let key = try TokenKey(entry) else { continue }
            guard keys.updateValue(key, forKey: key.id) == nil else {
                throw TokenKeyError("two keys are named \(key.id)")
            }
        }
        guard !keys.isEmpty else { throw TokenKeyError("the file has no key for RS256, ES256 or EdDSA") }
        return keys
    }
}

/// Why a JWK set cannot be used.
struct TokenKeyError: Error, Hashable, CustomStringConvertible {
    var description: String

    init(_ description: String) { self.description = description }
}
