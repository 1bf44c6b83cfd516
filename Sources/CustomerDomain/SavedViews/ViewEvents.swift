/// Somebody kept a view.
public struct ViewSaved: Hashable, Sendable {
    /// Its identifier.
    public var id: ViewID
    /// What it is.
    public var terms: ViewTerms

    /// A view of these parts.
    public init(id: ViewID, terms: ViewTerms) {
        self.id = id
        self.terms = terms
    }
}

/// Asks for changes of a view.
public struct ChangeView: Hashable, Sendable {
    /// The view.
    public var id: ViewID
    /// Its name from now on; `nil` to keep.
    public var name: String?
    /// What must hold from now on.
    public var condition: Edit<String>
    /// All other filters from now on; `nil` to keep.
    public var filters: [ViewFilter]?
    /// In what order from now on.
    public var sort: Edit<String>
    /// All columns from now on; `nil` to keep.
    public var columns: [String]?
    /// Whether others see it from now on; `nil` to keep.
    public var isShared: Bool?

    /// Asks for these changes.
    public init(
        id: ViewID,
        name: String? = nil,
        condition: Edit<String> = .keep,
        filters: [ViewFilter]? = nil,
        sort: Edit<String> = .keep,
        columns: [String]? = nil,
        isShared: Bool? = nil
    ) {
        self.id = id
        self.name = name
        self.condition = condition
        self.filters = filters
        self.sort = sort
        self.columns = columns
        self.isShared = isShared
    }

    /// The terms after the change.
    public func applied(to terms: ViewTerms) -> ViewTerms {
        ViewTerms(
            name: name ?? terms.name,
            condition: condition.applied(to: terms.condition),
            filters: filters ?? terms.filters,
            sort: sort.applied(to: terms.sort),
            columns: columns ?? terms.columns,
            isShared: isShared ?? terms.isShared
        )
    }
}
