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

    @Test func `an address has a kind, a label for letters, and whether it was found`() async throws {
        try await Shop()
            .serve { (client) async throws in
                let id = try await client.newCustomer()
                let path = "/api/v1/customers/\(id)/addresses"
                let body = #"""
                    {"firstName":"John","lastName":"Doe","line1":"123 Main Street","line2":"Apt 4B","city":"New York",
                     "state":"NY","postalCode":"10001","country":"United States","kind":"shipping"}
                    """#
                let added = try await client.post(path, body)
                #expect(added.json["kind"] == "shipping" && added.json.flag("isDefaultBilling") == false)
                #expect(added.json["verification"]?["status"] == "unverified")
                let address = try #require(added.headers[.location])
                let label = try await client.get(address + "/label")
                #expect(label.json["text"] == "John Doe\n123 Main Street, Apt 4B\nNew York, NY 10001\nUnited States")
                #expect(label.json["missing"]?.elements == [])
                let again = try await client.post(path, body)
                #expect(again.status == 409 && again.problem == "address-exists")
                #expect(try await client.post("/user/\(id)/address", body).problem == "address-exists")
                #expect(again.json["detail"]?.text?.contains(added.json["id"]?.text ?? "?") == true)
                let found = try await client.post(address + "/verification", #"{"status":"failed","reason":"Back"}"#)
                #expect(found.json["verification"]?["status"] == "failed")
                #expect(found.json["verification"]?["by"]?.text?.hasPrefix("key_") == true)
                let both = try await client.patch(address, #"{"kind":"both","label":"Home"}"#)
                #expect(both.json["kind"] == "both" && both.json["verification"]?["status"] == "failed")
                #expect(try await client.patch(address, #"{"postalCode":"1000"}"#).pointers == ["/postalCode"])
                let moved = try await client.patch(address, #"{"line1":"124 Main Street"}"#)
                #expect(moved.json["verification"]?["status"] == "unverified")
                let none = "\(path)/addr_00000000000000000000000000"
                #expect(try await client.get(none + "/label").problem == "address-not-found")
                let unknown = try await client.post(none + "/verification", #"{"status":"verified"}"#)
                #expect(unknown.problem == "address-not-found")
            }
    }

    @Test(arguments: [
        (#"{}"#, ""), (#"{"line1":"x","country":"Nowhere"}"#, "/country"), (#"{"line1":1}"#, "/line1"),
        (#"{"line1":"x","isDefault":"yes"}"#, "/isDefault"), (#"{"line1":"x\u0000"}"#, "/line1"),
        (#"{"line1":"x","kind":"billing","isDefault":true}"#, "/isDefaultShipping"),
        (#"{"line1":"x","country":"US","postalCode":"9720"}"#, "/postalCode"), (#"{"kind":"billing"}"#, ""),
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
