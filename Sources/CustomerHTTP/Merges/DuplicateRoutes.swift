import CustomerDomain
import CustomerProjections
import CustomerService
import EventSourcing
import Hummingbird

/// Customers who are likely one person, for somebody who merges them.
enum DuplicateRoutes {
    static var routes: [Route] { [list, ofOne] }

    /// How many customers of a group are shown.
    private static let shownCount = 50

    private static let reason = Schema.choice(of: DuplicateReason.self)

    private static let group = Schema.named(
        "DuplicateGroup",
        .required("score", .integer(0...100), "How likely it is that they are one person."),
        .required("reasons", .list(of: reason), "What they have in common."),
        .required("count", .count, "How many they are."),
        .required("customers", .list(of: CustomerAnswer.summary), "The first \(shownCount) of them, the oldest first.")
    )

    private static let groupPage = Schema.page("DuplicateGroupPage", of: group)

    private static let duplicate = Schema.named(
        "Duplicate",
        .required("score", .integer(0...100), "How likely it is that both are one person."),
        .required("reasons", .list(of: reason), "What both have in common."),
        .required("customer", CustomerAnswer.summary)
    )

    private static let filters: [Parameter] = [
        .query("reason", reason, "Only groups with this in common."),
        .query("minimumScore", .integer(0...100), "Only groups that are as likely, of 100."),
    ]

    static let list = Route(
        method: .get,
        path: "/api/v1/duplicates",
        operation: "listDuplicates",
        summary: "Groups of customers who are likely one person, the likeliest first; looks at all customers",
        chapter: "Customers",
        access: .needs(.mergeCustomers),
        parameters: filters + Paging.parameters,
        answers: [.page(groupPage)],
        isHeavy: true,
        handler: { call in
            let request = try Paging.request(call.query)
            let reason = call.query.choice("reason", DuplicateReason.self)
            let minimumScore = Int(call.query.whole("minimumScore") ?? 0)
            let keys = await call.organization.duplicateKeys()
            let groups = keys.groups(reason: reason, minimumScore: minimumScore)
            let filter = UInt64(reason?.rawValue ?? 0) << 8 | UInt64(minimumScore)
            let page = try OrganizationState.page(of: groups, request, filter: filter)
            // Looked up once more, so that nothing is shown that is not durable, nor anybody who left meanwhile.
            let people = try await call.organization.read { state, time in
                page.elements.map { shown($0, state, time) }
            }
            return .page(call, request, page.with(Array(zip(page.elements, people)))) { writer, element in
                writer.value(element.0, element.1)
            }
        }
    )

    static let ofOne = Route(
        method: .get,
        path: "/api/v1/customers/{id}/duplicates",
        operation: "listDuplicatesOfCustomer",
        summary: "Who is likely the same person as this customer, the likeliest first",
        chapter: "Customers",
        access: .needs(.mergeCustomers),
        parameters: [CustomerRoutes.id],
        answers: [
            Answer(
                status: 200,
                description: "The \(shownCount) likeliest.",
                schema: .named("DuplicateList", .required("data", .list(of: duplicate)))
            ),
            CustomerRoutes.moved,
        ],
        problems: CustomerRoutes.standing,
        isHeavy: true,
        handler: { call in
            let id = try call.customerID()
            let customer = try await call.organization.read { state, _ in try state.standingCustomer(id) }
            let duplicates = await call.organization.duplicateKeys().duplicates(of: customer).prefix(shownCount)
            let people = try await call.organization.read { state, time in
                duplicates.map { shown($0, state, time) }
            }
            return .json { writer in
                writer.beginObject()
                writer.key("data")
                writer.beginArray()
                for (duplicate, people) in zip(duplicates, people) {
                    for person in people { writer.value(duplicate, of: person) }
                }
                writer.endArray()
                writer.endObject()
            }
        }
    )

    private static func shown(
        _ group: DuplicateGroup,
        _ state: borrowing OrganizationState,
        _ time: QueryTime
    ) -> [CustomerSummary] {
        var people: [CustomerSummary] = []
        for customer in group.customers.prefix(shownCount) {
            let status = state.standing(of: customer).status
            if status == .active || status == .disabled { people.append(state.summary(of: customer, at: time)) }
        }
        return people
    }
}

extension JSONWriter {
    fileprivate mutating func value(_ group: DuplicateGroup, _ people: [CustomerSummary]) {
        beginObject()
        likelihood(group)
        field("count", group.customers.count)
        key("customers")
        beginArray()
        for person in people { value(person) }
        endArray()
        endObject()
    }

    fileprivate mutating func value(_ duplicate: DuplicateGroup, of person: CustomerSummary) {
        beginObject()
        likelihood(duplicate)
        key("customer")
        value(person)
        endObject()
    }
}
