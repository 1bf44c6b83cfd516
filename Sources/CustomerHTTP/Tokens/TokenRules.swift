public import CustomerService
import EventSourcing
import Foundation
import Synchronization

/// What tokens (JWT, RFC 7519) are taken, and by which keys.
public final class TokenRules: Sendable {
    /// Seconds by which the clocks of issuer and server may differ.
    static let leeway: Int64 = 60
    /// The largest file of keys.
    private static let fileByteLimit = 1 << 20
    /// What `typ` may be, where a token has it: RFC 7519, section 5.1, and RFC 9068, section 2.1.
    private static let types = ["jwt", "at+jwt", "application/at+jwt"]

    private let file: String
    private let issuer: String
    private let audience: String
    /// What they may give at the most.
    let grants: TokenGrants
    private let keys: Mutex<(bytes: [UInt8], byName: [String: TokenKey])>

    /// Takes tokens of an issuer for an audience, signed by a key of a file.
    ///
    /// - Parameters:
    ///   - file: The path of a JWK set (RFC 7517).
    ///   - issuer: What `iss` must be.
    ///   - audience: What `aud` must be, or have.
    ///   - grants: What tokens may give at the most.
    /// - Throws: When the file cannot be read, or holds no key that can be used.
    public init(file: String, issuer: String, audience: String, grants: TokenGrants = TokenGrants()) throws {
        (self.file, self.issuer, self.audience, self.grants) = (file, issuer, audience, grants)
        let bytes = try Self.read(file)
        keys = Mutex((bytes, try TokenKey.keys(of: bytes)))
    }

    /// Reads the file again; what cannot be used leaves the keys as they are.
    ///
    /// - Returns: Whether the keys are others now.
    /// - Throws: When the file cannot be read, or holds no key that can be used.
    @discardableResult
    public func reload() throws -> Bool {
        let bytes = try Self.read(file)
        guard keys.withLock({ $0.bytes != bytes }) else { return false }
        let read = try TokenKey.keys(of: bytes)
        keys.withLock { $0 = (bytes, read) }
        return true
    }

    private static func read(_ file: String) throws -> [UInt8] {
        let handle = try FileHandle(forReadingFrom: URL(filePath: file))
        let bytes = try handle.read(upToCount: fileByteLimit + 1) ?? Data()
        guard bytes.count <= fileByteLimit else { throw TokenKeyError("the file has more than \(fileByteLimit) bytes") }
        return Array(bytes)
    }

    /// What a token says that stands at this time.
    ///
    /// - Throws: ``TokenRefusal``.
    func claims(of token: String, at seconds: Int64) throws(TokenRefusal) -> TokenClaims {
        let parts = token.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 3, let header = Self.object(parts[0]), let payload = Self.object(parts[1]),
            let signature = Base64.decode(parts[2], .url)
        else { throw .init("The token is no JWT.") }
        guard header["crit"] == nil else { throw .init("The token has critical extensions, of which none is known.") }
        if let type = header["typ"] {
            guard let type = type.text, Self.types.contains(type.lowercased()) else {
                throw .init("The token is of another type (typ).")
            }
        }
        guard let name = header["kid"]?.text, let key = keys.withLock({ $0.byName[name] }) else {
            throw .init("The token names no key (kid) that is known.")
        }
        guard header["alg"]?.text == key.algorithm else { throw .init("The token's alg is not that of its key.") }
        let signed = Array(token.utf8.prefix(parts[0].utf8.count + 1 + parts[1].utf8.count))
        guard key.verifies(signature, of: signed) else { throw .init("The token's signature is wrong.") }
        try check(payload, at: seconds)
        return try Self.claims(payload)
    }

    private func check(_ payload: JSONValue, at now: Int64) throws(TokenRefusal) {
        guard payload["iss"]?.text == issuer else { throw .init("The token is of another issuer (iss).") }
        let audiences = payload["aud"]?.text.map { [$0] } ?? (payload["aud"]?.elements ?? []).compactMap(\.text)
        guard audiences.contains(audience) else { throw .init("The token is for another audience (aud).") }
        guard let end = try Self.time("exp", payload) else { throw .init("The token has no end (exp).") }
        guard now < end + Self.leeway else { throw .init("The token has expired (exp).") }
        if let start = try Self.time("nbf", payload), now + Self.leeway < start {
            throw .init("The token does not stand yet (nbf).")
        }
        if let made = try Self.time("iat", payload), now + Self.leeway < made {
            throw .init("The token was made in the future (iat).")
        }
    }

    private static func time(_ name: String, _ payload: JSONValue) throws(TokenRefusal) -> Int64? {
        guard let value = payload[name] else { return nil }
        guard let seconds = value.whole.map({ Double($0) }) ?? value.fraction, (0...1e12).contains(seconds) else {
            throw .init("The token's \(name) is no time.")
        }
        return Int64(seconds.rounded(.down))
    }

    private static func object(_ part: Substring) -> JSONValue? {
        guard let bytes = Base64.decode(part, .url), let value = try? JSONParser.parse(bytes),
            case .object = value
        else { return nil }
        return value
    }

    private static func claims(_ payload: JSONValue) throws(TokenRefusal) -> TokenClaims {
        guard let subject = payload["sub"]?.text else { throw .init("The token has no subject (sub).") }
        for name in ["patron_organization", "patron_role"] {
            if let value = payload[name], value.text == nil { throw .init("The token's \(name) is no text.") }
        }
        var permissions: [String] = []
        if let value = payload["patron_permissions"] {
            guard case .array(let elements) = value else { throw .init("The token's patron_permissions is no list.") }
            for element in elements {
                guard let text = element.text else {
                    throw .init("The token's patron_permissions has what is no text.")
                }
                permissions.append(text)
            }
        }
        return TokenClaims(
            subject: subject,
            organization: payload["patron_organization"]?.text,
            role: payload["patron_role"]?.text,
            permissions: permissions
        )
    }
}
