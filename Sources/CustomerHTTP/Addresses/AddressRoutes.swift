import CustomerDomain
import CustomerProjections
import CustomerService
import Hummingbird

/// Addresses of a customer.
enum AddressRoutes {
    static var routes: [Route] { [list, add, get, patch, remove, label, verify] }

    private static let address = Parameter.path("addressId", .identifier(AddressKind.self), "The address.")
    private static let addressList = Schema.named("AddressList", .required("data", .list(of: AddressAnswer.address)))

    static let list = Route(
        method: .get,
        path: "/api/v1/customers/{id}/addresses",
        operation: "listAddresses",
        summary: "The addresses of a customer, in the order in which they were added",
        chapter: "Addresses",
        access: .needs(.readCustomers),
        parameters: [CustomerRoutes.id],
        answers: [
            Answer(status: 200, description: "All addresses.", schema: addressList, headers: [.entityTag]),
            CustomerRoutes.moved,
        ],
        problems: CustomerRoutes.standing,
        handler: { call in
            let (addresses, version) = try await addresses(call)
            return .json(version: version) { $0.data(addresses) { $0.value($1) } }
        }
    )

    static let add = Route(
        method: .post,
        path: "/api/v1/customers/{id}/addresses",
        operation: "addAddress",
        summary: "Adds an address; the first is the default",
        chapter: "Addresses",
        access: .needs(.updateCustomers),
        parameters: [CustomerRoutes.id, .ifMatch],
        body: .json(AddressBody.create),
        answers: [
            Answer(
                status: 201,
                description: "The new address.",
                schema: AddressAnswer.address,
                headers: [.entityTag, .location]
            )
        ],
        problems: CustomerRoutes.changing + [.limitReached, .addressExists],
        handler: { call in
            let id = try call.customerID()
            let (address, version) = try await added(call, to: id)
            return .json(
                .created,
                version: version,
                headers: [.location: "/api/v1/customers/\(id)/addresses/\(address.id)"]
            ) { $0.value(address) }
        }
    )

    /// Adds the address of the body, and gives it as it then is, with the customer's version.
    static func added(_ call: Call, to id: CustomerID) async throws -> (Address, UInt32) {
        let address = AddressBody.address(call.body, id: call.organization.identifiers.next())
        let result = try await call.execute(.addAddress(AddAddress(customer: id, address: address)), on: id)
        let (added, event) = try result.recorded("The new address") {
            if case .addressAdded(let added) = $0 { added } else { nil }
        }
        return (added, event.customerVersion)
    }

    static let get = Route(
        method: .get,
        path: "/api/v1/customers/{id}/addresses/{addressId}",
        operation: "getAddress",
        summary: "An address",
        chapter: "Addresses",
        access: .needs(.readCustomers),
        parameters: [CustomerRoutes.id, address],
        answers: [
            Answer(status: 200, description: "The address.", schema: AddressAnswer.address, headers: [.entityTag]),
            CustomerRoutes.moved,
        ],
        problems: CustomerRoutes.standing + [.addressNotFound],
        handler: { call in try await one(call) }
    )

    static let patch = Route(
        method: .patch,
        path: "/api/v1/customers/{id}/addresses/{addressId}",
        operation: "updateAddress",
        summary: "Changes an address by a JSON merge patch (RFC 7396)",
        chapter: "Addresses",
        access: .needs(.updateCustomers),
        parameters: [CustomerRoutes.id, address, .ifMatch],
        body: .mergePatch(AddressBody.patch),
        answers: [
            Answer(status: 200, description: "The address.", schema: AddressAnswer.address, headers: [.entityTag])
        ],
        problems: CustomerRoutes.changing + [.addressNotFound, .addressExists],
        handler: { call in
            let id = try call.customerID()
            let update = AddressBody.update(id, try call.identifier("addressId"), call.body)
            try await call.execute(.updateAddress(update), on: id)
            return try await one(call)
        }
    )

    static let remove = Route(
        method: .delete,
        path: "/api/v1/customers/{id}/addresses/{addressId}",
        operation: "deleteAddress",
        summary: "Removes an address; where it was the default there is none",
        chapter: "Addresses",
        access: .needs(.updateCustomers),
        parameters: [CustomerRoutes.id, address, .ifMatch],
        answers: [Answer(status: 204, description: "It is gone.")],
        problems: CustomerRoutes.changing + [.addressNotFound],
        handler: { call in try await remove(call) }
    )

    static func remove(_ call: Call) async throws -> Response {
        let id = try call.customerID()
        try await call.execute(.removeAddress(id, try call.identifier("addressId")), on: id)
        return .noContent()
    }

    static let label = Route(
        method: .get,
        path: "/api/v1/customers/{id}/addresses/{addressId}/label",
        operation: "getPostalLabel",
        summary: "An address as it is written on a letter to its country; the customer's name stands for a missing one",
        chapter: "Addresses",
        access: .needs(.readCustomers),
        parameters: [CustomerRoutes.id, address],
        answers: [
            Answer(status: 200, description: "The lines.", schema: AddressAnswer.label, headers: [.entityTag]),
            CustomerRoutes.moved,
        ],
        problems: CustomerRoutes.standing + [.addressNotFound],
        handler: { call in
            let (id, address) = (try call.customerID(), try call.identifier("addressId", AddressKind.self))
            let (label, version) = try await call.read { state, _ in
                let ordinal = try state.standingCustomer(id)
                guard let found = state.addresses(of: ordinal).first(where: { $0.id == address }) else {
                    throw CommandError.rejected(.addressNotFound(address))
                }
                let profile = state.profile(of: ordinal)
                let name = [profile.firstName, profile.lastName].compactMap { $0 }.joined(separator: " ")
                return (PostalLabel(found.fields, name: name), state.standing(of: ordinal).version)
            }
            return .json(version: version) { $0.value(label) }
        }
    )

    static let verify = Route(
        method: .post,
        path: "/api/v1/customers/{id}/addresses/{addressId}/verification",
        operation: "verifyAddress",
        summary: "Tells whether something can be delivered to an address, until it changes",
        chapter: "Addresses",
        access: .needs(.updateCustomers),
        parameters: [CustomerRoutes.id, address, .ifMatch],
        body: .json(AddressBody.verification),
        answers: [
            Answer(status: 200, description: "The address.", schema: AddressAnswer.address, headers: [.entityTag])
        ],
        problems: CustomerRoutes.changing + [.addressNotFound],
        handler: { call in
            let id = try call.customerID()
            let verified = AddressBody.verified(try call.identifier("addressId"), call.body)
            try await call.execute(.verifyAddress(id, verified), on: id)
            return try await one(call)
        }
    )

    private static func addresses(_ call: Call) async throws -> ([Address], UInt32) {
        let id = try call.customerID()
        return try await call.read { state, _ in
            let ordinal = try state.standingCustomer(id)
            return (state.addresses(of: ordinal), state.standing(of: ordinal).version)
        }
    }

    private static func one(_ call: Call) async throws -> Response {
        let address = try call.identifier("addressId", AddressKind.self)
        let (addresses, version) = try await addresses(call)
        guard let found = addresses.first(where: { $0.id == address }) else {
            throw CommandError.rejected(.addressNotFound(address))
        }
        return .json(version: version) { $0.value(found) }
    }
}
