import CustomerDomain
import CustomerProjections
import CustomerService
import Hummingbird

/// Groups, and who is in them.
enum GroupRoutes {
    static var routes: [Route] {
        [list, create, createDefaults, get, patch, delete, members, addMembers, removeMember, ofCustomer]
    }

    private static let id = Parameter.path("groupId", GroupBody.reference, "The group, by id or as key=….")
    private static let groupPage = Schema.page("GroupPage", of: GroupAnswer.group)
    private static let groupAnswer = Answer(status: 200, description: "The group.", schema: GroupAnswer.group)

    static let list = Route(
        method: .get,
        path: "/api/v1/groups",
        operation: "listGroups",
        summary: "All groups, the oldest first",
        chapter: "Groups",
        access: .needs(.readCustomers),
        parameters: Paging.parameters,
        answers: [.page(groupPage)],
        handler: { call in
            try await call.page({ state, request, _ in try state.groups(page: request) }) { $0.value($1) }
        }
    )

    static let create = Route(
        method: .post,
        path: "/api/v1/groups",
        operation: "createGroup",
        summary: "Creates a group",
        chapter: "Groups",
        access: .needs(.manageGroups),
        body: .json(GroupBody.create),
        answers: [.created("The new group.", GroupAnswer.group)],
        problems: [.groupNameTaken, .groupKeyTaken],
        handler: { call in
            let created = GroupCreated(
                id: call.organization.identifiers.next(),
                name: call.body.text("name") ?? "",
                description: call.body.text("description")
            )
            let result = try await call.execute(.createGroup(created, terms: GroupBody.terms(call.body)))
            let id = try result.made("The new group") {
                if case .groupCreated(let created) = $0 { created.id } else { nil }
            }
            let view = try await view(call, id)
            return .json(.created, headers: [.location: "/api/v1/groups/\(id)"]) { $0.value(view) }
        }
    )

    static let createDefaults = Route(
        method: .post,
        path: "/api/v1/groups/defaults",
        operation: "createDefaultGroups",
        summary: "Creates Retail, Wholesale and VIP with their usual benefits; those that are there stay as they are",
        chapter: "Groups",
        access: .needs(.manageGroups),
        body: .optionalJSON(GroupBody.defaults),
        answers: [
            Answer(
                status: 200,
                description: "The groups that were created.",
                schema: .named("GroupList", .required("data", .list(of: GroupAnswer.group)))
            )
        ],
        handler: { call in
            let ids: [GroupID] = (0..<DefaultGroups.count).map { _ in call.organization.identifiers.next() }
            let result = try await call.execute(.createDefaultGroups(ids, currency: call.body.currency("currency")))
            let created = result.events.compactMap { event in
                if case .groupCreated(let group) = event.event { group.id } else { nil }
            }
            let groups = try await call.read { state, _ in
                created.compactMap { state.group($0) }.map { state.groupView($0) }
            }
            return .json { $0.data(groups) { $0.value($1) } }
        }
    )

    static let patch = Route(
        method: .patch,
        path: "/api/v1/groups/{groupId}",
        operation: "updateGroup",
        summary: "Changes a group",
        chapter: "Groups",
        access: .needs(.manageGroups),
        parameters: [id],
        body: .mergePatch(GroupBody.patch),
        answers: [groupAnswer],
        problems: [.groupNotFound, .groupNameTaken, .groupKeyTaken],
        handler: { call in
            let id = try await groupID(call)
            try await call.execute(.updateGroup(id, GroupBody.edit(call.body)))
            let view = try await view(call, id)
            return .json { $0.value(view) }
        }
    )

    static let delete = Route(
        method: .delete,
        path: "/api/v1/groups/{groupId}",
        operation: "deleteGroup",
        summary: "Deletes a group; nobody is in it any longer",
        chapter: "Groups",
        access: .needs(.manageGroups),
        parameters: [id],
        answers: [Answer(status: 204, description: "The group is not there.")],
        problems: [.groupNotFound, .groupInUse, .groupRuled],
        handler: { call in
            try await call.execute(.deleteGroup(try await groupID(call)))
            return .noContent()
        }
    )

    static let get = Route(
        method: .get,
        path: "/api/v1/groups/{groupId}",
        operation: "getGroup",
        summary: "A group",
        chapter: "Groups",
        access: .needs(.readCustomers),
        parameters: [id],
        answers: [groupAnswer],
        problems: [.groupNotFound],
        handler: { call in
            let view = try await view(call, try await groupID(call))
            return .json { $0.value(view) }
        }
    )

    static let members = Route(
        method: .get,
        path: "/api/v1/groups/{groupId}/members",
        operation: "listGroupMembers",
        summary: "Who is in a group",
        chapter: "Groups",
        access: .needs(.readCustomers),
        parameters: [id] + Paging.parameters,
        answers: [.page(CustomerRoutes.customerPage)],
        problems: [.groupNotFound],
        handler: { call in
            let id = try await groupID(call)
            return try await call.page(
                { state, request, time in try state.members(of: try state.knownGroup(id), page: request, at: time) },
                { $0.value($1) }
            )
        }
    )

    static let addMembers = Route(
        method: .post,
        path: "/api/v1/groups/{groupId}/members",
        operation: "addGroupMembers",
        summary: "Adds customers to a group, all or none; those who are in it stay",
        chapter: "Groups",
        access: .needs(.manageGroups),
        parameters: [id],
        body: .json(GroupBody.membership),
        answers: [groupAnswer],
        problems: [.groupNotFound, .customerNotFound, .customerErased, .customerMerged, .limitReached],
        handler: { call in
            let id = try await groupID(call)
            let members: [CustomerID] = call.body.identifiers("customerIds")
            try await call.execute(.addGroupMembers(id, members, reason: call.body.text("reason")))
            let view = try await view(call, id)
            return .json { $0.value(view) }
        }
    )

    static let removeMember = Route(
        method: .delete,
        path: "/api/v1/groups/{groupId}/members/{customerId}",
        operation: "removeGroupMember",
        summary: "Takes a customer out of a group; nothing happens to one who is not in it",
        chapter: "Groups",
        access: .needs(.manageGroups),
        parameters: [
            id, .path("customerId", .identifier(CustomerKind.self), "The customer."),
            .query("reason", .line(Limits.reason), "Why."),
        ],
        answers: [Answer(status: 204, description: "The customer is not in it.")],
        problems: [.groupNotFound, .customerNotFound, .customerErased, .customerMerged],
        handler: { call in
            let customer = try call.identifier("customerId", CustomerKind.self)
            // In a path an unknown customer is nothing found; in a body it is a field at fault.
            _ = try await call.read { state, _ in try state.standingCustomer(customer) }
            let reason = call.query.text("reason")
            try await call.execute(.removeGroupMembers(try await groupID(call), [customer], reason: reason))
            return .noContent()
        }
    )

    static let ofCustomer = Route(
        method: .get,
        path: "/api/v1/customers/{id}/groups",
        operation: "listGroupsOfCustomer",
        summary: "The groups that a customer is in, by hand or by which rules, since when, by whom and why",
        chapter: "Groups",
        access: .needs(.readCustomers),
        parameters: [CustomerRoutes.id],
        answers: [
            Answer(status: 200, description: "All of them, the oldest group first.", schema: GroupAnswer.memberships),
            CustomerRoutes.moved,
        ],
        problems: CustomerRoutes.standing,
        handler: { call in
            let memberships = try await memberships(of: try call.customerID(), call)
            return .json { $0.value(memberships) }
        }
    )

    /// Memberships with the latest event by which the customer, or somebody merged into it, joined; costs what the customer's
    /// history back to the oldest of them does.
    private static func memberships(of id: CustomerID, _ call: Call) async throws -> [GroupMembership] {
        let (groups, history) = try await call.read { state, _ in
            let customer = try state.standingCustomer(id)
            let groups = state.groups(of: customer)
                .map { group in
                    let view = state.groupView(group)
                    return GroupMembership(group: view, rules: state.rules(giving: .group(view.id), to: customer))
                }
            return (groups, groups.isEmpty ? [] : state.timeline(of: customer, before: nil, limit: .max))
        }
        var memberships = groups
        var rest = memberships.count
        for reference in history where rest > 0 {
            guard let event = try call.organization.event(reference.sequence) else { continue }
            var joined: GroupID?
            if let change = event.event.membership, change.joins {
                // Events have the ordinals of now, and a state of the past perhaps its own.
                joined = try await call.organization.read { state, _ in state.groupView(change.group).id }
            } else if case .ruleAssigned(let move) = event.event, move.isChange, case .group(let id) = move.gift {
                joined = id
            }
            guard let joined else { continue }
            for index in memberships.indices
            where memberships[index].event == nil && memberships[index].group.id == joined {
                memberships[index].event = event
                rest -= 1
            }
        }
        return memberships
    }

    /// The group in the path, by id or as `key=…`.
    static func groupID(_ call: Call) async throws -> GroupID {
        let text = try call.text("groupId")
        guard text.hasPrefix("key=") else { return try call.identifier("groupId") }
        let key = String(text.dropFirst(4))
        return try await call.read { state, _ in
            guard let group = state.group(withKey: key) else {
                throw Problem(.groupNotFound, "There is no group with the key \(key).")
            }
            return state.groupView(group).id
        }
    }

    private static func view(_ call: Call, _ id: GroupID) async throws -> GroupView {
        try await call.read { state, _ in state.groupView(try state.knownGroup(id)) }
    }
}
