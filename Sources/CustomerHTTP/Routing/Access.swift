import CustomerDomain
import CustomerService

/// Who may use a route.
enum Access: Hashable, Sendable {
    /// Anybody, without a key.
    case open
    /// Admins, and staff with this permission.
    case needs(Permission)
    /// Admins alone.
    case admin

    /// Does nothing when the actor may use the route.
    func check(_ scope: Scope) throws(CommandError) {
        switch self {
        case .open: break
        case .needs(let permission): try scope.require(permission)
        case .admin: try scope.requireAdmin()
        }
    }
}
