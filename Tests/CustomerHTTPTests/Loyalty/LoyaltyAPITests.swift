@testable import CustomerHTTP
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
}
