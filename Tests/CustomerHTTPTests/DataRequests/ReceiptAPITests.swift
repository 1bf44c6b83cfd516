@testable import CustomerHTTP
import CustomerDomain
import CustomerService
import EventSourcing
import LogStorage
import TestSupport
import Testing

/// Receipts of erasures, of a log on files.
///
/// That both checkers accept them is for `ProofCommandTests`.
struct ReceiptAPITests {
    private func serve(_ body: @Sendable @escaping (Client, CheckpointKey) async throws -> Void) async throws {
        try await withTemporaryDirectory { directory in
            let data = try DataDirectory.open(directory, program: "test")
            defer { data.close() }
            let organization = try Organization.open(in: data)
            defer { organization.close() }
            _ = try await organization.createFirstAdminKey(secret: Secret(Shop.adminSecret))
            try await Shop(organization: organization)
                .serve { (client) async throws in
                    let head = try await client.get("/api/v1/audit/checkpoint").json
                    try await body(client, try #require(head["key"]?.text.flatMap { CheckpointKey($0) }))
                }
        }
    }

    private static func receipt(_ reply: Reply, _ key: CheckpointKey) throws -> ErasureReceipt {
        let statement = try #require(
            reply.json["document"]?.text.flatMap { SignedStatement(note: $0) },
            "\(reply.text)"
        )
        #expect(statement.isSigned(by: key))
        return try #require(ErasureReceipt(statement))
    }

    @Test func `an erasure by request gives one receipt at both doors, for all identities`() async throws {
        try await serve { (client, key) async throws in
            let merged = try await client.newCustomer()
            let id = try await client.newCustomer(#"{"email":"bob@example.com"}"#)
            _ = try await client.newCustomer(#"{"email":"eve@example.com"}"#)
            _ = try await client.post(
                "/api/v1/customers/\(id)/orders",
                #"{"number":"N1","currency":"USD","items":[{"sku":"S","name":"Mug","quantity":1,"unitPrice":1000}]}"#
            )
            _ = try await client.post("/api/v1/customers/\(id)/merge", #"{"from":"\#(merged)"}"#)
            let opened = try await client.post("/api/v1/data-requests", #"{"customerId":"\#(id)","kind":"erasure"}"#)
            let request = try #require(opened.json["id"]?.text)
            let path = "/api/v1/data-requests/\(request)"
            #expect(try await client.get("\(path)/receipt").status == 404)
            _ = try await client.post("\(path)/identity-check", #"{"method":"login"}"#)
            _ = try await client.post("\(path)/approve")
            let executed = try await client.post("\(path)/execute")
            let sequence = try #require(executed.json["steps"]?.elements.last?["sequence"]?.whole)
            let reply = try await client.get("\(path)/receipt")
            let receipt = try Self.receipt(reply, key)
            #expect(receipt.origin == key.name)
            #expect(receipt.request?.description == request)
            #expect(receipt.customer.description == id)
            #expect(receipt.identities.map(\.description) == [merged, id])
            #expect(receipt.slots == [0, 1])
            #expect(receipt.sequence.value == UInt64(sequence) + 1)
            #expect(receipt.head.size == Int(sequence) + 1)
            // What follows changes nothing of it.
            _ = try await client.post("/api/v1/orders/N1/refunds", #"{"reference":"R1","amount":100}"#)
            for other in ["\(path)/receipt", "/api/v1/customers/\(id)/erasure-receipt"] {
                #expect(try await client.get(other).text == reply.text)
            }
            #expect(try await client.get("/api/v1/customers/\(merged)/erasure-receipt").text == reply.text)
            let proof = try await client.get(
                "/api/v1/audit/proofs/consistency?from=\(receipt.head.size)"
            )
            guard case .consistency(_, let old, _)? = proof.json["document"]?.text.flatMap({ ProofDocument($0) }) else {
                Issue.record("no proof")
                return
            }
            #expect(old.head == receipt.head)
        }
    }

    @Test func `an erasure at once has a receipt without a request`() async throws {
        try await serve { (client, key) async throws in
            let id = try await client.newCustomer()
            let path = "/api/v1/customers/\(id)/erasure-receipt"
            #expect(try await client.get(path).problem == "not-found")
            #expect(try await client.delete("/api/v1/customers/\(id)").status == 204)
            let receipt = try Self.receipt(try await client.get(path), key)
            #expect(receipt.request == nil)
            #expect(receipt.customer.description == id)
            #expect(receipt.slots == [0])
            // Who may see requests and nothing else sees it, also where looks at people are recorded.
            _ = try await client.patch("/api/v1/organization", #"{"recordedReads":["profile"]}"#)
            let made = try await client.post(
                "/api/v1/api-keys",
                #"{"name":"k","role":"staff","permissions":["requests:read"]}"#
            )
            let staff = client.with(secret: try #require(made.json["secret"]?.text))
            #expect(try await staff.get(path).status == 200)
        }
    }

    @Test func `who is not there has none, and a log in memory signs none`() async throws {
        let path = "/api/v1/customers/cust_01h455vb4pex5vsknk084sn02q/erasure-receipt"
        try await serve { (client, _) async throws in
            #expect(try await client.get(path).problem == "customer-not-found")
            let request = "/api/v1/data-requests/dsr_01h455vb4pex5vsknk084sn02q/receipt"
            #expect(try await client.get(request).problem == "data-request-not-found")
        }
        try await Shop()
            .serve { (client) async throws in
                let id = try await client.newCustomer()
                _ = try await client.delete("/api/v1/customers/\(id)")
                #expect(try await client.get("/api/v1/customers/\(id)/erasure-receipt").problem == "not-found")
            }
    }
}
