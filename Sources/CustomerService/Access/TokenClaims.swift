public import CustomerDomain
import CustomerProjections

/// What a token says of who holds it; made only by who checked its signature, issuer, audience and times.
public struct TokenClaims: Hashable, Sendable {
    /// Who holds it.
    public var subject: String
    /// The organization's name; `nil` where the server has one only.
    public var organization: String?
    /// `admin`, `auditor`, `staff`, or the name of a role of the organization; `staff` when absent.
    public var role: String?
    /// Names of permissions, besides those of the role.
    public var permissions: [String]

    /// Claims of these parts.
    public init(subject: String, organization: String?, role: String?, permissions: [String]) {
        self.subject = subject
        self.organization = organization
        self.role = role
        self.permissions = permissions
    }
}

/// What tokens may give at the most, whatever they and the roles of an organization say.
public struct TokenGrants: Hashable, Sendable {
    /// What staff may do.
    public var permissions: Set<Permission>
    /// Which roles besides that of staff.
    public var roles: Set<Role>

    /// Grants of these parts; when absent, all that staff may do, and no role besides.
    public init(permissions: Set<Permission> = Set(Permission.allCases), roles: Set<Role> = []) {
        self.permissions = permissions
        self.roles = roles
    }
}

/// Why a token is not taken.
public struct TokenRefusal: Error, Hashable, Sendable {
    /// For a person.
    public var text: String

    /// A refusal for this reason.
    public init(_ text: String) { self.text = text }
}

extension Organization {
    /// The scope of the holder of a token, with what its role allows now, and the grants leave of it.
    ///
    /// Events name it by `token:` and its subject, which is the name of no key and no tool.
    ///
    /// - Throws: ``TokenRefusal`` for a subject that cannot be named, or a role or permission that is none.
    public func authenticate(token: TokenClaims, within grants: TokenGrants) throws(TokenRefusal) -> Scope {
        let isName = token.subject.utf8.allSatisfy { (0x21...0x7E).contains($0) }
        guard isName, Limits.tokenSubject.contains(token.subject.utf8.count) else {
            throw TokenRefusal("The token's sub must be 1 to 100 visible ASCII characters without blanks.")
        }
        var permissions: Set<Permission> = []
        for name in token.permissions {
            guard let permission = Permission(name: name) else {
                throw TokenRefusal("The token's patron_permissions names what is no permission: \(name.prefix(60)).")
            }
            permissions.insert(permission)
        }
        let role = Role(name: token.role ?? Role.staff.name)
        if let role, role != .staff, !grants.roles.contains(role) {
            throw TokenRefusal("The token's patron_role is \(role.name), which no token may give on this server.")
        }
        if role == nil {
            guard let template = peek({ state, _ in state.roleTemplates }).first(where: { $0.name == token.role })
            else {
                throw TokenRefusal("The token's patron_role is no role of the organization.")
            }
            permissions.formUnion(template.permissions)
        }
        return Scope(
            organization: name,
            token: token.subject,
            role: role ?? .staff,
            permissions: role == nil || role == .staff ? permissions.intersection(grants.permissions) : []
        )
    }
}
