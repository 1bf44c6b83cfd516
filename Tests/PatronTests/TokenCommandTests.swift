import Crypto
import Foundation
import Testing

/// `patron serve` with a file of keys that sign tokens.
@Suite struct TokenCommandTests {
    private let options = ["--jwt-issuer", "https://id.example.com", "--jwt-audience", "patron"]

    private func encode(_ bytes: some Sequence<UInt8>) -> String {
        Data(bytes).base64EncodedString().replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
    }

    private func keySet(_ key: Curve25519.Signing.PrivateKey) -> Data {
        let x = encode(key.publicKey.rawRepresentation)
        return Data(#"{"keys":[{"kid":"1","kty":"OKP","crv":"Ed25519","x":"\#(x)"}]}"#.utf8)
    }

    private func token(_ key: Curve25519.Signing.PrivateKey) throws -> String {
        let end = Int(Date().timeIntervalSince1970) + 3_600
        let claims = """
            {"iss":"https://id.example.com","aud":"patron","sub":"jane","exp":\(end),\
            "patron_permissions":["customers:read","orders:read"]}
            """
        let signed = encode(#"{"alg":"EdDSA","kid":"1"}"#.utf8) + "." + encode(claims.utf8)
        return signed + "." + encode(try key.signature(for: Data(signed.utf8)))
    }

    private func wait(_ server: Server, for line: String) throws {
        let deadline = Date().addingTimeInterval(60)
        while !server.program.errors.contains(line) {
            guard Date() < deadline else { throw ServerError(text: "no line: \(line)") }
            usleep(50_000)
        }
    }

    @Test func `keys are read again when their file changes, and a file that is none changes nothing`() throws {
        let scratch = try Scratch()
        let (key, next) = (Curve25519.Signing.PrivateKey(), Curve25519.Signing.PrivateKey())
        let file = scratch.appending("jwks.json")
        try keySet(key).write(to: file)
        let server = try Server(
            data: scratch.appending("data"),
            options: options + ["--jwks", file.path, "--jwt-allow", "customers:read"]
        )
        defer { server.kill() }
        let (now, later) = (try token(key), try token(next))
        func ask(_ token: String) throws -> HTTPConnection.Answer {
            try HTTPConnection(port: server.port, key: token).get("/api/v1/me")
        }
        #expect(try ask(now).object["actor"] as? String == "token:jane")
        #expect(try ask(now).object["permissions"] as? [String] == ["customers:read"])
        #expect(try ask(later).status == 401)
        try Data("{".utf8).write(to: file)
        try wait(server, for: "tokens: the keys stay as they were")
        #expect(try ask(now).status == 200)
        try keySet(next).write(to: file)
        try wait(server, for: "tokens: the keys of the file are taken now")
        #expect(try ask(now).status == 401)
        #expect(try ask(later).status == 200)
    }

    @Test func `settings that leave something open stop the start`() throws {
        let scratch = try Scratch()
        let file = scratch.appending("jwks.json")
        try Data("{}".utf8).write(to: file)
        for (wrong, reason) in [
            (["--jwks", file.path], "--jwt-issuer"),
            (["--jwt-allow", "admin"], "--jwks"),
            (options + ["--jwks", file.path, "--jwt-allow", "staff"], "'staff'"),
            (options + ["--jwks", file.path], "no JWK set"),
            (options + ["--jwks", scratch.appending("none").path], "cannot be used"),
        ] {
            let data = scratch.appending("data").path
            let outcome = try Program.patron.run(["serve", "--data", data, "--port", "0"] + wrong)
            #expect(outcome.status == 2, "\(wrong)")
            #expect(outcome.errors.contains(reason), "\(outcome.errors)")
            #expect(!FileManager.default.fileExists(atPath: data))
        }
    }
}
