import CustomerService
import EventSourcing
import HTTPTypes

/// Who asks, and of which organization: the credential alone says both.
struct Caller: Sendable {
    let organization: Organization
    let scope: Scope
}

/// Finds out who asks.
struct Authenticator: Sendable {
    let organizations: [Organization]
    let failures: RateLimiter<String>?
    /// What tokens are taken; `nil` for none.
    var tokens: TokenRules?

    /// The longest credential, in bytes.
    private static let lengthLimit = 8_192

    /// Who sends a request with these headers from this address.
    ///
    /// A credential that stands is taken however often its address came with others: who shares an address with a fool or a
    /// thief is not locked out.
    func caller(_ headers: HTTPFields, address: @autoclosure () -> String?) throws(Problem) -> Caller {
        do {
            return try caller(headers)
        } catch {
            guard let standing = failures?.take(1, from: address() ?? ""), !standing.isTaken else { throw error }
            throw Problem(
                .rateLimited,
                "This address came with too many credentials that are none. Wait before you try another.",
                headers: [.retryAfter: String(standing.retryAfter)]
            )
        }
    }

    /// The same, without counting failures.
    func caller(_ headers: HTTPFields) throws(Problem) -> Caller {
        let values = headers[values: .authorization]
        guard let header = values.first else {
            throw .unauthorized("The header Authorization is missing: send Bearer and your API key.")
        }
        guard values.count == 1, header.utf8.count <= Self.lengthLimit, let credential = Self.bearer(in: header) else {
            throw .unauthorized("The header Authorization must be Bearer and your API key or token.")
        }
        // No key has a dot; a token has two.
        if let tokens, credential.utf8.count(where: { $0 == UInt8(ascii: ".") }) == 2 {
            return try caller(token: credential, tokens)
        }
        let secret = Secret(credential)
        for organization in organizations {
            guard let scope = organization.authenticate(secret: secret) else { continue }
            return Caller(organization: organization, scope: scope)
        }
        throw .unauthorized("No standing API key is this.", error: "invalid_token")
    }

    /// What follows the scheme `Bearer`, in whatever case (RFC 9110, 11.1).
    private static func bearer(in header: String) -> String? {
        guard header.utf8.count > 7, zip(header.utf8, "bearer ".utf8).allSatisfy({ $0 | 0x20 == $1 }) else {
            return nil
        }
        return String(header.utf8.dropFirst(7))
    }

    private func caller(token: String, _ rules: TokenRules) throws(Problem) -> Caller {
        do throws(TokenRefusal) {
            let claims = try rules.claims(of: token, at: organizations[0].time.microseconds / 1_000_000)
            let name = claims.organization ?? (organizations.count == 1 ? organizations[0].name : nil)
            guard let organization = organizations.first(where: { $0.name == name }) else {
                throw TokenRefusal("The token names no organization (patron_organization) of this server.")
            }
            let scope = try organization.authenticate(token: claims, within: rules.grants)
            return Caller(organization: organization, scope: scope)
        } catch {
            throw .unauthorized(error.text, error: "invalid_token")
        }
    }
}

extension Problem {
    static func unauthorized(_ detail: String, error: String? = nil) -> Problem {
        let challenge = #"Bearer realm="patron""# + (error.map { #", error="\#($0)""# } ?? "")
        return Problem(.unauthorized, detail, headers: [.wwwAuthenticate: challenge])
    }
}
