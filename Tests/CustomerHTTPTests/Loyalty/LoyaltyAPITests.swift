@testable import CustomerHTTP
import CustomerService
import EventSourcing
import TestSupport
import Testing

struct LoyaltyAPITests {
    private func member(_ client: Client) async throws -> String {
        let id = try await client.newCustomer()
        #expect(try await client.put("/api/v1/loyalty/program", "{}").status == 200)
        #expect(try await client.post("/api/v1/customers/\(id)/loyalty", #"{"cardNumber":"FC12345"}"#).status == 201)
        return "/api/v1/customers/\(id)"
    }

    @Test func `points are added, deducted, earned and redeemed, each with the new balance`() async throws {
        try await Shop()
            .serve { (client) async throws in
                let path = try await member(client)
                let added = try await client.post(
                    path + "/points",
                    #"{"action":"add","points":1200,"reason":"Welcome"}"#
                )
                #expect(added.json["message"] == "Successfully added 1200 points. New balance: 1200 points.")
                let deducted = try await client.post(
                    path + "/points",
                    #"{"action":"deduct","points":200,"reason":"Wrong"}"#
                )
                #expect(deducted.json["message"] == "Successfully deducted 200 points. New balance: 1000 points.")
                #expect(try await client.post(path + "/loyalty/earn", #"{"points":10}"#).json.whole("balance") == 1_010)
                #expect(
                    try await client.post(path + "/loyalty/redeem", #"{"points":510}"#).json.whole("balance") == 500
                )
                let poor = try await client.post(path + "/loyalty/redeem", #"{"points":501}"#)
                #expect(poor.problem == "insufficient-points")
                let list = try await client.get(path + "/loyalty/transactions")
                #expect(list.json["data"]?.elements.compactMap { $0.whole("points") } == [-510, 10, -200, 1_200])
                #expect(list.json["data"]?.elements.last?["reason"] == "Welcome")
                let summary = try await client.get(path + "/loyalty").json
                #expect(summary["cardNumber"] == "FC12345")
                #expect(summary.whole("currentBalance") == 500)
            }
    }

    @Test(arguments: [
        #"{"points":0,"reason":"x"}"#, #"{"points":5}"#, #"{"points":1.5,"reason":"x"}"#, #"{"points":5,"reason":" "}"#,
        #"{"points":5,"reason":"x","action":"give"}"#,
    ])
    func `an adjustment needs a positive integer and a reason`(_ body: String) async throws {
        try await Shop()
            .serve { (client) async throws in
                let path = try await member(client)
                #expect(try await client.post(path + "/points", body).problem == "invalid-fields")
            }
    }

    @Test func `without an account or a programme there is nothing to adjust`() async throws {
        try await Shop()
            .serve { (client) async throws in
                let id = try await client.newCustomer()
                let path = "/api/v1/customers/\(id)"
                #expect(try await client.get("/api/v1/loyalty/program").status == 404)
                #expect(try await client.get(path + "/loyalty").problem == "loyalty-account-missing")
                #expect(try await client.post(path + "/loyalty").problem == "loyalty-program-inactive")
                #expect(try await client.get(path + "/loyalty/transactions").json.whole("count") == 0)
            }
    }

    @Test func `orders earn by the programme's rules, and a card is made when none is given`() async throws {
        try await Shop()
            .serve { (client) async throws in
                let program =
                    #"{"name":"Club","tiers":[{"name":"Only","threshold":0,"pointsPerUnit":4}],"pointsPerRedeemedUnit":50}"#
                #expect(try await client.put("/api/v1/loyalty/program", program).status == 200)
                #expect(try await client.get("/api/v1/loyalty/program").json["name"] == "Club")
                let id = try await client.newCustomer()
                let card = try await client.post("/api/v1/customers/\(id)/loyalty").json["cardNumber"]?.text
                #expect(card?.hasPrefix("FC") == true)
                #expect(try await client.post("/api/v1/customers/\(id)/loyalty").problem == "loyalty-account-exists")
                _ = try await client.post("/api/v1/customers/\(id)/orders", OrdersAPITests.order("P"))
                let summary = try await client.get("/api/v1/customers/\(id)/loyalty").json
                #expect(summary.whole("currentBalance") == 100)
                #expect(summary.whole("cashValue") == 200)
                #expect(summary["nextTierThreshold"] == .null)
            }
    }

    @Test func `points lie in lots, expire by an event and come back to where they were`() async throws {
        let shop = try await Shop()
        try await shop.serve { (client) async throws in
            let id = try await client.newCustomer()
            let path = "/api/v1/customers/\(id)"
            let program = #"{"validity":{"count":10,"unit":"day"},"minimumRedemption":50}"#
            #expect(try await client.put("/api/v1/loyalty/program", program).status == 200)
            _ = try await client.post(path + "/loyalty")
            _ = try await client.post(path + "/loyalty/earn", #"{"points":300,"source":"referral","reason":"Bo"}"#)
            let soon = shop.clock.now.advanced(byDays: 10)
            shop.clock.advance(by: .seconds(86_400 * 5))
            _ = try await client.post(path + "/points", #"{"points":100,"reason":"Gift","notify":true}"#)
            #expect(try await client.post(path + "/loyalty/redeem", #"{"points":49}"#).pointers == ["/points"])
            let redeemed = try await client.post(path + "/loyalty/redeem", #"{"points":250}"#)
            let redemption = try #require(redeemed.json.whole("sequence"))
            var summary = try await client.get(path + "/loyalty").json
            #expect(summary.whole("currentBalance") == 150)
            #expect(summary["nextExpiration"]?["at"]?.text == soon.rfc3339)
            #expect(summary["nextExpiration"]?.whole("points") == 50)
            let lots = try await client.get(path + "/loyalty/lots").json
            #expect(lots["data"]?.elements.map { $0.whole("rest") } == [50, 100])
            let ending = try await client.get(path + "/loyalty/lots?status=expiring&days=6").json
            #expect(ending["data"]?.elements.map { $0["expiresAt"]?.text } == [soon.rfc3339])

            shop.clock.advance(by: .seconds(86_400 * 5))
            let work = try await shop.organization.doDueWork()
            #expect(work.expiredPoints == 1)
            #expect(try await shop.organization.doDueWork() == DueWork())
            let body = #"{"redemption":\#(redemption),"points":200,"reason":"Sent back"}"#
            let restored = try await client.post(path + "/loyalty/restore", body)
            #expect(restored.json["message"] == "Successfully restored 200 points. New balance: 100 points.")
            let more = try await client.post(path + "/loyalty/restore", #"{"redemption":\#(redemption),"points":51}"#)
            #expect(more.problem == "restore-exceeds-redemption")
            let none = try await client.post(path + "/loyalty/restore", #"{"redemption":1}"#)
            #expect(none.problem == "redemption-not-found")
            summary = try await client.get(path + "/loyalty").json
            #expect(summary.whole("pointsEarned") == 400)
            #expect(summary.whole("pointsSpent") == 50)
            #expect(summary.whole("pointsExpired") == 250)
            #expect(summary.whole("currentBalance") == 100)
            let expired = try await client.get(path + "/loyalty/lots?status=expired").json
            #expect(expired["data"]?.elements.map { $0.whole("expired") } == [250])
            let lines = try await client.get(path + "/loyalty/transactions").json["data"]?.elements ?? []
            let types = lines.map { $0["type"]?.text }
            #expect(types == ["expired", "restored", "expired", "redeemed", "adjusted", "earned"])
            #expect(lines.map { $0.whole("balanceAfter") } == [100, 300, 100, 150, 400, 300])
            #expect(lines[1]["reason"] == "Sent back")
            // Whoever follows the events sees what the customer is to be told.
            let events = try await client.get(path + "/timeline").json["data"]?.elements ?? []
            #expect(events.contains { $0["type"]?.text == "PointsAdjusted" })
        }
    }

    @Test func `the summary tells tier, next tier and when the tier goes`() async throws {
        let shop = try await Shop()
        try await shop.serve { (client) async throws in
            let id = try await client.newCustomer()
            let path = "/api/v1/customers/\(id)"
            let program = #"{"qualification":"months","qualificationMonths":3,"downgrade":"one_down","pending":"days"}"#
            #expect(try await client.put("/api/v1/loyalty/program", program).pointers == ["/pendingDays"])
            let whole = #"{"qualification":"months","qualificationMonths":3,"downgrade":"one_down","validity":null}"#
            let put = try await client.put("/api/v1/loyalty/program", whole)
            #expect(put.json["validity"] == .null)
            #expect(put.json.whole("qualificationMonths") == 3)
            #expect(put.json["tiers"]?.elements.last?["benefits"]?.elements.count == 4)
            _ = try await client.post(path + "/loyalty")
            _ = try await client.post(path + "/loyalty/earn", #"{"points":1200}"#)
            let summary = try await client.get(path + "/loyalty").json
            #expect(summary["tier"] == "Silver")
            #expect(summary["tierBenefits"]?.elements.compactMap(\.text) == ["birthday_discount", "free_shipping"])
            #expect(summary["nextTier"] == "Gold")
            #expect(summary.whole("nextTierThreshold") == 5_000)
            #expect(summary.whole("pointsToNextTier") == 3_800)
            #expect(summary["tierAfterwards"] == "Bronze")
            #expect(summary["tierValidUntil"]?.text?.hasSuffix("T00:00:00Z") == true)
            shop.clock.advance(by: .seconds(86_400 * 95))
            #expect(try await shop.organization.doDueWork().changedTiers == 1)
            #expect(try await client.get(path + "/loyalty").json["tier"] == "Bronze")
        }
    }

    @Test func `customers are listed by tier and points, and what they could spend comes to a sum`() async throws {
        try await Shop()
            .serve { (client) async throws in
                #expect(try await client.put("/api/v1/loyalty/program", #"{"name":"Club"}"#).status == 200)
                var ids: [String] = []
                for points in [10, 1_500, 6_000] {
                    let id = try await client.newCustomer(#"{"externalId":"c\#(points)"}"#)
                    ids.append(id)
                    _ = try await client.post("/api/v1/customers/\(id)/loyalty")
                    _ = try await client.post("/api/v1/customers/\(id)/loyalty/earn", #"{"points":\#(points)}"#)
                }
                _ = try await client.newCustomer()
                func listed(_ query: String) async throws -> [String] {
                    let list = try await client.get("/api/v1/customers?sort=points&\(query)").json
                    return list["data"]?.elements.compactMap { $0["id"]?.text } ?? []
                }
                #expect(try await listed("tier=Silver") == [ids[1]])
                #expect(try await listed("tier=gold&tier=bronze") == [ids[0], ids[2]])
                #expect(try await listed("tier=None") == [])
                #expect(try await listed("minPoints=1500") == [ids[1], ids[2]])
                #expect(try await listed("minPoints=11&maxPoints=5999") == [ids[1]])
                #expect(try await listed("maxPoints=0") == [])
                let liability = try await client.get("/api/v1/loyalty/liability").json
                #expect(liability.whole("points") == 7_510)
                #expect(liability.whole("accounts") == 3)
                #expect(liability["tiers"]?.elements.map { $0.whole("points") } == [10, 1_500, 6_000])
                #expect(liability.whole("expiringIn90Days") == 0)
                #expect(liability["books"]?.elements.compactMap { $0.whole("points") }.reduce(0, +) == 0)
            }
    }

    @Test func `a resting programme refuses, and says so`() async throws {
        try await Shop()
            .serve { (client) async throws in
                let path = try await member(client)
                #expect(try await client.put("/api/v1/loyalty/program", #"{"active":false}"#).status == 200)
                let refused = try await client.post(path + "/points", #"{"points":5,"reason":"x"}"#)
                #expect(refused.problem == "loyalty-program-inactive")
                #expect(refused.json["detail"] == "There is no active loyalty program.")
            }
    }
}
