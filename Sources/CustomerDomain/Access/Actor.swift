/// Who asks for something, as far as deciding has to know.
public struct Actor: Hashable, Sendable {
    /// As every event names it: the identifier of a credential, or the name of a tool.
    public var id: String
    /// Whether it may do everything.
    public var isAdmin: Bool
    /// What it may do when it may not do everything.
    public var permissions: Set<Permission>

    /// An actor of these parts.
    public init(id: String, isAdmin: Bool, permissions: Set<Permission> = []) {
        self.id = id
        self.isAdmin = isAdmin
        self.permissions = permissions
    }

    /// Somebody who may do everything.
    public static let admin = Actor(id: "", isAdmin: true)

    /// Whether it may do this.
    public func allows(_ permission: Permission) -> Bool { isAdmin || permissions.contains(permission) }
}
