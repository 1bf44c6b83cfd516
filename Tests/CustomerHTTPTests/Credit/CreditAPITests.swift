@testable import CustomerHTTP
import CustomerDomain
import CustomerService
import EventSourcing
import HTTPTypes
import TestSupport
import Testing

struct CreditAPITests {
    @Test func `credit is issued, spent and given back, and every page shows it`() async throws {
        let shop = try await Shop()
        try await shop.serve { (client) async throws in
            let id = try await client.newCustomer()
            let path = "/api/v1/customers/\(id)/credit"
            let issued = try await client.post(
                "\(path)/issue",
                #"{"amount":1000,"currency":"USD","source":"refund","orderNumber":"7","reason":"Broken mug"}"#
            )
            #expect(issued.status == 201)
            #expect(issued.json["rest"]?.whole == 1_000)
            let body = #"{"amount":500,"currency":"USD","expiresAt":"2100-01-01T00:00:00Z"}"#
            let soon = try await client.post("\(path)/issue", body, [.ifMatch: "\"2\""])
            let lot = try #require(soon.json["id"]?.text)
            #expect(try await client.post("\(path)/issue", body, [.ifMatch: "\"2\""]).status == 412)

            let spent = try await client.post("\(path)/spend", #"{"amount":600,"currency":"USD"}"#)
            #expect(spent.status == 201)
            #expect(spent.json["allocations"]?.elements.first?["lot"]?.text == lot)
            #expect(spent.json["balance"]?.whole == 900)
            let spend = try #require(spent.json["id"]?.text)
            let poor = try await client.post("\(path)/spend", #"{"amount":901,"currency":"USD"}"#)
            #expect(poor.problem == "insufficient-credit")
            let back = try await client.post(
                "\(path)/revert",
                #"{"spend":"\#(spend)","amount":200,"reason":"Sent back"}"#
            )
            #expect(back.json["amount"]?.whole == 200)
            #expect(back.json["balance"]?.whole == 1_100)

            let account = try await client.get(path)
            #expect(account.headers[.eTag] == "\"5\"")
            #expect(account.json["balances"]?.elements.first?["balance"]?.whole == 1_100)
            #expect(account.json["balances"]?.elements.first?["nextExpiry"]?.text == "2100-01-01T00:00:00Z")
            #expect(account.json["lots"]?.elements.map { $0["rest"]?.whole } == [100, 1_000])
            let customer = try await client.get("/api/v1/customers/\(id)")
            #expect(customer.json["storeCredit"]?.elements.first?["balance"]?.whole == 1_100)

            let page = try await client.get("\(path)/ledger?limit=3")
            let lines = page.json["data"]?.elements ?? []
            #expect(lines.map { $0["type"]?.text } == ["reverted", "spent", "issued"])
            #expect(lines.map { $0["balanceAfter"]?.whole } == [1_100, 900, 1_500])
            #expect(lines.first?["reason"]?.text == "Sent back")
            for line in lines {
                #expect(line["postings"]?.elements.compactMap { $0["amount"]?.whole }.reduce(0, +) == 0)
            }
            let cursor = try #require(page.json["nextCursor"]?.text)
            let rest = try await client.get("\(path)/ledger?limit=3&cursor=\(cursor)").json["data"]?.elements
            #expect(rest?.first?["source"]?.text == "refund")
            #expect(rest?.first?["orderNumber"]?.text == "7")

            let books = try await client.get("/api/v1/credit/accounts").json["data"]?.elements.first
            #expect(books?["sum"]?.whole == 0)
            #expect(books?["accounts"]?.elements.first { $0["account"]?.text == "wallets" }?["amount"]?.whole == 1_100)
        }
    }

    @Test func `credit expires by an event, and what comes back to it is lost or issued anew`() async throws {
        let shop = try await Shop()
        try await shop.serve { (client) async throws in
            let id = try await client.newCustomer()
            let path = "/api/v1/customers/\(id)/credit"
            let end = shop.clock.now.advanced(byDays: 1)
            let issue = #"{"amount":500,"currency":"USD","expiresAt":"\#(end.rfc3339)"}"#
            _ = try await client.post("\(path)/issue", issue)
            let spent = try await client.post("\(path)/spend", #"{"amount":200,"currency":"USD"}"#)
            let spend = try #require(spent.json["id"]?.text)
            #expect(try await shop.organization.expireDueCredit() == 0)
            shop.clock.advance(by: .seconds(86_400))
            #expect(try await client.get(path).json["balances"]?.elements.first?["balance"]?.whole == 300)
            #expect(try await shop.organization.expireDueCredit() == 1)
            #expect(try await shop.organization.expireDueCredit() == 0)
            #expect(try await client.get(path).json["lots"]?.elements.isEmpty == true)

            let lost = try await client.post("\(path)/revert", #"{"spend":"\#(spend)","amount":50}"#)
            #expect(lost.json["expired"]?.whole == 50)
            #expect(lost.json["balance"]?.whole == 0)
            let saved = try await client.post("\(path)/revert", #"{"spend":"\#(spend)","reissuesExpired":true}"#)
            #expect(saved.json["reissued"]?.isNull == false)
            #expect(saved.json["balance"]?.whole == 150)
            #expect(try await client.post("\(path)/issue", issue).pointers == ["/expiresAt"])
        }
    }

    @Test func `a retry with the same key spends once`() async throws {
        try await Shop()
            .serve { (client) async throws in
                let id = try await client.newCustomer()
                let path = "/api/v1/customers/\(id)/credit"
                let key: HTTPFields = [.idempotencyKey: "till-1"]
                _ = try await client.post("\(path)/issue", #"{"amount":500,"currency":"USD"}"#)
                let first = try await client.post("\(path)/spend", #"{"amount":200,"currency":"USD"}"#, key)
                let again = try await client.post("\(path)/spend", #"{"amount":200,"currency":"USD"}"#, key)
                #expect(again.json["id"]?.text == first.json["id"]?.text)
                #expect(try await client.get(path).json["balances"]?.elements.first?["balance"]?.whole == 300)
            }
    }

    @Test func `a refund is paid in store credit where that is asked for`() async throws {
        try await Shop()
            .serve { (client) async throws in
                let id = try await client.newCustomer()
                let order =
                    #"{"number":"1","currency":"USD","items":[{"sku":"A","name":"Mug","quantity":1,"unitPrice":900}]}"#
                _ = try await client.post("/api/v1/customers/\(id)/orders", order)
                let refund = #"{"reference":"r","amount":400,"storeCredit":{}}"#
                #expect(try await client.post("/api/v1/orders/1/refunds", refund).status == 201)
                let account = try await client.get("/api/v1/customers/\(id)/credit")
                #expect(account.json["lots"]?.elements.first?["source"]?.text == "refund")
                #expect(account.json["balances"]?.elements.first?["balance"]?.whole == 400)
            }
    }
}
