@testable import CustomerHTTP
import CustomerDomain
import HTTPTypes
import TestSupport
import Testing

struct BundleAPITests {
    /// Somebody of whom much is known, one of two who were merged.
    private static func person(_ client: Client) async throws -> String {
        let merged = try await client.newCustomer(#"{"email":"old@example.com","firstName":"=cmd|'/c calc'!A1"}"#)
        let id = try await client.newCustomer(
            #"""
            {"email":"jane@example.com","firstName":"Jane","birthDate":"1980-02-03","metadata":{"size":"M"},
            "tags":["vip"],"addresses":[{"line1":"1 Hidden Street","city":"Berlin","country":"DE"}]}
            """#
        )
        let path = "/api/v1/customers/\(id)"
        _ = try await client.post("\(path)/notes", #"{"text":"Prefers \"e-mail\",\nnot phone"}"#)
        _ = try await client.put(
            "/api/v1/loyalty/program",
            #"{"name":"Club","tiers":[{"name":"Base","threshold":0,"pointsPerUnit":1}]}"#
        )
        _ = try await client.post("\(path)/loyalty", #"{"cardNumber":"C1"}"#)
        _ = try await client.post(
            "\(path)/orders",
            #"""
            {"number":"N1","currency":"USD","items":[{"sku":"S","name":"Mug","quantity":2,"unitPrice":1000}],
            "shippingAddress":{"firstName":"Janet","line1":"2 Hidden Street","country":"DE"}}
            """#
        )
        _ = try await client.post("/api/v1/orders/N1/refunds", #"{"reference":"R1","amount":100,"reason":"Chipped"}"#)
        _ = try await client.patch(
            "\(path)/consents",
            #"{"consents":[{"kind":"sms","state":"granted","evidence":"192.0.2.1"}]}"#
        )
        let merge = try await client.post("\(path)/merge", #"{"from":"\#(merged)"}"#)
        #expect(merge.status == 200)
        return id
    }

    @Test func `everything that is held comes out, for machines and in tables`() async throws {
        try await Shop()
            .serve { (client) async throws in
                let id = try await Self.person(client)
                let path = "/api/v1/customers/\(id)"
                let reply = try await client.post("\(path)/bundle")
                #expect(reply.status == 200)
                #expect(reply.headers[.contentType] == "application/zip")
                let passphrase = try #require(reply.headers[.bundlePassphrase])
                #expect(passphrase.count == 31)
                let files = try #require(ArchiveReading.files(reply.bytes, passphrase: passphrase))
                #expect(ArchiveReading.files(reply.bytes, passphrase: "000000000000") == nil)
                let data = try JSONParser.parse(try #require(files["data.json"]))
                #expect(
                    data["customers"]?.elements.map { $0["email"]?.text } == ["jane@example.com", "old@example.com"]
                )
                #expect(data["customers"]?.elements.first == (try await client.get(path).json))
                #expect(data["orders"]?.elements == [try await client.get("/api/v1/orders/N1").json])
                let lists = [
                    ("notes", "\(path)/notes"), ("points", "\(path)/loyalty/transactions"),
                    ("consents", "\(path)/consents/history"),
                ]
                for (key, list) in lists {
                    let answered = try await client.get(list).json["data"]?.elements
                    #expect(data[key]?.elements == answered, "\(key)")
                    #expect(answered?.isEmpty == false, "\(key)")
                }
                #expect(data["loyalty"] == (try await client.get("\(path)/loyalty").json))
                let timeline = try await client.get("\(path)/timeline?limit=100").json["data"]?.elements
                #expect(data["events"]?.elements == timeline?.reversed())

                func table(_ name: String) -> [Substring] {
                    String(decoding: files[name] ?? [], as: UTF8.self).split(separator: "\r\n")
                }
                #expect(table("customers.csv").count == 3)
                #expect(table("customers.csv").contains { $0.contains(",'=cmd|'/c calc'!A1,") })
                #expect(table("addresses.csv").contains { $0.contains("1 Hidden Street") })
                #expect(table("orders.csv").last?.contains("Janet,2 Hidden Street") == true)
                #expect(
                    table("order-items.csv") == [
                        "orderNumber,sku,name,quantity,unitPrice,total", "N1,S,Mug,2,1000,2000",
                    ]
                )
                #expect(table("refunds.csv").last?.hasPrefix("R1,N1,100,USD,Chipped,") == true)
                #expect(table("notes.csv").last?.contains("\"Prefers \"\"e-mail\"\",\nnot phone\"") == true)
                #expect(table("consents.csv").last?.hasPrefix("sms,granted,unknown,,,192.0.2.1,") == true)
                #expect(table("events.csv").count == (timeline?.count ?? 0) + 1)
                #expect(String(decoding: files["README.txt"] ?? [], as: UTF8.self).contains("data.json"))
            }
    }

    @Test func `a passphrase that is given is told nobody, and a short one is refused`() async throws {
        try await Shop()
            .serve { (client) async throws in
                let id = try await client.newCustomer()
                let path = "/api/v1/customers/\(id)/bundle"
                let reply = try await client.post(path, #"{"passphrase":"correct horse"}"#)
                #expect(reply.headers[.bundlePassphrase] == nil)
                #expect(ArchiveReading.files(reply.bytes, passphrase: "correct horse")?.count == 13)
                #expect(try await client.post(path, #"{"passphrase":"too short"}"#).pointers == ["/passphrase"])
                let other = try await client.post(path)
                let another = try await client.post(path)
                #expect(other.headers[.bundlePassphrase] != another.headers[.bundlePassphrase])
            }
    }

    @Test func `a bundle executes the request that it answers`() async throws {
        try await Shop()
            .serve { (client) async throws in
                let id = try await client.newCustomer()
                let other = try await client.newCustomer(#"{"email":"bob@example.com"}"#)
                func open(_ kind: String) async throws -> String {
                    let body = #"{"customerId":"\#(id)","kind":"\#(kind)"}"#
                    return try #require(try await client.post("/api/v1/data-requests", body).json["id"]?.text)
                }
                let request = try await open("portability")
                let (path, body) = ("/api/v1/customers/\(id)/bundle", #"{"requestId":"\#(request)"}"#)
                #expect(try await client.post(path, body).problem == "data-request-status")
                let steps = "/api/v1/data-requests/\(request)"
                _ = try await client.post("\(steps)/identity-check", #"{"method":"login"}"#)
                _ = try await client.post("\(steps)/approve")
                let wrong = try await client.post("/api/v1/customers/\(other)/bundle", body)
                #expect(wrong.pointers == ["/requestId"])
                let erasure = try await open("erasure")
                #expect(try await client.post(path, #"{"requestId":"\#(erasure)"}"#).pointers == ["/requestId"])
                #expect(try await client.get(steps).json["status"]?.text == "approved")
                #expect(try await client.post(path, body).status == 200)
                #expect(try await client.get(steps).json["status"]?.text == "executed")
                #expect(try await client.post(path, body).problem == "data-request-status")
                let unknown = #"{"requestId":"dsr_01h455vb4pex5vsknk084sn02q"}"#
                #expect(try await client.post(path, unknown).problem == "data-request-not-found")
            }
    }

    @Test func `a bundle is recorded as a look where the organization wants that`() async throws {
        try await Shop()
            .serve { (client) async throws in
                let id = try await client.newCustomer()
                let path = "/api/v1/customers/\(id)"
                _ = try await client.post("\(path)/bundle")
                #expect(try await client.get("\(path)/reads").json["count"]?.whole == 0)
                _ = try await client.patch("/api/v1/organization", #"{"recordedReads":["export"]}"#)
                _ = try await client.post("\(path)/bundle")
                let reads = try await client.get("\(path)/reads").json["data"]?.elements
                #expect(reads?.map { $0["kind"]?.text } == ["export"])
            }
    }

    @Test func `it needs two permissions, somebody who stands, and room`() async throws {
        try await Shop()
            .serve { (client) async throws in
                let id = try await client.newCustomer()
                let path = "/api/v1/customers/\(id)/bundle"
                for (permissions, isEnough) in [
                    (#""customers:export""#, false), (#""requests:manage""#, false),
                    (#""customers:export","requests:manage""#, true),
                ] {
                    let body = #"{"name":"k","role":"staff","permissions":[\#(permissions)]}"#
                    let key = try await client.post("/api/v1/api-keys", body)
                    let staff = client.with(secret: try #require(key.json["secret"]?.text))
                    let reply = try await staff.post(path)
                    #expect((reply.status == 200) == isEnough)
                    if !isEnough { #expect(reply.problem == "forbidden") }
                }
                _ = try await client.delete("/api/v1/customers/\(id)")
                #expect(try await client.post(path).problem == "customer-erased")
            }
        try await Shop(limits: ServerLimits(bundleByteCount: 2_000))
            .serve { (client) async throws in
                let id = try await client.newCustomer()
                let path = "/api/v1/customers/\(id)"
                for _ in 0..<5 {
                    let text = String(repeating: "x", count: 1_000)
                    _ = try await client.post("\(path)/notes", #"{"text":"\#(text)"}"#)
                }
                let reply = try await client.post("\(path)/bundle")
                #expect(reply.problem == "bundle-too-large")
                #expect(reply.json["detail"]?.text?.contains("2000 bytes") == true)
            }
    }
}
