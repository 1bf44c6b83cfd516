@testable import CustomerHTTP
import CustomerDomain
import EventSourcing
import HTTPTypes
import TestSupport
import Testing

struct ContactsAPITests {
    /// A key of staff with these permissions.
    private func key(_ client: Client, _ permissions: String) async throws -> Client {
        let made = try await client.post("/api/v1/api-keys", #"{"name":"k","permissions":[\#(permissions)]}"#)
        return client.with(secret: try #require(made.json["secret"]?.text))
    }

    @Test func `a code goes to who sends mail alone, and proves the address`() async throws {
        try await Shop()
            .serve { (client) async throws in
                let id = try await client.newCustomer()
                let path = "/api/v1/customers/\(id)/verifications"
                let staff = try await key(client, #""customers:read","customers:update""#)
                let asked = try await staff.post(path, #"{"channel":"email"}"#)
                #expect(asked.status == 201)
                #expect(asked.json["code"]?.isNull == true)
                #expect(asked.json["expiresAt"]?.isNull == true)
                let guess = #"{"channel":"email","code":"x"}"#
                #expect(try await staff.post("\(path)/confirm", guess).problem == "code-missing")

                let mailer = try await key(client, #""customers:read","customers:update","mail:send""#)
                let made = try await mailer.post(path, #"{"channel":"email"}"#)
                let code = try #require(made.json["code"]?.text)
                let wrong = try await staff.post("\(path)/confirm", guess)
                #expect(wrong.problem == "wrong-code" && wrong.pointers == ["/code"])
                let proven = try await staff.post("\(path)/confirm", #"{"channel":"email","code":"\#(code)"}"#)
                #expect(proven.status == 200)
                #expect(proven.json["emailVerifiedAt"]?.isNull == false)
                let timeline = try await client.get("/api/v1/customers/\(id)/timeline")
                #expect(!timeline.text.contains(code))
                let types = timeline.json["data"]?.elements.map { $0["type"]?.text }
                #expect(
                    types == [
                        "ContactVerified", "VerificationFailed", "VerificationRequested", "VerificationRequested",
                        "CustomerCreated",
                    ]
                )
            }
    }

    @Test func `a retry of a request for a code shows none`() async throws {
        try await Shop()
            .serve { (client) async throws in
                let id = try await client.newCustomer()
                let path = "/api/v1/customers/\(id)/verifications"
                let key = try #require(HTTPField.Name("Idempotency-Key"))
                let one = try await client.post(path, #"{"channel":"email"}"#, [key: "k"])
                let two = try await client.post(path, #"{"channel":"email"}"#, [key: "k"])
                #expect(one.json["code"]?.text != nil)
                #expect(two.status == 201 && two.json["code"]?.isNull == true)
                #expect(one.json["expiresAt"] == two.json["expiresAt"])
            }
    }

    @Test func `a new address is proved by its own code and takes the place of the old one`() async throws {
        try await Shop()
            .serve { (client) async throws in
                let id = try await client.newCustomer()
                let path = "/api/v1/customers/\(id)/verifications"
                let made = try await client.post(path, #"{"channel":"email","email":"new@example.com"}"#)
                let code = try #require(made.json["code"]?.text)
                #expect(try await client.get("/api/v1/customers/\(id)").json["email"]?.text == "jane@example.com")
                let other = #"{"channel":"email","code":"\#(code)","email":"evil@example.com"}"#
                #expect(try await client.post("\(path)/confirm", other).problem == "wrong-code")
                let proof = #"{"channel":"email","code":"\#(code)","email":"New@example.com"}"#
                let proven = try await client.post("\(path)/confirm", proof)
                #expect(proven.json["email"]?.text == "New@example.com")
                #expect(proven.json["emailVerifiedAt"]?.isNull == false)
                let edited = try await client.patch("/api/v1/customers/\(id)", #"{"email":"third@example.com"}"#)
                #expect(edited.json["emailVerifiedAt"]?.isNull == true)
            }
    }

    @Test func `a phone gets six digits for ten minutes`() async throws {
        let shop = try await Shop()
        try await shop.serve { (client) async throws in
            let id = try await client.newCustomer(#"{"phone":"+1 555 010 0100"}"#)
            let path = "/api/v1/customers/\(id)/verifications"
            let made = try await client.post(path, #"{"channel":"phone"}"#)
            let code = try #require(made.json["code"]?.text)
            #expect(code.count == 6 && code.allSatisfy(\.isNumber))
            shop.clock.advance(by: .seconds(600))
            let late = try await client.post("\(path)/confirm", #"{"channel":"phone","code":"\#(code)"}"#)
            #expect(late.problem == "code-expired")
        }
    }

    @Test func `what is suppressed shows in the customer and in the list`() async throws {
        try await Shop()
            .serve { (client) async throws in
                let id = try await client.newCustomer()
                let path = "/api/v1/customers/\(id)/suppressions/email"
                let bounced = try await client.put(path, #"{"reason":"bounce"}"#)
                #expect(bounced.json["suppressions"]?.elements.first?["reason"]?.text == "bounce")
                #expect(try await client.get("/api/v1/customers?suppressed=email").json["count"]?.whole == 1)
                #expect(try await client.get("/api/v1/customers?suppressed=phone").json["count"]?.whole == 0)
                #expect(try await client.delete(path).json["suppressions"]?.elements.isEmpty == true)
                #expect(try await client.get("/api/v1/customers?suppressed=email").json["count"]?.whole == 0)
                #expect(
                    try await client.put("/api/v1/customers/\(id)/suppressions/x", #"{"reason":"bounce"}"#).status
                        >= 400
                )
            }
    }

    @Test func `support sees what keeps somebody out, and a new password is the customer's`() async throws {
        try await Shop()
            .serve { (client) async throws in
                let id = try await client.newCustomer()
                let path = "/api/v1/customers/\(id)"
                #expect(try await client.get("\(path)/access").json["canLogIn"]?.flag == true)
                let reset = try await client.post("\(path)/password-reset")
                let code = try #require(reset.json["code"]?.text)
                let pending = try await client.get("\(path)/access")
                #expect(pending.json["passwordResetExpiresAt"]?.isNull == false)
                #expect(pending.json["obstacles"]?.elements.map(\.text) == ["email_unverified"])
                #expect(try await client.post("\(path)/password-reset/confirm", #"{"code":"\#(code)"}"#).status == 200)
                let again = try await client.post("\(path)/password-reset/confirm", #"{"code":"\#(code)"}"#)
                #expect(again.problem == "code-missing")

                #expect(try await client.put("\(path)/suppressions/email", #"{"reason":"complaint"}"#).status == 200)
                #expect(try await client.post("\(path)/password-reset").problem == "email-suppressed")
                #expect(try await client.post("\(path)/disable").status == 200)
                #expect(try await client.post("\(path)/password-reset").problem == "customer-disabled")
                let access = try await client.get("\(path)/access")
                #expect(access.json["canLogIn"]?.flag == false)
                let obstacles = access.json["obstacles"]?.elements.map(\.text)
                #expect(obstacles == ["disabled", "email_suppressed", "email_unverified"])

                let guest = try await client.newCustomer(#"{"firstName":"G","accountType":"guest"}"#)
                #expect(try await client.post("/api/v1/customers/\(guest)/password-reset").problem == "no-password")
            }
    }

    @Test func `an account gets the orders of a guest with its address once that is verified`() async throws {
        try await Shop()
            .serve { (client) async throws in
                let guest = try await client.newCustomer(#"{"email":"jane@example.com","accountType":"guest"}"#)
                let order =
                    #"{"number":"1","currency":"USD","items":[{"sku":"A","name":"Apple","quantity":1,"unitPrice":500}]}"#
                #expect(try await client.post("/api/v1/customers/\(guest)/orders", order).status == 201)
                let id = try await client.newCustomer()
                #expect(try await client.post("/api/v1/customers/\(guest)/claim").problem == "email-taken")
                let path = "/api/v1/customers/\(id)/verifications"
                let made = try await client.post(path, #"{"channel":"email"}"#)
                let code = try #require(made.json["code"]?.text)
                #expect(try await client.get("/api/v1/customers/\(id)").json["orderCount"]?.whole == 0)
                let proven = try await client.post("\(path)/confirm", #"{"channel":"email","code":"\#(code)"}"#)
                #expect(proven.json["orderCount"]?.whole == 1)
                let late = try await client.newCustomer(#"{"email":"jane@example.com","accountType":"guest"}"#)
                // The address is verified already.
                let claimed = try await client.post("/api/v1/customers/\(late)/claim")
                #expect(claimed.status == 200)
                #expect(claimed.json["id"]?.text == id)
            }
    }
}
