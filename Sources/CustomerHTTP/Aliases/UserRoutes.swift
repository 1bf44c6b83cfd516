import CustomerDomain
import CustomerProjections
import Hummingbird

/// `/user`: another shop's paths and shapes, over the same commands and queries.
enum UserRoutes {
    static var routes: [Route] { [list, create, get, put, erase, addAddress, removeAddress, tag] }

    private static let chapter = "Compatible paths"
    private static let userAnswer = Answer(
        status: 200,
        description: "The customer.",
        schema: UserAnswer.user,
        headers: [.entityTag]
    )
    private static let filters = ["q", "tag", "since", "sort"]

    static let list = Route(
        method: .get,
        path: "/user",
        operation: "listUsers",
        summary: "Customers that stand, one page at a time",
        chapter: chapter,
        access: .needs(.readCustomers),
        parameters: CustomerFilter.parameters.filter { filters.contains($0.name) }
            + Paging.parameters.filter { ["page", "display"].contains($0.name) },
        answers: [.page(UserAnswer.list)],
        handler: { call in
            let (request, page) = try await CustomerRoutes.page(call)
            let numbered = PageRequest.offset(limit: request.limit, offset: request.offset)
            let links = Paging.links(call, numbered, hasMore: page.hasMore, nextCursor: nil, numbered: true)
            return .json(headers: links.map { [.link: $0] } ?? [:], capacity: 256 + page.elements.count * 300) {
                writer in
                writer.beginObject()
                writer.field("count", page.count)
                writer.key("models")
                writer.beginArray()
                for customer in page.elements { writer.userModel(customer) }
                writer.endArray()
                writer.endObject()
            }
        }
    )

    static let create = Route(
        method: .post,
        path: "/user",
        operation: "createUser",
        summary: "Creates a registered customer",
        chapter: chapter,
        access: .needs(.updateCustomers),
        body: .json(UserBody.create),
        answers: [
            Answer(
                status: 201,
                description: "The new customer.",
                schema: UserAnswer.created,
                headers: [.entityTag, .location]
            )
        ],
        problems: [.emailTaken],
        handler: { call in
            let result = try await call.execute(.createCustomer(CustomerBody.creation(call.body, call: call)))
            let customer = try await call.profile(try call.createdCustomer(result)).summary
            return .json(
                .created,
                version: customer.version,
                headers: [.location: "/user/\(customer.id)"]
            ) { $0.createdUser(customer) }
        }
    )

    static let get = Route(
        method: .get,
        path: "/user/{id}",
        operation: "getUser",
        summary: "A customer",
        chapter: chapter,
        access: .needs(.readCustomers),
        parameters: [CustomerRoutes.id, .ifNoneMatch],
        answers: [userAnswer, CustomerRoutes.unchanged, CustomerRoutes.moved],
        problems: CustomerRoutes.standing,
        handler: { call in call.answer(try await call.profile(try call.customerID())) { $0.user($1) } }
    )

    static let put = Route(
        method: .put,
        path: "/user/{id}",
        operation: "updateUser",
        summary: "Changes a customer: absent fields are kept, tags and metadata replaced whole",
        chapter: chapter,
        access: .needs(.updateCustomers),
        parameters: [CustomerRoutes.id, .ifMatch],
        body: .json(UserBody.update),
        answers: [userAnswer],
        problems: CustomerRoutes.changing + [.emailTaken],
        handler: { call in
            let id = try call.customerID()
            try await call.execute(.updateCustomer(UserBody.update(id, call.body)), on: id)
            return call.answer(try await call.profile(id)) { $0.user($1) }
        }
    )

    static let erase = Route(
        method: .delete,
        path: "/user/{id}",
        operation: "deleteUser",
        summary: "Erases a customer's personal data, for good; orders stay, anonymous",
        chapter: chapter,
        access: .needs(.eraseCustomers),
        parameters: [CustomerRoutes.id, .ifMatch],
        answers: [Answer(status: 204, description: "It is gone.")],
        problems: CustomerRoutes.changing,
        handler: CustomerRoutes.erase.handler
    )

    static let addAddress = Route(
        method: .post,
        path: "/user/{id}/address",
        operation: "addUserAddress",
        summary: "Adds an address",
        chapter: chapter,
        access: .needs(.updateCustomers),
        parameters: [CustomerRoutes.id, .ifMatch],
        body: .json(AddressBody.create),
        answers: [
            Answer(
                status: 201,
                description: "The new address.",
                schema: UserAnswer.address,
                headers: [.entityTag]
            )
        ],
        problems: CustomerRoutes.changing + [.limitReached, .addressExists],
        handler: { call in
            let (address, version) = try await AddressRoutes.added(call, to: try call.customerID())
            return .json(.created, version: version) { $0.userAddress(address) }
        }
    )

    static let removeAddress = Route(
        method: .delete,
        path: "/user/{id}/address/{addressId}",
        operation: "deleteUserAddress",
        summary: "Removes an address",
        chapter: chapter,
        access: .needs(.updateCustomers),
        parameters: AddressRoutes.remove.parameters,
        answers: [Answer(status: 204, description: "It is gone.")],
        problems: CustomerRoutes.changing + [.addressNotFound],
        handler: AddressRoutes.remove.handler
    )

    static let tag = Route(
        method: .post,
        path: "/user/{id}/tag",
        operation: "tagUser",
        summary: "Adds tags; those that are there stay",
        chapter: chapter,
        access: .needs(.updateCustomers),
        parameters: [CustomerRoutes.id, .ifMatch],
        body: .json(TagRoutes.tagsBody),
        answers: [userAnswer],
        problems: CustomerRoutes.changing + [.limitReached],
        handler: { call in
            let id = try call.customerID()
            try await call.execute(.addTags(id, call.body.texts("tags")), on: id)
            return call.answer(try await call.profile(id)) { $0.user($1) }
        }
    )
}
