import CustomerDomain

/// What is kept of merges, so that they can be undone; nothing for customers into whom nobody was merged.
struct MergeTable: Sendable {
    /// By survivor.
    var ledgers: [UInt32: MergeLedger] = [:]
    /// Survivors with a merge that can be undone.
    var open = Bitmap()
    /// By customers whose merges were undone: into whom they were merged, each once.
    var formerSurvivors: [UInt32: ContiguousArray<UInt32>] = [:]
}

/// The merges into one survivor that were not undone, and what the survivor is without those that can be.
///
/// A survivor's row shows what follows from its own values and from the rows of the merged customers, which stay as they
/// were. So undoing a merge leaves it out, and nothing of anybody is ever kept, or sealed, with somebody else's.
struct MergeLedger: Sendable {
    /// The survivor's own ``ProfileRecord`` and metadata, while a merge can be undone.
    var profile = Arena.none
    var metadata = Arena.none
    var status: CustomerStatus
    var accountType: AccountType
    var lastLoginAt: Int64
    /// In the order of the log; those that can be undone come last.
    var merges: [Merge] = []

    struct Merge: Sendable {
        var merged: UInt32
        var sequence: UInt64
        /// Why it cannot be undone; also of no interest once a later one cannot be.
        var obstacle: MergeObstacle?
        /// What undoing it takes; `nil` once it cannot be undone.
        var moved: MovedRows?
    }

    var isOpen: Bool { merges.last?.moved != nil }
}

/// What came to a survivor by a merge.
struct MovedRows: Sendable {
    typealias Rows = ContiguousArray<UInt32>

    /// What the survivor took, less what its own events set since.
    var terms: MergeTerms
    /// Whether the merged customer was disabled.
    var wasDisabled: Bool
    /// Whether the survivor is disabled for that.
    var disables: Bool
    /// All tags of the merged customer, and those that the survivor has by it.
    var tags: Rows
    var newTags: Rows
    var groups: Rows
    var newGroups: Rows
    /// Rising.
    var orders: Rows
    var notes: Rows
    /// The account and its parts; ``noRow`` for none.
    var account: UInt32
    var movements: Rows
    var cards: Rows
    /// What the account that the survivor has since was marked with before.
    var marks: LoyaltyTable.Marks
    /// What the orders and refunds come to.
    var totals: [CurrencyTotals]

    func holds(order: Int?) -> Bool {
        guard let order = order.map(UInt32.init) else { return false }
        let place = orders.lowerBound(of: order)
        return place < orders.count && orders[place] == order
    }
}
