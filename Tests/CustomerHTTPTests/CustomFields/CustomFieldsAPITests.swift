@testable import CustomerHTTP
import HTTPTypes
import Testing

struct CustomFieldsAPITests {
    @Test func `what is said of a key holds for metadata`() async throws {
        try await Shop()
            .serve { (client) async throws in
                let path = "/api/v1/custom-fields"
                let old = try await client.newCustomer(#"{"email":"old@e.de","metadata":{"size":"huge"}}"#)
                let size = #"{"key":"size","label":"Shirt size","type":"choice","choices":["S","M"],"required":true}"#
                let made = try await client.post(path, size)
                #expect(made.status == 201 && made.json.flag("required") == true)
                let one = try #require(made.headers[.location])
                #expect(try await client.get(one).json == made.json)
                #expect(try await client.get(path).json["data"]?.elements == [made.json])
                #expect(try await client.post(path, size).problem == "custom-field-key-taken")
                let customers = "/api/v1/customers"
                #expect(try await client.post(customers, #"{"email":"a@e.de"}"#).pointers == ["/metadata/size"])
                let wrong = try await client.post(customers, #"{"email":"a@e.de","metadata":{"size":"L"}}"#)
                #expect(wrong.json["detail"]?.text == "metadata/size must be one of S, M.")
                #expect(try await client.post(customers, #"{"email":"a@e.de","metadata":{"size":"M"}}"#).status == 201)
                let kept = try await client.patch("\(customers)/\(old)", #"{"metadata":{"free":"text"}}"#)
                #expect(kept.json.map("metadata") == ["size": "huge", "free": "text"])
                let text = #"{"key":"size","label":"Size","type":"text"}"#
                #expect(try await client.put(one, text).json["label"] == "Size")
                #expect(try await client.put(one, #"{"key":"x","label":"Size","type":"text"}"#).pointers == ["/key"])
                #expect(try await client.patch("\(customers)/\(old)", #"{"metadata":{"size":null}}"#).status == 200)
                #expect(try await client.delete(one).status == 204)
                for gone in [try await client.get(one), try await client.delete(one), try await client.put(one, text)] {
                    #expect(gone.problem == "custom-field-not-found")
                }
            }
    }

    @Test(arguments: [
        (#"{"key":"a[b]","label":"A","type":"text"}"#, "/key"), (#"{"key":"a","label":"A","type":"list"}"#, "/type"),
        (#"{"key":"a","label":"A","type":"choice"}"#, "/choices"),
        (#"{"key":"a","label":"A","type":"text","choices":["x"]}"#, "/choices"),
        (#"{"key":"a","label":"","type":"text"}"#, "/label"),
    ])
    func `what is no field is refused`(_ body: String, _ pointer: String) async throws {
        try await Shop()
            .serve { (client) async throws in
                let reply = try await client.post("/api/v1/custom-fields", body)
                #expect(reply.status == 422 && reply.pointers == [pointer])
            }
    }
}
