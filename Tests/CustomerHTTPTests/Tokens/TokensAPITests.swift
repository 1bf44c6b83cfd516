@testable import CustomerHTTP
import Crypto
import CryptoExtras
import CustomerDomain
import CustomerService
import EventSourcing
import Foundation
import HTTPTypes
import TestSupport
import Testing

/// JSON Web Tokens beside API keys.
struct TokensAPITests {
    private let mint = TokenMint()
    private let start = TokenMint.start
    private let whole: [String: String?] = ["patron_organization": #""default""#]

    // MARK: Vectors

    /// RFC 7515, A.2 and A.3, and RFC 8037, A.4.
    @Test(arguments: [
        (
            #"{"kid":"1","kty":"RSA","e":"AQAB","n":"ofgWCuLjybRlzo0tZWJjNiuSfb4p4fAkd_wWJcyQoTbji9k0l8W26mPddxHmfHQp-Vaw-4qPCJrcS2mJPMEzP1Pt0Bm4d4QlL-yRT-SFd2lZS-pCgNMsD1W_YpRPEwOWvG6b32690r2jZ47soMZo9wGzjb_7OMg0LOL-bSf63kpaSHSXndS5z5rexMdbBYUsLA9e-KXBdQOS-UTo7WTBEMa2R2CapHg665xsmtdVMTBQY4uDZlxvb3qCo5ZwKh9kG4LT6_I5IhlJH7aGhyxXFvUK-DWNmoudF8NAco9_h9iaGNj8q2ethFkMLs91kzk2PAcDTW9gb54h4FRWyuXpoQ"}"#,
            "eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ",
            "cC4hiUPoj9Eetdgtv3hF80EGrhuB__dzERat0XF9g2VtQgr9PJbu3XOiZj5RZmh7AAuHIm4Bh-0Qc_lF5YKt_O8W2Fp5jujGbds9uJdbF9CUAr7t1dnZcAcQjbKBYNX4BAynRFdiuB--f_nZLgrnbyTyWzO75vRK5h6xBArLIARNPvkSjtQBMHlb1L07Qe7K0GarZRmB_eSN9383LcOLn6_dO--xi12jzDwusC-eOkHWEsqtFZESc6BfI7noOPqvhJ1phCnvWh6IeYI2w9QOYEUipUTI8np6LbgGY9Fs98rqVt5AXLIhWkWywlVmtVrBp0igcN_IoypGlUPQGe77Rw"
        ),
        (
            #"{"kid":"1","kty":"EC","crv":"P-256","x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU","y":"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"}"#,
            "eyJhbGciOiJFUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ",
            "DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q"
        ),
        (
            #"{"kid":"1","kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}"#,
            "eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc",
            "hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg"
        ),
    ])
    func `the signatures of the standards check, and no others`(key: String, signed: String, signature: String) throws {
        let key = try #require(try TokenKey(JSONParser.parse(Array(key.utf8))))
        var bytes = try #require(Base64.decode(signature, .url))
        #expect(key.verifies(bytes, of: Array(signed.utf8)))
        #expect(!key.verifies(bytes, of: Array((signed + "A").utf8)))
        bytes[bytes.count / 2] ^= 1
        #expect(!key.verifies(bytes, of: Array(signed.utf8)))
        #expect(!key.verifies([], of: Array(signed.utf8)))
    }

    // MARK: Tokens

    private func serve<Value: Sendable>(
        grants: TokenGrants = TokenGrants(),
        _ body: @escaping @Sendable (Client) async throws -> Value
    ) async throws -> Value {
        let (shop, other) = (try await Shop(), try await Shop(name: "other"))
        return try await mint.withRules(grants: grants) { (rules, _) async throws in
            try await shop.serve(beside: other, tokens: rules) { (client) async throws in try await body(client) }
        }
    }

    @Test func `a token says who asks, and what it may do`() async throws {
        try await serve { (client) async throws in
            func ask(_ changes: [String: String?]) async throws -> Reply {
                let all = changes.merging(whole) { first, _ in first }
                return try await client.with(secret: try mint.token(mint.claims(all))).get("/api/v1/me")
            }
            let told = try await ask([:]).json
            #expect(told["actor"] == "token:jane@corp")
            #expect(told.texts("permissions") == ["customers:read"])
            #expect(told["role"] == "staff")
            #expect(try await ask(["patron_role": #""staff""#]).json == told)
            #expect(try await ask(["patron_organization": #""other""#]).json["organization"] == "other")
            let role = try await client.post("/api/v1/roles", #"{"name":"Desk","permissions":["orders:read"]}"#)
            #expect(role.status == 201)
            let desk = try await ask(["patron_role": #""Desk""#])
            #expect(desk.json.texts("permissions") == ["customers:read", "orders:read"])
            // A change of the role holds at once.
            _ = try await client.patch(try #require(role.headers[.location]), #"{"permissions":[]}"#)
            #expect(try await ask(["patron_role": #""Desk""#]).json.texts("permissions") == ["customers:read"])
            for wrong in [
                ["patron_role": #""Nobody""#], ["patron_permissions": #"["customers:fly"]"#], ["sub": #""a b""#],
                ["patron_permissions": #""customers:read""#], ["patron_organization": #""third""#],
                ["patron_role": "1"],
            ] {
                #expect(try await ask(wrong).status == 401, "\(wrong)")
            }
            // Of several organizations a token must name one.
            #expect(try await client.with(secret: try mint.token(mint.claims())).get("/api/v1/me").status == 401)
        }
    }

    @Test func `events name the token's subject`() async throws {
        try await serve { (client) async throws in
            let all = mint.claims([
                "patron_organization": #""default""#, "patron_permissions": #"["customers:update"]"#,
            ])
            let jane = client.with(secret: try mint.token(all, header: #"{"alg":"ES256","kid":"ec","typ":"JWT"}"#))
            #expect(try await jane.post("/api/v1/customers", #"{"firstName":"A"}"#).status == 201)
            let events = try await client.get("/api/v1/events?actor=token:jane@corp")
            #expect(events.json["data"]?.elements.count == 1)
            #expect(try await jane.get("/api/v1/customers").json["missingPermission"] == "customers:read")
        }
    }

    @Test func `what does not stand, or is not signed by a key of its kind, is refused`() async throws {
        try await serve { (client) async throws in
            func status(_ token: String) async throws -> Int {
                try await client.with(secret: token).get("/api/v1/me").status
            }
            func with(_ changes: [String: String?]) -> String { mint.claims(whole.merging(changes) { $1 }) }
            let good = try mint.token(with([:]))
            #expect(try await status(good) == 200)
            for changes: [String: String?] in [
                ["iss": #""https://evil.example.com""#], ["aud": #""other""#], ["aud": nil], ["exp": nil],
                ["exp": "\(start - 60)"], ["exp": #""soon""#], ["nbf": "\(start + 61)"], ["iat": "\(start + 61)"],
                ["sub": nil], ["exp": "-1"], ["exp": "1e300"],
            ] {
                #expect(try await status(try mint.token(with(changes))) == 401, "\(changes)")
            }
            for changes: [String: String?] in [["exp": "\(start - 59)"], ["nbf": "\(start + 60)"], ["iat": "\(start)"]]
            {
                #expect(try await status(try mint.token(with(changes))) == 200, "\(changes)")
            }
            for header in [
                #"{"alg":"none","kid":"ed"}"#, #"{"alg":"HS256","kid":"ed"}"#, #"{"alg":"ES256","kid":"ed"}"#,
                #"{"alg":"EdDSA"}"#, #"{"alg":"EdDSA","kid":"none"}"#, #"{"alg":"EdDSA","kid":"ed","crit":["exp"]}"#,
                #"{"alg":"EdDSA","kid":"other"}"#, #"{"alg":"EdDSA","kid":"ed","typ":"secevent+jwt"}"#,
                #"{"alg":"EdDSA","kid":"ed","kid":"ed"}"#, #"{"kid":"ed"}"#, "[]",
            ] {
                #expect(try await status(try mint.token(with([:]), header: header)) == 401, "\(header)")
            }
            let parts = good.split(separator: ".").map { String($0) }
            for wrong in [
                parts[0] + "." + parts[1] + ".",
                parts[0] + "." + TokenMint.encode(with(["sub": #""eve""#]).utf8) + "." + parts[2],
                good + "=", good + ".x", "a.b.c", "..",
            ] {
                #expect(try await status(wrong) == 401, "\(wrong)")
            }
        }
    }

    @Test func `the file is read again, and a bad one leaves the keys as they are`() async throws {
        try await mint.withRules { (rules, file) async throws in
            let good = try mint.token(mint.claims())
            #expect(try rules.claims(of: good, at: start).subject == "jane@corp")
            #expect(try !rules.reload())
            let large = String(repeating: " ", count: 1 << 20) + (try mint.keySet())
            for wrong in [
                "", "{}", #"{"keys":[]}"#, #"{"keys":[{"kty":"OKP","crv":"Ed25519","kid":"ed","x":"AA"}]}"#, large,
                #"{"keys":[{"kty":"oct","kid":"ed","k":"AAAA"}]}"#,
                try mint.keySet().replacing(#""kid":"ec""#, with: #""kid":"ed""#),
                try mint.keySet().replacing(#""kid":"ec""#, with: #""kid":"""#),
                try mint.keySet().replacing(#""kid":"ec""#, with: #""kid":"ec","d":"AAAA""#),
            ] {
                try wrong.write(toFile: file, atomically: true, encoding: .utf8)
                #expect(throws: TokenKeyError.self, "\(wrong.prefix(80))") { try rules.reload() }
                #expect(try rules.claims(of: good, at: start).subject == "jane@corp")
            }
            try FileManager.default.removeItem(atPath: file)
            #expect(throws: (any Error).self) { try rules.reload() }
            #expect(try rules.claims(of: good, at: start).subject == "jane@corp")
            let other = TokenMint()
            try other.keySet().write(toFile: file, atomically: true, encoding: .utf8)
            #expect(try rules.reload())
            #expect(throws: TokenRefusal.self) { try rules.claims(of: good, at: start) }
            #expect(try rules.claims(of: other.token(other.claims()), at: start).subject == "jane@corp")
        }
    }

    @Test func `a token gives nothing beyond what the settings allow`() async throws {
        let grants = TokenGrants(permissions: [.readCustomers, .readOrders], roles: [.auditor])
        try await serve(grants: grants) { (client) async throws in
            func ask(_ changes: [String: String?]) async throws -> Reply {
                let claims = mint.claims(whole.merging(changes) { $1 })
                return try await client.with(secret: try mint.token(claims)).get("/api/v1/me")
            }
            let both = [#"["customers:read","customers:erase"]"#, #"["customers:erase"]"#]
            #expect(try await ask(["patron_permissions": both[0]]).json.texts("permissions") == ["customers:read"])
            #expect(try await ask(["patron_permissions": both[1]]).json.texts("permissions") == [])
            let desk = #"{"name":"Desk","permissions":["orders:read","orders:update"]}"#
            #expect(try await client.post("/api/v1/roles", desk).status == 201)
            let told = try await ask(["patron_role": #""Desk""#, "patron_permissions": nil])
            #expect(told.json.texts("permissions") == ["orders:read"])
            #expect(try await ask(["patron_role": #""auditor""#]).json["role"] == "auditor")
            let refused = try await ask(["patron_role": #""admin""#])
            #expect(refused.status == 401)
            #expect(refused.json["detail"]?.text?.contains("admin") == true)
        }
        // Unless told otherwise, staff is all that a token can make.
        try await serve { (client) async throws in
            for role in ["admin", "auditor"] {
                let claims = mint.claims(whole.merging(["patron_role": "\"\(role)\""]) { $1 })
                #expect(try await client.with(secret: try mint.token(claims)).get("/api/v1/me").status == 401)
            }
        }
    }

    @Test(arguments: TokenMint.headers)
    func `whatever byte of a token is another, it is refused`(header: String) async throws {
        let good = Array(try mint.token(mint.claims(whole), header: header).utf8)
        try await mint.withRules { (rules, _) async throws in
            #expect(try rules.claims(of: String(decoding: good, as: UTF8.self), at: start).subject == "jane@corp")
            try Property.forAll(seeds: good.count * 2) { generator in
                var bytes = good
                let place = Int.random(in: bytes.indices, using: &generator)
                bytes[place] = UInt8.random(in: 0x20...0x7E, using: &generator)
                guard bytes != good else { return }
                let token = String(decoding: bytes, as: UTF8.self)
                try #require(throws: TokenRefusal.self, "\(token)") { try rules.claims(of: token, at: start) }
            }
        }
        try await serve { (client) async throws in
            #expect(
                try await client.with(secret: String(decoding: good, as: UTF8.self)).get("/api/v1/me").status == 200
            )
            for place in good.indices {
                var bytes = good
                bytes[place] ^= 1
                let reply = try await client.with(secret: String(decoding: bytes, as: UTF8.self)).get("/api/v1/me")
                #expect(reply.status == 401, "byte \(place)")
            }
        }
    }

    @Test func `without settings for tokens none is taken`() async throws {
        try await (try await Shop())
            .serve { (client) async throws in
                let reply = try await client.with(secret: try mint.token(mint.claims())).get("/api/v1/me")
                #expect(reply.status == 401)
            }
    }
}
