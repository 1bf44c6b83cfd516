public import CustomerDomain

/// Who acts, in which organization, and what they may do; every use case takes one.
///
/// Only authentication makes a scope (``Organization/authenticate(secret:)`` and ``Organization/authenticate(token:within:)``), so none can be forged from a request.
/// A process that holds the data directory's lock acts with ``local(tool:organization:)``: who has the files has all.
public struct Scope: Hashable, Sendable {
    /// The organization's name.
    public let organization: String
    /// Who acts, as every event names it: the identifier of an API key, `token:` and the subject of a token, or
    /// the name of a local tool.
    public let actor: String
    /// What the actor is.
    public let role: Role
    /// What a member of staff may do.
    public let permissions: Set<Permission>

    /// The scope of a key whose permissions are those of its role template, too.
    init(organization: String, key: APIKey) {
        self.init(organization: organization, actor: key.id.description, role: key.role, permissions: key.permissions)
    }

    /// The scope of the holder of a token.
    init(organization: String, token subject: String, role: Role, permissions: Set<Permission>) {
        self.init(
            organization: organization,
            actor: Self.tokenPrefix + subject,
            role: role,
            permissions: permissions
        )
    }

    /// The scope in which something goes on that the holder of a token asked for, which is all that the log knows of it; `nil` for
    /// an actor of another kind.
    init?(organization: String, tokenActor actor: String, asked permission: Permission) {
        guard actor.hasPrefix(Self.tokenPrefix) else { return nil }
        self.init(organization: organization, actor: actor, role: .staff, permissions: [permission])
    }

    /// What stands before the subject of a token, where events name who did something.
    private static let tokenPrefix = "token:"

    private init(organization: String, actor: String, role: Role, permissions: Set<Permission>) {
        self.organization = organization
        self.actor = actor
        self.role = role
        self.permissions = permissions
    }

    /// The scope of a local program that works on the files themselves.
    public static func local(tool: String, organization: String) -> Scope {
        Scope(organization: organization, actor: tool, role: .admin, permissions: [])
    }

    /// The actor, as far as deciding has to know.
    public var deciding: Actor { Actor(id: actor, isAdmin: role == .admin, permissions: permissions) }

    /// Whether the actor may do this.
    public func allows(_ permission: Permission) -> Bool {
        role.includes(permission) || permissions.contains(permission)
    }

    /// Does nothing when the actor may do this.
    ///
    /// - Throws: ``CommandError/forbidden(_:)``.
    public func require(_ permission: Permission) throws(CommandError) {
        guard allows(permission) else { throw .forbidden(permission) }
    }

    /// Does nothing when the actor is an admin.
    ///
    /// - Throws: ``CommandError/adminOnly``.
    public func requireAdmin() throws(CommandError) {
        guard role == .admin else { throw .adminOnly }
    }
}
