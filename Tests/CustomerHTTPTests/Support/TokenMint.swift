@testable import CustomerHTTP
import Crypto
import CryptoExtras
import CustomerService
import Foundation
import TestSupport

/// An issuer of tokens with a key of each kind.
struct TokenMint: Sendable {
    static let issuer = "https://id.example.com"
    static let audience = "patron"
    /// What time it is for a ``ManualClock`` that nobody moved, in seconds.
    static let start: Int64 = 1_750_000_000

    /// Headers of tokens, one for each kind of key.
    static let headers = [
        #"{"alg":"EdDSA","kid":"ed"}"#, #"{"alg":"ES256","kid":"ec","typ":"JWT"}"#, #"{"alg":"RS256","kid":"rsa"}"#,
    ]

    private let ed25519 = Curve25519.Signing.PrivateKey()
    private let p256 = P256.Signing.PrivateKey()
    /// Made once, for that takes long.
    private static let rsa = Result { try _RSA.Signing.PrivateKey(keySize: .bits2048) }

    /// The public keys, beside others that sign nothing that is taken.
    func keySet() throws -> String {
        let point = p256.publicKey.rawRepresentation
        let rsa = try Self.rsa.get().publicKey.getKeyPrimitives()
        return """
            {"keys":[{"kid":"ed","kty":"OKP","crv":"Ed25519","alg":"EdDSA","use":"sig",\
            "x":"\(Self.encode(ed25519.publicKey.rawRepresentation))"},{"kid":"ec","kty":"EC","crv":"P-256",\
            "x":"\(Self.encode(point.prefix(32)))","y":"\(Self.encode(point.suffix(32)))"},\
            {"kid":"rsa","kty":"RSA","alg":"RS256","n":"\(Self.encode(rsa.modulus))",\
            "e":"\(Self.encode(rsa.publicExponent))"},\
            {"kid":"long","kty":"RSA","alg":"RS512","n":"\(Self.encode(rsa.modulus))",\
            "e":"\(Self.encode(rsa.publicExponent))"},\
            {"kid":"other","kty":"oct","k":"AAAA"},{"kid":"enc","kty":"RSA","use":"enc","n":"AA","e":"AQAB"}]}
            """
    }

    /// Claims that are taken for five minutes, each with another value as told, or left out.
    func claims(_ changes: [String: String?] = [:]) -> String {
        var members: [String: String] = [
            "iss": "\"\(Self.issuer)\"", "aud": "[\"other\",\"\(Self.audience)\"]", "sub": #""jane@corp""#,
            "exp": "\(Self.start + 300)", "patron_permissions": #"["customers:read"]"#,
        ]
        for (name, value) in changes { members[name] = value }
        return "{" + members.sorted { $0.key < $1.key }.map { "\"\($0.key)\":\($0.value)" }.joined(separator: ",") + "}"
    }

    /// A token that is signed as its header says, by the key of Ed25519 if it says anything else.
    func token(_ claims: String, header: String = headers[0]) throws -> String {
        let signed = Self.encode(header.utf8) + "." + Self.encode(claims.utf8)
        let bytes = Data(signed.utf8)
        let signature: Data =
            if header.contains("ES256") {
                try p256.signature(for: bytes).rawRepresentation
            } else if header.contains("RS256") {
                try Self.rsa.get().signature(for: SHA256.hash(data: bytes), padding: .insecurePKCS1v1_5)
                    .rawRepresentation
            } else {
                try ed25519.signature(for: bytes)
            }
        return signed + "." + Self.encode(signature)
    }

    /// Rules that take its tokens, by a file of its keys.
    func withRules<Value>(
        grants: TokenGrants = TokenGrants(),
        _ body: (_ rules: TokenRules, _ file: String) async throws -> Value
    ) async throws -> Value {
        try await withTemporaryDirectory { path in
            let file = path + "/jwks.json"
            try keySet().write(toFile: file, atomically: true, encoding: .utf8)
            let rules = try TokenRules(file: file, issuer: Self.issuer, audience: Self.audience, grants: grants)
            return try await body(rules, file)
        }
    }

    static func encode(_ bytes: some Sequence<UInt8>) -> String {
        Data(bytes).base64EncodedString().replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
    }
}
