import Foundation
import Testing

/// Webhooks of a real server to a real receiver, which verifies messages by the code in docs/WEBHOOKS.md.
@Suite(.serialized) struct WebhookTests {
    @Test func `messages arrive, verify by the documented code, are tried again, and go on after a crash`() throws {
        let scratch = try Scratch()
        let receiver = try Receiver(scratch.appending("receiver"))
        defer { receiver.stop() }
        let data = scratch.appending("data")
        let server = try Server(data: data, options: ["--webhooks-allow-private"])
        let client = try server.connect()
        let created = try client.post(
            "/api/v1/webhooks",
            #"{"url":"\#(receiver.url)","eventTypes":["CustomerCreated"]}"#
        )
        #expect(created.status == 201)
        let id = try #require(created.object["id"] as? String)
        try receiver.put(try #require(created.object["secret"] as? String), in: "secret")

        #expect(try client.post("/api/v1/customers", #"{"externalId":"first-one"}"#).status == 201)
        let first = try receiver.wait { $0.contains("first-one") }
        #expect(first.contains(#""verified": true"#) && first.contains(#""forged": false"#))
        #expect(first.contains(#""type": "CustomerCreated""#))
        let test = try client.post("/api/v1/webhooks/\(id)/test", "")
        #expect(test.object["delivered"] as? Bool == true, "\(test.object)")

        // A failure, then the next attempt by the schedule: five seconds later, with the same identifier.
        try receiver.put("500", in: "answers")
        #expect(try client.post("/api/v1/customers", #"{"externalId":"second-one"}"#).status == 201)
        let failed = try receiver.wait { $0.contains("second-one") && $0.contains(#""status": 500"#) }
        let again = try receiver.wait { $0.contains("second-one") && $0.contains(#""status": 200"#) }
        #expect(Receiver.id(failed) == Receiver.id(again) && again.contains(#""verified": true"#))
        let deliveries = try client.get("/api/v1/webhooks/\(id)/deliveries")
        #expect(deliveries.object["count"] as? Int == 2, "\(deliveries.object)")
        let metrics = String(decoding: try client.get("/metrics").body, as: UTF8.self)
        #expect(metrics.contains("patron_webhook_failures_total") && metrics.contains("patron_webhooks_enabled"))

        // A crash in between: what was not answered by success comes again, and so does the rest.
        try receiver.put("503", in: "answers")
        #expect(try client.post("/api/v1/customers", #"{"externalId":"third-one"}"#).status == 201)
        _ = try receiver.wait { $0.contains("third-one") }
        server.kill()
        let next = try Server(data: data, options: ["--webhooks-allow-private"])
        let other = try next.connect()
        #expect(try other.post("/api/v1/customers", #"{"externalId":"fourth-one"}"#).status == 201)
        _ = try receiver.wait { $0.contains("third-one") && $0.contains(#""status": 200"#) }
        _ = try receiver.wait { $0.contains("fourth-one") && $0.contains(#""verified": true"#) }

        // Gone is gone.
        try receiver.put("410", in: "answers")
        #expect(try other.post("/api/v1/customers", #"{"externalId":"fifth-one"}"#).status == 201)
        _ = try receiver.wait { $0.contains("fifth-one") && $0.contains(#""status": 410"#) }
        for _ in 0..<500 where try other.get("/api/v1/webhooks/\(id)").object["disabled"] as? Bool != true {
            usleep(20_000)
        }
        #expect(try other.get("/api/v1/webhooks/\(id)").object["disabledReason"] as? String == "gone")
        #expect(next.stop().status == 0)
    }

    @Test func `without the option nothing is sent to this machine`() throws {
        let scratch = try Scratch()
        let server = try Server(data: scratch.appending("data"))
        let client = try server.connect()
        for url in [
            "http://127.0.0.1:80/", "https://127.0.0.1/", "https://[::1]/", "https://169.254.169.254/latest",
            "https://localhost/",
        ] {
            let answer = try client.post("/api/v1/webhooks", #"{"url":"\#(url)"}"#)
            #expect(answer.status == 422 || answer.status == 400, "\(url): \(answer.status)")
            #expect(String(decoding: answer.body, as: UTF8.self).contains("/url"), "\(url)")
        }
        #expect(server.stop().status == 0)
    }
}

/// The receiver in Tests/Webhooks, with the code that docs/WEBHOOKS.md shows.
private final class Receiver {
    private let directory: URL
    private let program: RunningProgram
    let url: String

    init(_ directory: URL) throws {
        self.directory = directory
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        let document = try String(
            contentsOf: Program.packageRoot.appendingPathComponent("docs/WEBHOOKS.md"),
            encoding: .utf8
        )
        let code = try #require(
            document.components(separatedBy: "```python\n").dropFirst().first?.components(separatedBy: "```").first
        )
        try code.write(to: directory.appendingPathComponent("verify.py"), atomically: true, encoding: .utf8)
        let script = Program.packageRoot.appendingPathComponent("Tests/Webhooks/receiver.py").path
        program = try Program(path: "/usr/bin/env").start(["python3", script, directory.path])
        var port: Substring?
        for _ in 0..<3_000 where port == nil {
            port = program.output.split(separator: "\n").first?.split(separator: " ").last
            usleep(10_000)
        }
        url = "http://127.0.0.1:\(try #require(port, "\(program.errors)"))/hooks"
    }

    func put(_ text: String, in file: String) throws {
        try text.write(to: directory.appendingPathComponent(file), atomically: true, encoding: .utf8)
    }

    /// Waits for a line that says this.
    func wait(_ says: (String) -> Bool) throws -> String {
        for _ in 0..<3_000 {
            if let line = program.output.split(separator: "\n").map(String.init).first(where: says) { return line }
            usleep(10_000)
        }
        throw ServerError(text: "no such message: \(program.output)\(program.errors)")
    }

    static func id(_ line: String) -> String? {
        line.components(separatedBy: #""id": ""#).dropFirst().first?.components(separatedBy: "\"").first
    }

    func stop() {
        // Not SIGTERM, which a child of a worker thread has blocked.
        program.signal(SIGKILL)
        _ = program.waitForEnd()
    }
}
