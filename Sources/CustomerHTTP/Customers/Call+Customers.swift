import CustomerDomain
import CustomerProjections
import CustomerService
import Hummingbird

extension Call {
    /// The customer that the path names.
    func customerID() throws(Problem) -> CustomerID { try identifier("id") }

    /// The version that `If-Match` asks for, of this customer; `nil` for any.
    func expectedVersion(of id: CustomerID) async throws -> UInt32? {
        guard let header = headers[.ifMatch], let tags = EntityTags(header) else { return nil }
        guard case .listed(let listed) = tags else { return nil }
        if listed.count == 1, let tag = listed.first {
            return tag.isWeak ? .max : UInt32(tag.opaque).flatMap { String($0) == tag.opaque ? $0 : nil } ?? .max
        }
        return try await organization.read { state, _ in
            let current = state.standing(of: try state.standingCustomer(id)).version
            return tags.matchesStrongly(current) ? current : .max
        }
    }

    /// Runs a command on one customer, at the version that `If-Match` asks for.
    @discardableResult
    func execute(_ command: Command, on id: CustomerID) async throws -> CommandResult {
        try await execute(command, expectedVersion: try await expectedVersion(of: id))
    }

    /// A customer in full.
    func profile(_ id: CustomerID) async throws -> CustomerProfile {
        try await read { state, time in
            state.profile(of: try state.standingCustomer(id), at: time)
        }
    }

    /// The answer with a customer in full, or that it has not changed.
    func answer(_ profile: CustomerProfile, _ write: (inout JSONWriter, CustomerProfile) -> Void) -> Response {
        let version = profile.summary.version
        if method == .get, let header = headers[.ifNoneMatch], EntityTags(header)?.matchesWeakly(version) == true {
            return .notModified(version: version)
        }
        return .json(version: version) { write(&$0, profile) }
    }

    /// The identifier of the customer that a command created, or that its first attempt did.
    func createdCustomer(_ result: CommandResult) throws(Problem) -> CustomerID {
        try result.made("The new customer") { if case .customerCreated(let created) = $0 { created.id } else { nil } }
    }
}
