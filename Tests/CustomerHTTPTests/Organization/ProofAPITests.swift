@testable import CustomerHTTP
import CustomerService
import EventSourcing
import LogStorage
import TestSupport
import Testing

/// Proofs over HTTP, of a log on files.
///
/// That both checkers accept them is for `ProofCommandTests`.
struct ProofAPITests {
    /// Serves a log of some events.
    private func serve(_ body: @Sendable @escaping (Client, Int) async throws -> Void) async throws {
        try await withTemporaryDirectory { directory in
            let data = try DataDirectory.open(directory, program: "test")
            defer { data.close() }
            let organization = try Organization.open(in: data)
            defer { organization.close() }
            _ = try await organization.createFirstAdminKey(secret: Secret(Shop.adminSecret))
            try await Shop(organization: organization)
                .serve { (client) async throws in
                    for index in 1...9 { _ = try await client.newCustomer(#"{"externalId":"c\#(index)"}"#) }
                    let size = try await client.get("/api/v1/audit/checkpoint").json.whole("size")
                    try await body(client, Int(try #require(size)))
                }
        }
    }

    @Test func `the head is signed, and a proof ends with it`() async throws {
        try await serve { client, size in
            let head = try await client.get("/api/v1/audit/checkpoint").json
            let checkpoint = try #require(head["checkpoint"]?.text.flatMap { Checkpoint(note: $0) })
            let key = try #require(head["key"]?.text.flatMap { CheckpointKey($0) })
            #expect(checkpoint.isSigned(by: key) && checkpoint.head.size == size)
            #expect("\(checkpoint.head.root)" == head["rootHash"]?.text)
            for path in [
                "inclusion", "inclusion?sequence=3", "inclusion?sequence=3&size=\(size)", "consistency?from=2",
                "consistency", "consistency?from=\(size)&to=\(size)",
            ] {
                let reply = try await client.get("/api/v1/audit/proofs/\(path)")
                let text = try #require(reply.json["document"]?.text, "\(path): \(reply.text)")
                #expect(text.hasSuffix(checkpoint.note), "\(path)")
                try #require(ProofDocument(text)).check(key)
            }
            let earlier = try await client.get("/api/v1/audit/proofs/inclusion?size=5").json["document"]?.text
            guard case .inclusion(_, let sequence, _, let old)? = earlier.flatMap({ ProofDocument($0) }) else {
                Issue.record("no proof")
                return
            }
            #expect(sequence.value == 5 && old.head.size == 5)
        }
    }

    @Test func `a wrong parameter is named`() async throws {
        try await serve { client, size in
            for (path, name) in [
                ("inclusion?sequence=0", "sequence"), ("inclusion?sequence=x", "sequence"),
                ("inclusion?sequence=-1", "sequence"), ("inclusion?sequence=1.5", "sequence"),
                ("inclusion?sequence=99999999999999999999", "sequence"), ("inclusion?sequence=6&size=5", "sequence"),
                ("inclusion?sequence=\(size + 1)", "sequence"), ("inclusion?size=0", "size"),
                ("inclusion?size=\(size + 1)", "size"), ("inclusion?size=\(Int.max)", "size"),
                ("inclusion?sequence=1&from=1", "from"), ("consistency?from=0", "from"),
                ("consistency?from=\(size + 1)", "from"), ("consistency?from=6&to=5", "from"),
                ("consistency?to=\(size + 1)", "to"), ("consistency?to=x", "to"),
                ("consistency?from=1&to=\(Int.max)", "to"), ("consistency?size=3", "size"),
            ] {
                let reply = try await client.get("/api/v1/audit/proofs/\(path)")
                #expect(reply.status == 400, "\(path)")
                #expect(reply.problem == "invalid-parameter", "\(path): \(reply.text)")
                #expect(reply.json["errors"]?.elements.first?["parameter"]?.text == name, "\(path): \(reply.text)")
            }
        }
    }

    @Test func `the record of somebody who was erased is not given out, and consistency still is`() async throws {
        try await serve { client, size in
            let id = try await client.newCustomer()
            _ = try await client.newCustomer(#"{"externalId":"other"}"#)
            #expect(try await client.get("/api/v1/audit/proofs/inclusion?sequence=\(size + 1)").status == 200)
            #expect(try await client.delete("/api/v1/customers/\(id)").status < 300)
            #expect(try await client.get("/api/v1/audit/proofs/inclusion?sequence=\(size + 1)").status == 404)
            #expect(try await client.get("/api/v1/audit/proofs/inclusion?sequence=\(size + 2)").status == 200)
            #expect(try await client.get("/api/v1/audit/proofs/consistency?from=\(size)").status == 200)
        }
    }
}
