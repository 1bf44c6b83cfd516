import CustomerDomain
import CustomerProjections
import EventSourcing

/// One question to the customer list, and the same question to PostgreSQL.
struct ListCase {
    /// What both sides' results are matched by.
    var name: String
    var query: CustomerQuery
    /// The statement that counts.
    var countSQL: String
    /// The statement that fetches the page.
    var pageSQL: String
}

extension ListCase {
    /// When the samples of `patronctl generate` end, less half a day: the cards of December have something to show.
    static let time = QueryTime(now: .seconds(1_767_182_400), monthStart: .seconds(1_764_547_200))

    /// Every filter with every sort, first page and a deep one.
    static func all(activityWindowDays: Int) -> [ListCase] {
        var cases: [ListCase] = []
        for filter in filters(activityWindowDays: activityWindowDays) {
            for sort in sorts {
                for offset in [0, 2_000] {
                    var query = CustomerQuery()
                    filter.change(&query)
                    query.sort = (try? SortKey.parse(sort.name)) ?? []
                    query.page = .offset(limit: 20, offset: offset)
                    cases.append(
                        ListCase(
                            name: "\(filter.name), by \(sort.name), from \(offset)",
                            query: query,
                            countSQL: "SELECT count(*) FROM customers WHERE \(filter.condition)",
                            pageSQL: "SELECT * FROM customers WHERE \(filter.condition) ORDER BY \(sort.order) "
                                + "LIMIT 20 OFFSET \(offset)"
                        )
                    )
                }
            }
        }
        return cases
    }

    private struct Filter {
        var name: String
        var condition: String
        var change: (inout CustomerQuery) -> Void

        init(_ name: String, _ condition: String, _ change: @escaping (inout CustomerQuery) -> Void) {
            self.name = name
            self.condition = condition
            self.change = change
        }
    }

    private static let sorts: [(name: String, order: String)] = [
        ("-createdAt", "created_at DESC, ordinal DESC"),
        ("-updatedAt", "updated_at DESC, ordinal DESC"),
        ("name", "name_key ASC NULLS LAST, ordinal ASC"),
        ("email", "email_key ASC NULLS LAST, ordinal ASC"),
        ("-totalSpent", "gross_spent DESC, ordinal DESC"),
        ("-orderCount", "order_count DESC, ordinal DESC"),
        ("-lastOrderAt", "last_order_at DESC NULLS LAST, ordinal DESC"),
        ("-points", "points DESC NULLS LAST, ordinal DESC"),
    ]

    private static func filters(activityWindowDays: Int) -> [Filter] {
        let now = time.now
        let activeSince = now.advanced(byDays: -activityWindowDays)
        let newSince = now.advanced(byDays: -30)
        let quietSince = now.advanced(byDays: -180)
        return [
            Filter("all", "true") { _ in },
            Filter("disabled", "status = 'disabled'") { $0.status = .disabled },
            Filter("guests", "account_type = 'guest'") { $0.accountType = .guest },
            Filter("active", "last_activity_at >= \(activeSince.microseconds)") { $0.activity = .active },
            Filter("new", "created_at >= \(newSince.microseconds)") { $0.registered.minimum = newSince },
            Filter("quiet", "last_order_at <= \(quietSince.microseconds)") { $0.inactiveDays = 180 },
            Filter("tag", "tags @> '{newsletter}'") { $0.tags = ["newsletter"] },
            Filter("two tags", "tags @> '{newsletter,press}'") { $0.tags = ["newsletter", "press"] },
            Filter("group", "groups && '{VIP}'") { $0.groups = [.name("VIP")] },
            Filter("groups", "groups && '{VIP,Wholesale}'") { $0.groups = [.name("VIP"), .name("Wholesale")] },
            Filter("spent", "gross_spent >= 50000") { $0.totalSpent.minimum = 50_000 },
            Filter("orders and country", "order_count >= 3 AND country = 'DE'") {
                $0.orderCount.minimum = 3
                $0.country = CountryCode(code: "DE")
            },
            Filter(
                "five filters",
                "account_type = 'registered' AND last_activity_at >= \(activeSince.microseconds) "
                    + "AND tags @> '{newsletter}' AND gross_spent >= 20000 AND order_count BETWEEN 2 AND 20"
            ) {
                $0.accountType = .registered
                $0.activity = .active
                $0.tags = ["newsletter"]
                $0.totalSpent.minimum = 20_000
                $0.orderCount = Bounds(minimum: 2, maximum: 20)
            },
        ]
            + searches.map { text in
                let words = text.split(separator: " ")
                let condition = words.map { "search LIKE '%\($0)%'" }.joined(separator: " AND ")
                return Filter("search “\(text)”", condition) { $0.search = text }
            }
    }

    /// One letter, common and rare pieces, two words, a whole name, a piece of an address, digits of a number, nothing.
    private static let searches = [
        "a", "an", "ann", "muller", "ma son", "inbox.example", "maria", "4917", "0123@", "xqzv",
    ]
}
