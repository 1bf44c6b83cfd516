public import EventSourcing

/// Filters of the list of customers that somebody keeps under a name.
public struct SavedView: Hashable, Sendable {
    /// Its identifier.
    public var id: ViewID
    /// What it is.
    public var terms: ViewTerms
    /// Who made it, as every event names an actor.
    public var createdBy: String
    /// When it was made, in business time.
    public var createdAt: Timestamp
    /// When it was last changed, in business time.
    public var updatedAt: Timestamp

    /// A view of these parts.
    public init(id: ViewID, terms: ViewTerms, createdBy: String, createdAt: Timestamp, updatedAt: Timestamp) {
        self.id = id
        self.terms = terms
        self.createdBy = createdBy
        self.createdAt = createdAt
        self.updatedAt = updatedAt
    }

    /// Whether it is shown to this actor.
    public func isShown(to actor: String) -> Bool { terms.isShared || createdBy == actor }
}

/// What can change of a view.
public struct ViewTerms: Hashable, Sendable {
    /// Its name, unique among its maker's views whatever the case.
    public var name: String
    /// What must hold, in the language of ``SegmentQuery``.
    public var condition: String?
    /// The other filters, by name; of one that may be given several times each value by itself.
    public var filters: [ViewFilter]
    /// In what order, as the list takes it.
    public var sort: String?
    /// The columns to show, in order; those that a client shows anyway when there are none.
    public var columns: [String]
    /// Whether all who see customers see it, and not only its maker.
    public var isShared: Bool

    /// Terms of these parts.
    public init(
        name: String,
        condition: String? = nil,
        filters: [ViewFilter] = [],
        sort: String? = nil,
        columns: [String] = [],
        isShared: Bool = false
    ) {
        self.name = name
        self.condition = condition
        self.filters = filters
        self.sort = sort
        self.columns = columns
        self.isShared = isShared
    }
}

/// A filter of the list of customers and its value, as a query has them.
public struct ViewFilter: Hashable, Sendable {
    /// The name; one of ``names``.
    public var name: String
    /// The value.
    public var value: String

    /// A filter of this name and value.
    public init(name: String, value: String) {
        self.name = name
        self.value = value
    }

    /// The filters that a view may keep, each by one name: no free search (`q`), which would name a person for good.
    public static let names: Set<String> = [
        "status", "accountType", "activity", "tag", "group", "consent", "segment", "preset", "country",
        "registeredFrom", "registeredTo", "updatedSince", "ordersMin", "ordersMax", "spentMin", "spentMax", "tier",
        "minPoints", "maxPoints", "lastOrderFrom", "lastOrderTo", "inactiveDays", "customerRole", "suppressed",
    ]
}
