import CustomerDomain
import CustomerProjections
import CustomerService
import Hummingbird

/// What an organization says of keys of its customers' metadata.
enum CustomFieldRoutes {
    static var routes: [Route] { [list, create, get, put, remove] }

    private static let path = "/api/v1/custom-fields"
    private static let id = Parameter.path("fieldId", .identifier(CustomFieldKind.self), "The field.")
    private static let answer = Answer(status: 200, description: "The field.", schema: CustomFieldBody.answer)

    static let list = Route(
        method: .get,
        path: path,
        operation: "listCustomFields",
        summary: "All custom fields, the oldest first",
        chapter: "Custom fields",
        access: .needs(.readCustomers),
        parameters: Paging.parameters,
        answers: [
            .page("CustomFieldPage", of: CustomFieldBody.answer)
        ],
        handler: { call in
            try await call.page({ state, request, _ in try state.customFields(page: request) }) { $0.value($1) }
        }
    )

    static let create = Route(
        method: .post,
        path: path,
        operation: "createCustomField",
        summary: "Says what the values of a key of metadata are from now on",
        chapter: "Custom fields",
        access: .needs(.manageOrganization),
        body: .json(CustomFieldBody.field),
        answers: [
            .created("The new field.", CustomFieldBody.answer)
        ],
        problems: [.customFieldKeyTaken, .limitReached],
        handler: { call in
            let field = CustomFieldBody.field(call.body, id: call.organization.identifiers.next())
            let result = try await call.execute(.createCustomField(field))
            let made = try result.made("The new field") {
                if case .customFieldSet(let field) = $0 { field } else { nil }
            }
            return .json(.created, headers: [.location: "\(path)/\(made.id)"]) { $0.value(made) }
        }
    )

    static let get = Route(
        method: .get,
        path: path + "/{fieldId}",
        operation: "getCustomField",
        summary: "A custom field",
        chapter: "Custom fields",
        access: .needs(.readCustomers),
        parameters: [id],
        answers: [answer],
        problems: [.customFieldNotFound],
        handler: { call in
            let id = try call.identifier("fieldId", CustomFieldKind.self)
            let field = try await call.read { state, _ in
                guard let field = state.customFields.first(where: { $0.id == id }) else {
                    throw CommandError.rejected(.customFieldNotFound(id))
                }
                return field
            }
            return .json { $0.value(field) }
        }
    )

    static let put = Route(
        method: .put,
        path: path + "/{fieldId}",
        operation: "putCustomField",
        summary:
            "Replaces a custom field, whole but for its key; values that do not fit any longer stay until they are set",
        chapter: "Custom fields",
        access: .needs(.manageOrganization),
        parameters: [id],
        body: .json(CustomFieldBody.field),
        answers: [answer],
        problems: [.customFieldNotFound],
        handler: { call in
            let field = CustomFieldBody.field(call.body, id: try call.identifier("fieldId"))
            try await call.execute(.replaceCustomField(field))
            return .json { $0.value(field) }
        }
    )

    static let remove = Route(
        method: .delete,
        path: path + "/{fieldId}",
        operation: "deleteCustomField",
        summary: "Removes a custom field; its key holds any text from now on, and values stay",
        chapter: "Custom fields",
        access: .needs(.manageOrganization),
        parameters: [id],
        answers: [Answer(status: 204, description: "The field is not there.")],
        problems: [.customFieldNotFound],
        handler: { call in
            try await call.execute(.removeCustomField(try call.identifier("fieldId")))
            return .noContent()
        }
    )
}
