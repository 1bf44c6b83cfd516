import CustomerDomain
import CustomerService
import Hummingbird

/// The same change of many customers.
enum BulkRoutes {
    static var routes: [Route] { [create] }

    /// The changes, as a request names them.
    private enum Action: String, CaseIterable {
        case addTags
        case removeTags
        case joinGroup
        case leaveGroup
        case disable
        case enable
    }

    static let create = Route(
        method: .post,
        path: "/api/v1/bulk",
        operation: "createBulkChange",
        summary: "Changes all customers that the filters match, or these, in the same way",
        chapter: JobRoutes.chapter,
        access: .needs(.readCustomers),
        parameters: JobSelection.parameters,
        body: .json(
            .named(
                "BulkCreate",
                .required(
                    "action",
                    .choice(Action.allCases.map(\.rawValue)),
                    "What happens to each; joinGroup and leaveGroup need groups:manage, all others customers:update."
                ),
                JobSelection.ids,
                .optional("all", .boolean, "Must be true where neither ids nor filters say whom."),
                JobSelection.expectedCount,
                .optional("tags", .array(.line(Limits.tag), Limits.tagsPerJob), "Of addTags and removeTags."),
                .optional("groupId", .identifier(GroupKind.self), "Of joinGroup and leaveGroup."),
                .optional("reason", .line(Limits.reason), "Of disable and enable.")
            )
        ),
        answers: [JobAnswer.accepted],
        problems: [.limitReached, .groupNotFound],
        handler: { call in
            guard JobSelection.isGiven(call) || call.body.flag("all") == true else {
                throw invalid("all", "must be true where neither ids nor filters say whom")
            }
            let id = try await call.organization.createBulkChange(
                try change(call.body),
                of: try await JobSelection(call),
                expecting: call.body.whole("expectedCount").map { Int($0) },
                scope: try call.scope(),
                context: call.context
            )
            return try await .job(id, call)
        }
    )

    private static func change(_ body: JSONValue) throws(Problem) -> BulkChange {
        let action = body.text("action").flatMap { Action(rawValue: $0) }
        let (tags, group, reason) = (
            body.texts("tags"), body.identifier("groupId", GroupKind.self), body.text("reason")
        )
        switch action {
        case .addTags, .removeTags:
            guard !tags.isEmpty else { throw invalid("tags", "is needed for this action") }
            return action == .addTags ? .addTags(tags) : .removeTags(tags)
        case .joinGroup, .leaveGroup:
            guard let group else { throw invalid("groupId", "is needed for this action") }
            return action == .joinGroup ? .joinGroup(group) : .leaveGroup(group)
        case .disable: return .disable(reason: reason)
        case .enable: return .enable(reason: reason)
        case nil: throw invalid("action", "is none")
        }
    }

    private static func invalid(_ field: String, _ detail: String) -> Problem {
        Problem.invalid([FieldError(place: .pointer("/" + field), detail: detail)])
    }
}
