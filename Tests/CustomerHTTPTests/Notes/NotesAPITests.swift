import HTTPTypes
import Testing

@testable import CustomerHTTP

struct NotesAPITests {
    /// Somebody of the team, who may do this.
    private func staff(_ client: Client, _ permissions: String) async throws -> Client {
        let body = #"{"name":"desk","permissions":[\#(permissions)]}"#
        let made = try await client.post("/api/v1/api-keys", body)
        let secret = try #require(made.json.text("secret"))
        return client.with(secret: secret)
    }

    @Test func `the author is who the key is, or whom an admin names`() async throws {
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
                let desk = try await staff(client, #""notes:read","notes:update""#)
                let foreign = #"{"text":"z","author":"\#(author)"}"#
                #expect(try await desk.post(path, foreign).pointers == ["/author"])
                let own = try #require(try await desk.post(path, #"{"text":"mine"}"#).json.text("author"))
                #expect(
                    try await client.post(path, #"{"text":"for you","author":"\#(own)"}"#).json.text("author") == own
                )
            }
    }

    @Test func `notes are changed, pinned, filtered and removed, and the history keeps what they said`() async throws {
        try await Shop()
            .serve { (client) async throws in
                let id = try await client.newCustomer()
                let path = "/api/v1/customers/\(id)/notes"
                func texts(_ query: String = "") async throws -> [String] {
                    try await client.get(path + query).json["data"]?.elements.compactMap { $0.text("text") } ?? []
                }
                var notes: [String] = []
                for text in ["one", "two", "three"] {
                    let added = try await client.post(path, #"{"text":"\#(text)","type":"payment_issue"}"#)
                    notes.append(path + "/" + (try #require(added.json.text("id"))))
                    #expect(added.headers[.location] == notes.last)
                }
                #expect(try await client.get(notes[0]).json["updatedAt"] == .null)
                let changed = try await client.patch(notes[0], #"{"text":"uno","pinned":true,"type":"general"}"#)
                #expect(changed.json.text("text") == "uno")
                #expect(changed.json["updatedAt"] != .null)
                #expect(try await texts() == ["uno", "three", "two"])
                #expect(try await texts("?type=payment_issue") == ["three", "two"])
                let first = try await client.get(path + "?limit=1").json
                let cursor = try #require(first.text("nextCursor"))
                #expect(try await texts("?limit=1&cursor=\(cursor)") == ["three"])
                #expect(try await client.delete(notes[1]).status == 204)
                #expect(try await client.delete(notes[1]).problem == "note-not-found")
                #expect(try await client.get(notes[1]).problem == "note-not-found")
                #expect(try await client.patch(notes[0], "{}").status == 422)
                #expect(try await texts() == ["uno", "three"])
                #expect(try await client.get("/api/v1/customers/\(id)").json.whole("noteCount") == 2)
                let events = try await client.get("/api/v1/customers/\(id)/timeline").json["data"]?.elements ?? []
                let said = events.compactMap { $0["data"]?.text("text") }
                #expect(said == ["uno", "three", "two", "one"])
            }
    }

    @Test func `a private note is its author's and the admins', wherever it is told of`() async throws {
        try await Shop()
            .serve { (client) async throws in
                let id = try await client.newCustomer()
                let path = "/api/v1/customers/\(id)/notes"
                let permissions = #""customers:read","notes:read","notes:update","audit:view""#
                let author = try await staff(client, permissions)
                let other = try await staff(client, permissions)
                let added = try await author.post(path, #"{"text":"suspicious","visibility":"private"}"#)
                let note = path + "/" + (try #require(added.json.text("id")))
                #expect(try await other.patch(note, #"{"pinned":true}"#).problem == "note-not-found")
                for (reader, isShown) in [(author, true), (client, true), (other, false)] {
                    #expect(try await reader.get(note).status == (isShown ? 200 : 404))
                    for place in [path, "/api/v1/customers/\(id)/timeline", "/api/v1/events?customer=\(id)"] {
                        #expect(try await reader.get(place).text.contains("suspicious") == isShown, "\(place)")
                    }
                }
                #expect(try await author.patch(note, #"{"visibility":"team"}"#).status == 200)
                #expect(try await other.get(note).json.text("text") == "suspicious")
                #expect(try await other.patch(note, #"{"text":"fine"}"#).problem == "note-of-another")
                #expect(try await other.delete(note).problem == "note-of-another")
            }
    }
}
