import ArgumentParser
import CustomerDomain
import CustomerHTTP
import CustomerService

/// Which tokens are taken besides API keys, and what they may give.
struct TokenOptions: ParsableArguments {
    @Option(help: ArgumentHelp("A JWK set (RFC 7517) with the public keys that sign tokens.", valueName: "file"))
    var jwks: String?
    @Option(help: ArgumentHelp("What a token's iss must be.", valueName: "text"))
    var jwtIssuer: String?
    @Option(help: ArgumentHelp("What a token's aud must be, or have.", valueName: "text"))
    var jwtAudience: String?
    @Option(
        help: ArgumentHelp(
            """
            What tokens may give at the most, as often as needed: a permission, auditor or admin. \
            (default: every permission, and neither auditor nor admin)
            """,
            valueName: "name"
        )
    )
    var jwtAllow: [String] = []

    func validate() throws {
        let given = [jwks, jwtIssuer, jwtAudience].filter { $0 != nil }
        guard given.count == 3 || (given.isEmpty && jwtAllow.isEmpty) else {
            throw ValidationError("Give --jwks, --jwt-issuer and --jwt-audience together, or none of them")
        }
        guard !given.contains("") else {
            throw ValidationError("--jwks, --jwt-issuer and --jwt-audience must not be empty")
        }
        if let name = jwtAllow.first(where: { Permission(name: $0) == nil && Role(name: $0) ?? .staff == .staff }) {
            throw ValidationError("--jwt-allow: '\(name)' is no permission, and neither auditor nor admin")
        }
    }

    private var grants: TokenGrants {
        guard !jwtAllow.isEmpty else { return TokenGrants() }
        return TokenGrants(
            permissions: Set(jwtAllow.compactMap { Permission(name: $0) }),
            roles: Set(jwtAllow.compactMap { Role(name: $0) })
        )
    }

    /// The rules; `nil` where no tokens are taken.
    ///
    /// - Throws: ``StartFailure`` when the file cannot be used.
    func rules() throws(StartFailure) -> TokenRules? {
        guard let jwks, let jwtIssuer, let jwtAudience else { return nil }
        do {
            return try TokenRules(file: jwks, issuer: jwtIssuer, audience: jwtAudience, grants: grants)
        } catch {
            throw StartFailure(code: 2, "--jwks \(jwks) cannot be used: \(error)")
        }
    }
}
