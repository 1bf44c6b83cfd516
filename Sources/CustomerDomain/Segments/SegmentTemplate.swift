/// A segment that many shops want, to be made as it is or changed.
public struct SegmentTemplate: Hashable, Sendable {
    /// The key that its segment gets.
    public var key: String
    /// What it is.
    public var terms: SegmentTerms

    /// All of them.
    public static let all = [
        SegmentTemplate(
            key: "high-value",
            terms: SegmentTerms(
                name: "High-Value",
                description: "Spent more than 1,000 and ordered in the last 90 days.",
                query: "amount_spent > 1000 AND last_order_date >= -90d"
            )
        ),
        SegmentTemplate(
            key: "at-risk",
            terms: SegmentTerms(
                name: "At-Risk",
                description: "Spent more than 1,000 on at least two orders, the last of them 90 days ago or more.",
                query: "amount_spent > 1000 AND number_of_orders >= 2 AND days_since_last_order >= 90"
            )
        ),
        SegmentTemplate(
            key: "new",
            terms: SegmentTerms(
                name: "New",
                description: "Registered in the last 30 days, and fewer than three orders.",
                query: "customer_added_date >= -30d AND number_of_orders < 3"
            )
        ),
        SegmentTemplate(
            key: "one-time-buyers",
            terms: SegmentTerms(
                name: "One-Time Buyers",
                description: "Exactly one order, more than 30 days ago.",
                query: "number_of_orders = 1 AND last_order_date < -30d"
            )
        ),
        SegmentTemplate(
            key: "holiday-shoppers",
            terms: SegmentTerms(
                name: "Holiday Shoppers",
                description: "Ordered last in November or December, more than 100 at once, and tagged gift.",
                query: """
                    MONTH(last_order_date) IN (11, 12) AND orders_placed MATCHES (amount > 100)
                    AND customer_tags CONTAINS 'gift'
                    """
            )
        ),
    ]
}
