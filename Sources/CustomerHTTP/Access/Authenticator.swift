import CustomerService
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

    /// The longest credential, in bytes.
    private static let lengthLimit = 8_192

    /// Who sends a request with these headers from this address.
    ///
    /// A credential that stands is taken however often its address came with others: who shares an address with a fool or a
    /// thief is not locked out.
    func caller(_ headers: HTTPFields, address: String?) throws(Problem) -> Caller {
        do {
            return try caller(headers)
        } catch {
            guard let standing = failures?.take(1, from: address ?? ""), !standing.isTaken else { throw error }
            throw Problem(
                .rateLimited,
                "This address came with too many credentials that are none. Wait before you try another.",
                headers: [.retryAfter: String(standing.retryAfter)]
            )
        }
    }

    /// The same, without counting failures.
    func caller(_ headers: HTTPFields) throws(Problem) -> Caller {
        guard let header = headers[.authorization] else {
            throw .unauthorized("The header Authorization is missing: send Bearer and your API key.")
        }
        guard header.utf8.count <= Self.lengthLimit, header.prefix(7).lowercased() == "bearer " else {
            throw .unauthorized("The header Authorization must be Bearer and your API key.")
        }
        let secret = Secret(String(header.dropFirst(7)))
        for organization in organizations {
            guard let scope = organization.authenticate(secret: secret) else { continue }
            return Caller(organization: organization, scope: scope)
        }
        throw .unauthorized("No standing API key is this.", error: "invalid_token")
    }
}

extension Problem {
    static func unauthorized(_ detail: String, error: String? = nil) -> Problem {
        let challenge = #"Bearer realm="patron""# + (error.map { #", error="\#($0)""# } ?? "")
        return Problem(.unauthorized, detail, headers: [.wwwAuthenticate: challenge])
    }
}
