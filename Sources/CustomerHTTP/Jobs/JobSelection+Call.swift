import CustomerDomain
import CustomerProjections
import CustomerService

extension JobSelection {
    /// The filters of the list of customers, which say whom a job is about.
    static let parameters = CustomerFilter.parameters.filter { $0.name != "sort" } + [CustomerFilter.view]

    static let ids = Property.optional(
        "ids",
        .array(.identifier(CustomerKind.self), Limits.idsPerJob),
        "These customers alone; not together with filters in the query."
    )
    static let expectedCount = Property.optional(
        "expectedCount",
        .integer(0...Limits.amount),
        "How many customers the asker means; refused when another number matches."
    )

    /// Whether a call names anybody, by filter or identifier.
    static func isGiven(_ call: Call) -> Bool {
        call.body["ids"] != nil || parameters.contains { call.query.text($0.name) != nil }
    }

    /// Whom a call is about: its identifiers, else all that its filters match.
    init(_ call: Call) async throws {
        guard let ids = call.body["ids"] else {
            self = .matching(
                try await call.organization.read { state, _ in try CustomerFilter.query(of: call, state) }
            )
            return
        }
        if Self.parameters.contains(where: { call.query.text($0.name) != nil }) {
            throw Problem.invalid([FieldError(place: .pointer("/ids"), detail: "cannot be given together with filters")]
            )
        }
        self = .customers(ids.elements.compactMap { $0.text.flatMap { CustomerID($0) } })
    }
}
