import CustomerDomain
import CustomerService

/// Who may use a route.
enum Access: Hashable, Sendable {
    /// Anybody, without a credential.
    case open
    /// Anybody with a credential that stands.
    case credential
    /// Admins, and who has this permission.
    case needs(Permission)
    /// Admins and auditors: who may have whole records, whomever they are of.
    case records

    /// Does nothing when the actor may use the route.
    ///
    /// - Throws: `CommandError` or ``Problem``.
    func check(_ scope: Scope) throws {
        switch self {
        case .open, .credential: break
        case .needs(let permission): try scope.require(permission)
        case .records:
            guard scope.role == .staff else { return }
            throw Problem(.forbidden, "A proof has the records themselves: only admins and auditors get it.")
        }
    }
}
