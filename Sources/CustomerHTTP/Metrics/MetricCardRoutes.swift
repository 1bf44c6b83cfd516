import CustomerDomain
import CustomerProjections
import CustomerService
import Hummingbird

/// The cards above the customer list.
enum MetricCardRoutes {
    static var routes: [Route] { [cards] }

    private static let schema = Schema.named(
        "MetricCards",
        .required("totalCustomers", .count, "Registered customers."),
        .required("activeCustomers", .count, "Who ordered or logged in this calendar month."),
        .required("averageCustomerValue", .nullable(.anyInteger), "Net, per customer who ordered, in minor units."),
        .required(
            "retentionRate",
            .nullable(.number),
            "Of those who bought in the activity window before the last, the part that bought again in the last."
        ),
        .required("retentionBase", .count),
        .required("retained", .count),
        .required("grossSpent", .anyInteger, "In minor units."),
        .required("refunded", .anyInteger, "In minor units."),
        .required("netSpent", .anyInteger, "In minor units."),
        .required("orderCount", .anyInteger),
        .required("openDataRequests", .count, "Requests of persons about their data that are open."),
        .required("overdueDataRequests", .count, "Those of them that should have been done by now."),
        .required("currency", .nullable(.anyText))
    )

    static let cards = Route(
        method: .get,
        path: "/api/v1/metrics",
        operation: "getMetricCards",
        summary: "The metric cards: customers, active customers, average value, retention",
        chapter: "Metrics",
        access: .needs(.readCustomers),
        answers: [Answer(status: 200, description: "The cards.", schema: schema)],
        handler: { call in
            let cards = try await call.read { state, time in state.metrics(at: time) }
            return .json { $0.value(cards) }
        }
    )
}

extension JSONWriter {
    mutating func value(_ cards: MetricCards) {
        beginObject()
        field("totalCustomers", cards.totalCustomers)
        field("activeCustomers", cards.activeCustomers)
        field("averageCustomerValue", cards.averageLifetimeValue)
        key("retentionRate")
        if let rate = cards.retentionRate { value(rate) } else { null() }
        field("retentionBase", cards.retentionBase)
        field("retained", cards.retained)
        field("grossSpent", cards.grossSpent)
        field("refunded", cards.refunded)
        field("netSpent", cards.netSpent)
        field("orderCount", cards.orderCount)
        field("openDataRequests", cards.openDataRequests)
        field("overdueDataRequests", cards.overdueDataRequests)
        field("currency", cards.currency)
        endObject()
    }
}
