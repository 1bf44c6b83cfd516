import CustomerDomain
import CustomerProjections
import CustomerService
import Hummingbird

/// Rules that put customers into groups and give them tags.
enum RuleRoutes {
    static var routes: [Route] { [list, create, preview, get, patch, remove, previewChange, run] }

    private static let chapter = "Rules"
    private static let id = Parameter.path("ruleId", .identifier(RuleKind.self), "The rule.")
    private static let ruleAnswer = Answer(status: 200, description: "The rule.", schema: RuleAnswer.rule)
    private static let previewAnswer = Answer(
        status: 200,
        description: "Who would get it and who would lose it.",
        schema: RuleAnswer.preview
    )

    static let list = Route(
        method: .get,
        path: "/api/v1/rules",
        operation: "listRules",
        summary: "All rules, the oldest first, with how many have something by them",
        chapter: chapter,
        access: .needs(.readCustomers),
        parameters: Paging.parameters,
        answers: [
            .page("RulePage", of: RuleAnswer.rule)
        ],
        handler: { call in
            try await call.page({ state, request, _ in try state.rules(page: request) }) { $0.value($1) }
        }
    )

    static let create = Route(
        method: .post,
        path: "/api/v1/rules",
        operation: "createRule",
        summary: "Defines a rule that gives a group or a tag; it first works within a minute, or when it is run",
        chapter: chapter,
        access: .needs(.manageRules),
        body: .json(RuleBody.create),
        answers: [
            .created("The new rule.", RuleAnswer.rule)
        ],
        problems: [.ruleNameTaken, .ruleCircle, .limitReached],
        handler: { call in
            let id: RuleID = call.organization.identifiers.next()
            let definition = try await call.read { state, _ in try RuleBody.definition(call.body, id: id, state) }
            let result = try await call.execute(.defineRule(definition))
            let made = try result.made("The new rule") {
                if case .ruleDefined(let defined) = $0 { defined.id } else { nil }
            }
            let view = try await view(call, made)
            return .json(.created, headers: [.location: "/api/v1/rules/\(made)"]) { $0.value(view) }
        }
    )

    static let preview = Route(
        method: .post,
        path: "/api/v1/rules/preview",
        operation: "previewRule",
        summary: "Who would get something by a rule; nothing is kept or changed",
        chapter: chapter,
        access: .needs(.readCustomers),
        body: .json(RuleBody.preview),
        answers: [previewAnswer],
        handler: { call in
            let id: RuleID = call.organization.identifiers.next()
            let preview = try await call.read { state, time in
                let definition = try RuleBody.definition(call.body, id: id, state)
                return state.preview(of: AssignmentRule(definition, at: time.now), limit: limit(call), at: time)
            }
            return .json { $0.value(preview) }
        }
    )

    static let get = Route(
        method: .get,
        path: "/api/v1/rules/{ruleId}",
        operation: "getRule",
        summary: "A rule, with how many have something by it",
        chapter: chapter,
        access: .needs(.readCustomers),
        parameters: [id],
        answers: [ruleAnswer],
        problems: [.ruleNotFound],
        handler: { call in
            let view = try await view(call, try call.identifier("ruleId"))
            return .json { $0.value(view) }
        }
    )

    static let patch = Route(
        method: .patch,
        path: "/api/v1/rules/{ruleId}",
        operation: "updateRule",
        summary: "Changes a rule by a JSON merge patch (RFC 7396); what it gives stays",
        chapter: chapter,
        access: .needs(.manageRules),
        parameters: [id],
        body: .mergePatch(RuleBody.patch),
        answers: [ruleAnswer],
        problems: [.ruleNotFound, .ruleNameTaken, .ruleCircle],
        handler: { call in
            let id = try call.identifier("ruleId", RuleKind.self)
            let change = try await call.read { state, _ in try RuleBody.change(call.body, of: id, state) }
            try await call.execute(.changeRule(change))
            let view = try await view(call, id)
            return .json { $0.value(view) }
        }
    )

    static let remove = Route(
        method: .delete,
        path: "/api/v1/rules/{ruleId}",
        operation: "deleteRule",
        summary: "Removes a rule; who has something by it keeps it, as if by hand",
        chapter: chapter,
        access: .needs(.manageRules),
        parameters: [id],
        answers: [Answer(status: 204, description: "It is no more.")],
        problems: [.ruleNotFound],
        handler: { call in
            try await call.execute(.removeRule(try call.identifier("ruleId")))
            return .noContent()
        }
    )

    static let previewChange = Route(
        method: .post,
        path: "/api/v1/rules/{ruleId}/preview",
        operation: "previewRuleChange",
        summary: "Who would get something by a rule or lose it, as it is or with these changes; nothing is changed",
        chapter: chapter,
        access: .needs(.readCustomers),
        parameters: [id],
        body: .optionalJSON(RuleBody.changePreview),
        answers: [previewAnswer],
        problems: [.ruleNotFound],
        handler: { call in
            let id = try call.identifier("ruleId", RuleKind.self)
            let preview = try await call.read { state, time in
                guard var rule = state.rule(id) else { throw CommandError.rejected(.ruleNotFound(id)) }
                rule.terms = try RuleBody.change(call.body, of: id, state).applied(to: rule.terms)
                return state.preview(of: rule, limit: limit(call), at: time)
            }
            return .json { $0.value(preview) }
        }
    )

    static let run = Route(
        method: .post,
        path: "/api/v1/rules/{ruleId}/run",
        operation: "runRule",
        summary: "Lets a rule give and take away at once, instead of within a minute",
        chapter: chapter,
        access: .needs(.manageRules),
        parameters: [id],
        answers: [Answer(status: 200, description: "What it did.", schema: RuleAnswer.run)],
        problems: [.ruleNotFound, .ruleInactive],
        handler: { call in
            let run = try await call.organization.runRule(
                try call.identifier("ruleId"),
                scope: try call.scope(),
                context: CommandContext(requestID: call.requestID, origin: call.origin)
            )
            return .json { $0.value(run) }
        }
    )

    private static func limit(_ call: Call) -> Int { Int(call.body.whole("limit") ?? Int64(Paging.standard)) }

    private static func view(_ call: Call, _ id: RuleID) async throws -> RuleView {
        let view = try await call.read { state, _ in state.ruleView(id) }
        guard let view else { throw CommandError.rejected(.ruleNotFound(id)) }
        return view
    }
}
