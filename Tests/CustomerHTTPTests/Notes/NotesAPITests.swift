@testable import CustomerHTTP
import Testing

struct NotesAPITests {
    @Test func `the author is who the key is`() async throws {
        try await Shop()
            .serve { (client) async throws in
                let id = try await client.newCustomer()
                let path = "/api/v1/customers/\(id)/notes"
                let added = try await client.post(path, #"{"text":"Always expedite.\nReally.","type":"account_alert"}"#)
                #expect(added.status == 201)
                let author = try #require(added.json["author"]?.text)
                #expect(author.hasPrefix("key_"))
                #expect(try await client.post(path, #"{"text":"x","author":"admin_user_id"}"#).pointers == ["/author"])
                #expect(try await client.post(path, #"{"text":"y","author":"\#(author)"}"#).status == 201)
                let list = try await client.get(path)
                #expect(
                    list.json["data"]?.elements.compactMap { $0["text"]?.text } == ["y", "Always expedite.\nReally."]
                )
                #expect(try await client.post(path, #"{"text":""}"#).status == 422)
            }
    }
}
