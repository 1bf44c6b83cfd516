import Foundation
import Testing

/// Following a server as it works.
@Suite struct EventStreamTests {
    private let accept = ["Accept": "text/event-stream"]

    @Test func `a stream tells events as they become durable, resumes where it was cut off, and ends with the server`()
        throws
    {
        let scratch = try Scratch()
        let server = try Server(data: scratch.appending("data"))
        let client = try server.connect()
        let stream = try server.connect()
        try stream.open("/api/v1/events?type=CustomerCreated", headers: accept)
        _ = try stream.follow(until: ": patron")
        #expect(try client.post("/api/v1/customers", #"{"externalId":"one"}"#).status == 201)
        #expect(try stream.follow(until: "one").contains("id: 2\nevent: CustomerCreated\n"))
        #expect(try client.post("/api/v1/customers", #"{"externalId":"two"}"#).status == 201)
        #expect(try !stream.follow(until: "two").contains("id: 2\n"))
        let settings = try client.request("PATCH", "/api/v1/organization", body: #"{"recordsOrigin":true}"#)
        #expect(settings.status == 200)
        #expect(try client.post("/api/v1/customers", #"{"externalId":"three"}"#).status == 201)
        #expect(try stream.follow(until: "three").contains(#""origin":"127.0.0.1""#))
        let resumed = try server.connect()
        try resumed.open("/api/v1/events", headers: accept.merging(["Last-Event-ID": "2"]) { $1 })
        #expect(try !resumed.follow(until: "two").contains("id: 2\n"))
        #expect(server.stop().status == 0)
        _ = try stream.follow(until: nil)
    }
}
