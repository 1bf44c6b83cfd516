import CustomerDomain
import CustomerService

extension Organization {
    /// The scope that tests work in.
    static let testScope = Scope.local(tool: "test", organization: defaultName)

    /// Makes a customer, durably, and returns its identifier.
    @discardableResult
    func createCustomer(_ profile: Profile = Profile(firstName: "Ann"), tags: [String] = []) async throws -> CustomerID
    {
        let created = CustomerCreated(id: identifiers.next(), accountType: .registered, profile: profile)
        _ = try await execute(.createCustomer(CreateCustomer(created, tags: tags)), scope: Self.testScope)
        return created.id
    }
}
