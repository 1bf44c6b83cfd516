import CustomerDomain
import EventSourcing
import Foundation
import Synchronization
import TestSupport
import Testing

@testable import CustomerService

/// The control socket: one line asks, lines answer.
@Suite struct ControlTests {
    private func withServer<Value>(
        _ change: (inout ControlVerbs) -> Void = { _ in },
        _ body: (String, ControlServer) async throws -> Value
    ) async throws -> Value {
        try await withTemporaryDirectory { root in
            let organization = try Organization(name: "default", log: InMemoryEventLog(), now: systemTime)
            var verbs = ControlVerbs.basic(organization)
            change(&verbs)
            let server = try ControlServer.start(inDirectory: root, organizations: ["default"], verbs: verbs)
            let value = try await body(root, server)
            await server.stop()
            #expect(!FileManager.default.fileExists(atPath: server.path))
            return value
        }
    }

    private func ask(_ root: String, _ verb: String, organization: String = "default") throws -> ControlResult {
        try ControlClient(directory: root).ask(ControlRequest(verb, organization: organization))
    }

    @Test func `a server tells its live head`() async throws {
        try await withServer { root, _ in
            let result = try ask(root, "info")
            #expect(result.values["head"] == .number(0))
            guard case .text(let hash)? = result.values["stateHash"] else {
                Issue.record("no state hash: \(result)")
                return
            }
            #expect(hash.count == 64)
            let mode = try FileManager.default.attributesOfItem(atPath: root + "/control.sock")[.posixPermissions]
            #expect((mode as? NSNumber)?.intValue == 0o600)
        }
    }

    @Test func `what cannot be done is refused by name`() async throws {
        try await withServer { root, _ in
            var failure = #expect(throws: ControlFailure.self) { try ask(root, "frobnicate") }
            #expect(failure?.code == .unknownVerb)
            #expect(failure?.message.contains("info, sync, tail") == true)
            failure = #expect(throws: ControlFailure.self) { try ask(root, "info", organization: "other") }
            #expect(failure?.code == .unknownOrganization)
            for line in ["", "{}", "[1]", #"{"version":2,"verb":"info"}"#, #"{"version":1}"#] {
                let socket = try UnixSocket.connect(to: root + "/control.sock")
                #expect(socket.send(Array(line.utf8) + [0x0A]))
                var lines = LineReader(socket)
                let answer = lines.next()
                guard case .failure(let failure)? = answer.flatMap({ ControlMessage(line: $0) }) else {
                    Issue.record("\(line) was answered \(String(decoding: answer ?? [], as: UTF8.self))")
                    continue
                }
                #expect(failure.code == .badRequest)
            }
        }
    }

    @Test func `progress comes before the result, and an error is the handler's`() async throws {
        struct Broken: Error {}
        try await withServer { verbs in
            verbs.register("count") { request, progress in
                for step in 1...3 { try progress(ControlProgress(done: UInt64(step), total: 3, unit: "steps")) }
                return ControlResult("done", values: ["to": .text(request.arguments["to"] ?? "-")])
            }
            verbs.register("break") { _, _ in throw Broken() }
        } _: { root, _ in
            var steps: [UInt64] = []
            let request = ControlRequest("count", organization: "default", arguments: ["to": "three \"3\"\n"])
            let result = try ControlClient(directory: root).ask(request) { steps.append($0.done) }
            #expect(steps == [1, 2, 3])
            #expect(result == ControlResult("done", values: ["to": .text("three \"3\"\n")]))
            let failure = #expect(throws: ControlFailure.self) { try ask(root, "break") }
            #expect(failure?.code == .failed)
        }
    }

    @Test func `two are answered at once, one too many is refused by name`() async throws {
        let waiting = Mutex(0)
        let goesOn = Mutex(false)
        try await withServer { verbs in
            verbs.register("wait") { _, _ in
                waiting.withLock { $0 += 1 }
                while !goesOn.withLock({ $0 }) { sleepShortly(2) }
                return ControlResult("waited")
            }
        } _: { root, _ in
            try await withThrowingTaskGroup(of: String.self) { group in
                for _ in 0..<ControlServer.connectionLimit {
                    group.addTask { try await Self.inThread { try ask(root, "wait").summary } }
                }
                while waiting.withLock({ $0 }) < ControlServer.connectionLimit { await Task.yield() }
                let failure = #expect(throws: ControlFailure.self) { try ask(root, "info") }
                #expect(failure?.code == .busy)
                #expect(failure?.message.contains("wait") == true)
                goesOn.withLock { $0 = true }
                for try await summary in group { #expect(summary == "waited") }
            }
            _ = try ask(root, "info")
        }
    }

    @Test func `a tool that goes away cancels its verb, and so does the server's end`() async throws {
        let begun = Mutex(0)
        let cancelled = Mutex(0)
        try await withServer { verbs in
            verbs.register("work") { _, progress in
                begun.withLock { $0 += 1 }
                do {
                    while true {
                        try progress(ControlProgress(done: 0, total: nil, unit: "steps"))
                        sleepShortly(2)
                    }
                } catch {
                    cancelled.withLock { $0 += 1 }
                    throw error
                }
            }
        } _: { root, server in
            do {
                let socket = try UnixSocket.connect(to: root + "/control.sock")
                #expect(socket.send(ControlRequest("work", organization: "default").line))
                while begun.withLock({ $0 }) < 1 { await Task.yield() }
            }
            while cancelled.withLock({ $0 }) < 1 { await Task.yield() }

            async let outcome = Self.inThread {
                Result { () throws in try ask(root, "work") }.mapError { $0 as? ControlFailure ?? .init(.failed, "") }
            }
            while begun.withLock({ $0 }) < 2 { await Task.yield() }
            await server.stop()
            guard case .failure(let failure) = try await outcome else {
                Issue.record("the work ended")
                return
            }
            #expect(failure.code == .cancelled)
            #expect(cancelled.withLock { $0 } == 2)
        }
    }

    @Test func `tail sends what is there and what comes, and stops where it shall`() async throws {
        try await withTemporaryDirectory { root in
            let organization = try Organization(name: "default", log: InMemoryEventLog(), now: systemTime)
            _ = try await organization.createFirstAdminKey(secret: nil)
            let head = organization.head.durable.value
            let server = try ControlServer.start(
                inDirectory: root,
                organizations: ["default"],
                verbs: ControlVerbs.basic(organization)
            )
            let follows = Mutex(false)
            let next = ControlRequest("tail", organization: "default", arguments: ["last": "\(head + 1)"])
            async let new = Self.lines(root, next) { follows.withLock { $0 = true } }
            while !follows.withLock({ $0 }) { await Task.yield() }
            let key = APIKey(
                id: organization.identifiers.next(),
                name: "Second",
                secretDigest: organization.identifiers.nextSecret().digest,
                role: .admin
            )
            _ = try await organization.execute(
                .createAPIKey(key),
                scope: .local(tool: "test", organization: "default")
            )
            #expect(try await new.map { $0.contains("\(head + 1)  ") && $0.contains("  test  ") } == [true])

            var request = ControlRequest("tail", organization: "default")
            request.arguments = ["first": "1", "last": "\(head + 1)", "json": "true"]
            let all = try await Self.lines(root, request) {}
            #expect(all.count == Int(head) + 1)
            #expect(all.first?.hasPrefix(#"{"sequence":1,"#) == true)
            request.arguments["actor"] = "test"
            #expect(try await Self.lines(root, request) {}.count == 1)
            request.arguments["customer"] = "nobody"
            await #expect(throws: ControlFailure.self) { try await Self.lines(root, request) {} }
            request.arguments = ["first": "one"]
            await #expect(throws: ControlFailure.self) { try await Self.lines(root, request) {} }
            await server.stop()
        }
    }

    private static func lines(
        _ root: String,
        _ request: ControlRequest,
        _ onProgress: @escaping @Sendable () -> Void
    ) async throws -> [String] {
        try await inThread {
            var lines: [String] = []
            _ = try ControlClient(directory: root)
                .ask(request) { progress in
                    if let line = progress.line { lines.append(line) }
                    onProgress()
                }
            return lines
        }
    }

    @Test func `a socket file that a dead server left is replaced, and without a server nobody answers`() async throws {
        try await withTemporaryDirectory { root in
            let path = root + "/control.sock"
            let failure = #expect(throws: ControlFailure.self) { try ask(root, "info") }
            #expect(failure?.code == .notConnected)
            _ = try UnixSocket.listen(at: path)
            #expect(FileManager.default.fileExists(atPath: path))
            #expect(throws: ControlFailure.self) { try ask(root, "info") }
            let server = try ControlServer.start(inDirectory: root, organizations: [], verbs: ControlVerbs())
            #expect(throws: ControlFailure.self) { try ask(root, "info") }
            await server.stop()
        }
    }

    @Test func `a path too long for a socket is said`() throws {
        let path = "/tmp/" + String(repeating: "x", count: 120)
        let failure = #expect(throws: ControlFailure.self) {
            try ControlServer.start(inDirectory: path, organizations: [], verbs: ControlVerbs())
        }
        #expect(failure?.message.contains("a socket's may have \(UnixSocket.pathByteLimit)") == true)
    }

    private static func inThread<Value: Sendable>(_ body: @escaping @Sendable () throws -> Value) async throws -> Value
    {
        try await withCheckedThrowingContinuation { continuation in
            Thread.detachNewThread { continuation.resume(with: Result { try body() }) }
        }
    }
}
