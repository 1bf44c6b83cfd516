@testable import CustomerHTTP
import HTTPTypes
import Testing

struct AddressesAPITests {
    @Test func `addresses are added, changed in part and removed`() async throws {
        try await Shop()
            .serve { (client) async throws in
                let id = try await client.newCustomer()
                let path = "/api/v1/customers/\(id)/addresses"
                let first = try await client.post(path, #"{"line1":"1 Road","city":"Portland","isDefault":true}"#)
                #expect(first.status == 201)
                #expect(first.json.flag("isDefaultBilling") == true)
                let second = try await client.post(path, #"{"address1":"2 Road","isDefaultShipping":true}"#)
                let secondPath = try #require(second.headers[.location])
                #expect(try await client.get(secondPath).json == second.json)
                let list = try await client.get(path).json["data"]?.elements ?? []
                #expect(list.map { $0.flag("isDefaultShipping") } == [false, true])
                #expect(list.map { $0.flag("isDefaultBilling") } == [true, false])
                let changed = try await client.patch(secondPath, #"{"line1":"3 Road","city":"Salem"}"#)
                #expect(changed.json["line1"] == "3 Road")
                #expect(try await client.patch(secondPath, #"{"city":null}"#).json["city"] == .null)
                #expect(try await client.delete(secondPath).status == 204)
                #expect(try await client.get(secondPath).problem == "address-not-found")
                #expect(try await client.delete(secondPath).problem == "address-not-found")
            }
    }

    @Test(arguments: [
        (#"{}"#, ""), (#"{"line1":"x","country":"Nowhere"}"#, "/country"), (#"{"line1":1}"#, "/line1"),
        (#"{"line1":"x","isDefault":"yes"}"#, "/isDefault"), (#"{"line1":"x\u0000"}"#, "/line1"),
    ])
    func `what is no address is refused`(_ body: String, _ pointer: String) async throws {
        try await Shop()
            .serve { (client) async throws in
                let id = try await client.newCustomer()
                let reply = try await client.post("/api/v1/customers/\(id)/addresses", body)
                #expect(reply.status == 422)
                #expect(reply.pointers == [pointer])
            }
    }

    @Test func `tags are listed, added and removed`() async throws {
        try await Shop()
            .serve { (client) async throws in
                let id = try await client.newCustomer()
                let path = "/api/v1/customers/\(id)/tags"
                #expect(try await client.post(path, #"{"tags":["a b/c","x"]}"#).json.texts("tags") == ["a b/c", "x"])
                #expect(try await client.delete(path + "/a%20b%2Fc").status == 204)
                #expect(try await client.delete(path + "/never").status == 204)
                #expect(try await client.get(path).json.texts("tags") == ["x"])
                #expect(try await client.post(path, #"{"tags":[]}"#).status == 422)
            }
    }
}
