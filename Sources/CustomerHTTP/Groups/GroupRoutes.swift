import CustomerDomain
import CustomerProjections
import CustomerService
import Hummingbird

/// Groups, and who is in them.
enum GroupRoutes {
    static var routes: [Route] { [list, create, get, members, addMembers, removeMember] }

    private static let id = Parameter.path("groupId", .identifier(GroupKind.self), "The group.")

    private static let group = Schema.named(
        "Group",
        .required("id", .identifier(GroupKind.self)),
        .required("name", .anyText),
        .required("description", .nullable(.anyText)),
        .required("memberCount", .count),
        .required("createdAt", .dateTime),
        .required("updatedAt", .dateTime)
    )

    private static let groupPage = Schema.page("GroupPage", of: group)
    private static let groupAnswer = Answer(status: 200, description: "The group.", schema: group)

    private static let creation = Schema.named(
        "GroupCreate",
        .required("name", .line(Limits.name), "Unique, whatever the case."),
        .optional("description", .paragraphs(Limits.groupDescription))
    )

    private static let membership = Schema.named(
        "GroupMembers",
        .required("customerIds", .array(.identifier(CustomerKind.self), 1...Limits.membersPerCommand))
    )

    static let list = Route(
        method: .get,
        path: "/api/v1/groups",
        operation: "listGroups",
        summary: "All groups, the oldest first",
        chapter: "Groups",
        access: .needs(.readCustomers),
        parameters: Paging.parameters,
        answers: [Answer(status: 200, description: "A page.", schema: groupPage, headers: [.link])],
        handler: { call in
            let request = try Paging.request(call.query)
            let page = try await call.read { state, _ in try state.groups(page: request) }
            return .page(call, request, page) { $0.value($1) }
        }
    )

    static let create = Route(
        method: .post,
        path: "/api/v1/groups",
        operation: "createGroup",
        summary: "Creates a group",
        chapter: "Groups",
        access: .needs(.manageGroups),
        body: .json(creation),
        answers: [Answer(status: 201, description: "The new group.", schema: group, headers: [.location])],
        problems: [.groupNameTaken],
        handler: { call in
            let created = GroupCreated(
                id: call.organization.identifiers.next(),
                name: call.body.text("name") ?? "",
                description: call.body.text("description")
            )
            let result = try await call.execute(.createGroup(created))
            for event in result.events {
                guard case .groupCreated(let created) = event.event else { continue }
                let view = try await view(call, created.id)
                return .json(.created, headers: [.location: "/api/v1/groups/\(view.id)"]) { $0.value(view) }
            }
            throw Problem(.internalError, "The new group cannot be found.")
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
            let view = try await view(call, try call.identifier("groupId"))
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
        answers: [
            Answer(status: 200, description: "A page.", schema: CustomerRoutes.customerPage, headers: [.link])
        ],
        problems: [.groupNotFound],
        handler: { call in
            let id = try call.identifier("groupId", GroupKind.self)
            let request = try Paging.request(call.query)
            let page = try await call.read { state, time in
                try state.members(of: try state.knownGroup(id), page: request, at: time)
            }
            return .page(call, request, page) { $0.value($1) }
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
        body: .json(membership),
        answers: [groupAnswer],
        problems: [.groupNotFound, .customerNotFound, .customerErased, .customerMerged, .limitReached],
        handler: { call in
            let id = try call.identifier("groupId", GroupKind.self)
            try await call.execute(.addGroupMembers(id, call.body.identifiers("customerIds")))
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
        parameters: [id, .path("customerId", .identifier(CustomerKind.self), "The customer.")],
        answers: [Answer(status: 204, description: "The customer is not in it.")],
        problems: [.groupNotFound, .customerNotFound, .customerErased, .customerMerged],
        handler: { call in
            let customer = try call.identifier("customerId", CustomerKind.self)
            // In a path an unknown customer is nothing found; in a body it is a field at fault.
            _ = try await call.read { state, _ in try state.standingCustomer(customer) }
            try await call.execute(.removeGroupMembers(try call.identifier("groupId"), [customer]))
            return .noContent()
        }
    )

    private static func view(_ call: Call, _ id: GroupID) async throws -> GroupView {
        try await call.read { state, _ in state.groupView(try state.knownGroup(id)) }
    }
}

extension JSONWriter {
    mutating func value(_ group: GroupView) {
        beginObject()
        field("id", group.id)
        field("name", group.name)
        field("description", group.description)
        field("memberCount", group.memberCount)
        field("createdAt", group.createdAt)
        field("updatedAt", group.updatedAt)
        endObject()
    }
}
