import CustomerDomain
import CustomerProjections
import CustomerService
import Hummingbird

/// Tags of a customer: free labels, each at most once.
enum TagRoutes {
    static var routes: [Route] { [list, add, remove] }

    static let tagsBody = Schema.named("Tags", .required("tags", .array(.line(Limits.tag), 1...Limits.tagsPerCustomer)))
    static let tagsAnswer = Schema.named(
        "TagList",
        .required("tags", .list(of: .anyText)),
        .required("byRules", .list(of: byRule), "Those that came by rules, and by which; the others came by hand.")
    )
    private static let byRule = Schema.named(
        "TagByRule",
        .required("tag", .anyText),
        .required("rules", .list(of: RuleAnswer.name))
    )
    private static let answer = Answer(
        status: 200,
        description: "All tags.",
        schema: tagsAnswer,
        headers: [.entityTag]
    )

    static let list = Route(
        method: .get,
        path: "/api/v1/customers/{id}/tags",
        operation: "listTags",
        summary: "The tags of a customer, in the order in which they were added",
        chapter: "Tags",
        access: .needs(.readCustomers),
        parameters: [CustomerRoutes.id],
        answers: [answer, CustomerRoutes.moved],
        problems: CustomerRoutes.standing,
        handler: { call in try await tags(call) }
    )

    static let add = Route(
        method: .post,
        path: "/api/v1/customers/{id}/tags",
        operation: "addTags",
        summary: "Adds tags; those that are there stay",
        chapter: "Tags",
        access: .needs(.updateCustomers),
        parameters: [CustomerRoutes.id, .ifMatch],
        body: .json(tagsBody),
        answers: [answer],
        problems: CustomerRoutes.changing + [.limitReached],
        handler: { call in
            let id = try call.customerID()
            try await call.execute(.addTags(id, call.body.texts("tags")), on: id)
            return try await tags(call)
        }
    )

    static let remove = Route(
        method: .delete,
        path: "/api/v1/customers/{id}/tags/{tag}",
        operation: "removeTag",
        summary: "Removes a tag; nothing happens when it is not there",
        chapter: "Tags",
        access: .needs(.updateCustomers),
        parameters: [CustomerRoutes.id, .path("tag", .line(Limits.tag), "The tag."), .ifMatch],
        answers: [Answer(status: 204, description: "It is not there.")],
        problems: CustomerRoutes.changing,
        handler: { call in
            let id = try call.customerID()
            try await call.execute(.removeTags(id, [try call.text("tag")]), on: id)
            return .noContent()
        }
    )

    private static func tags(_ call: Call) async throws -> Response {
        let id = try call.customerID()
        let (tags, rules, version) = try await call.read { state, _ in
            let ordinal = try state.standingCustomer(id)
            let tags = state.tags(of: ordinal)
            let rules = tags.map { state.rules(giving: .tag($0), to: ordinal) }
            return (tags, rules, state.standing(of: ordinal).version)
        }
        return .json(version: version) { writer in
            writer.beginObject()
            writer.field("tags", tags)
            let byRules = zip(tags, rules).filter { !$1.isEmpty }
            writer.array("byRules", byRules) { writer, pair in
                writer.beginObject()
                writer.field("tag", pair.0)
                writer.field("rules", pair.1)
                writer.endObject()
            }
            writer.endObject()
        }
    }
}
