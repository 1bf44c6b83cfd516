import CustomerDomain
import CustomerProjections
import CustomerService

extension QueryString {
    /// Other names of filters: who gives one of them gives the filter.
    private static let synonyms = ["accountType": "type", "preset": "filter", "registeredFrom": "since"]

    /// What a view says.
    init(of terms: ViewTerms) {
        self.init(terms.parameters)
    }

    /// These parameters, and those of a view that are not among them by any name.
    func completed(by terms: ViewTerms) -> QueryString {
        adding(
            terms.parameters.filter { parameter in
                text(parameter.name) == nil && Self.synonyms[parameter.name].map { text($0) == nil } ?? true
            }
        )
    }
}

extension ViewTerms {
    fileprivate var parameters: [(name: String, value: String)] {
        filters.map { ($0.name, $0.value) } + (condition.map { [("where", $0)] } ?? [])
            + (sort.map { [("sort", $0)] } ?? [])
    }
}

extension CustomerFilter {
    static let view = Parameter.query(
        "view",
        .identifier(ViewKind.self),
        "A saved view: its filters and its order, of which those given here as well are left out."
    )

    /// The query of a call that may name a view.
    static func query(of call: Call, _ state: borrowing OrganizationState) throws -> CustomerQuery {
        guard let id = call.query.text("view").flatMap({ ViewID($0) }) else { return try query(call.query, state) }
        let scope = try call.scope()
        guard let view = state.view(id), view.isShown(to: scope.actor) || scope.role == .admin else {
            throw Problem.parameter("view", "is no view, or not any longer: \(id)")
        }
        return try query(call.query.completed(by: view.terms), state)
    }
}
