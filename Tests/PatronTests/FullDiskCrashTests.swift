import Foundation
import Synchronization
import Testing

/// A server whose disk is filled and freed under load: it survives, loses nothing, and writes again by itself.
@Suite(.serialized, .enabled(if: SmallDisk.canMount, SmallDisk.skipReason)) struct FullDiskCrashTests {
    /// What the writers were told.
    private struct Tally {
        var acknowledged: [String] = []
        var refusedCount = 0
        /// Answers that are neither 201 nor 507.
        var others: [String] = []
    }

    /// About 25 KB that do not compress to nothing, so that the room made ahead is used up soon.
    private static func body(_ id: String) -> String {
        let metadata = (0..<50)
            .map { key in
                let value = (0..<31).map { _ in String(UInt64.random(in: .min ... .max), radix: 36) }.joined()
                    .prefix(400)
                return "\"k\(key)\":\"\(value)\""
            }
        return #"{"externalId":"\#(id)","firstName":"Ann","metadata":{\#(metadata.joined(separator: ","))}}"#
    }

    @Test func `filled and freed ten times under load, nothing acknowledged is lost`() throws {
        let disk = try SmallDisk(megabytes: 192)
        let data = disk.url.appendingPathComponent("data")
        let server = try Server(data: data)
        let tally = Mutex(Tally())
        let stops = Mutex(false)
        let writers = DispatchGroup()
        for writer in 0..<4 {
            writers.enter()
            Thread.detachNewThread {
                defer { writers.leave() }
                Self.write(to: server, writer, tally) { stops.withLock { $0 } }
            }
        }
        let reader = try server.connect()
        for round in 0..<10 {
            try waitFor("commands in round \(round)", in: tally) { $0.acknowledged.count }
            try disk.fill()
            try waitFor("a refusal in round \(round)", in: tally) { $0.refusedCount }
            // Reads go on.
            let known = try #require(tally.withLock { $0.acknowledged.randomElement() })
            #expect(try reader.get("/api/v1/customers/\(known)").status == 200)
            #expect(try saysThatItIsFull(reader), "round \(round)")
            try disk.free()
        }
        try waitFor("commands in the end", in: tally) { $0.acknowledged.count }
        stops.withLock { $0 = true }
        writers.wait()
        #expect(server.program.isRunning)
        #expect(tally.withLock { $0.others } == [])
        #expect(server.program.errors.contains("is full: commands get 507"))
        #expect(server.stop().status == 0)
        try check(data, tally.withLock { $0.acknowledged })
    }

    /// Whether the server says so within a while; a small write that still fits makes it ready again for a moment.
    private func saysThatItIsFull(_ connection: HTTPConnection) throws -> Bool {
        for _ in 0..<500 {
            let ready = try connection.get("/readyz")
            if ready.status == 503, ready.object["status"] as? String == "storage-full" { return true }
            usleep(20_000)
        }
        return false
    }

    @Test func `closed and started on a full disk, it answers and says why it does not write`() throws {
        let disk = try SmallDisk(megabytes: 64)
        let data = disk.url.appendingPathComponent("data")
        let server = try Server(data: data)
        let created = try server.connect().post("/api/v1/customers", Self.body("first"))
        let id = try #require(created.object["id"] as? String)
        try disk.fill()
        #expect(server.stop().status == 0)
        // What closing gave back is taken, too.
        try disk.fill()

        let again = try Server(data: data)
        let connection = try again.connect()
        #expect(try connection.get("/api/v1/customers/\(id)").status == 200)
        let refused = try connection.post("/api/v1/customers", Self.body("second"))
        #expect(refused.status == 507)
        #expect(refused.object["type"] as? String == "/problems/storage-full")
        #expect((refused.object["detail"] as? String)?.contains("free") == true)
        #expect(refused.headers["retry-after"] != nil)
        #expect(again.program.errors.contains("df -h"))
        #expect(try Program.patronctl.run(["verify", "--data", data.path]).status == 0)
        try disk.free()
        let deadline = Date().addingTimeInterval(60)
        while try connection.post("/api/v1/customers", Self.body("third")).status != 201, Date() < deadline {}
        #expect(try connection.get("/readyz").status == 200)
        #expect(again.stop().status == 0)
    }

    private static func write(
        to server: Server,
        _ writer: Int,
        _ tally: borrowing Mutex<Tally>,
        _ stops: () -> Bool
    ) {
        guard let connection = try? server.connect() else { return }
        for index in 0... where !stops() {
            guard let answer = try? connection.post("/api/v1/customers", body("w\(writer)-\(index)")) else {
                tally.withLock { $0.others.append("the connection broke") }
                return
            }
            tally.withLock { tally in
                switch (answer.status, answer.object["id"] as? String) {
                case (201, let id?): tally.acknowledged.append(id)
                case (507, _): tally.refusedCount += 1
                default: tally.others.append("\(answer.status) \(String(decoding: answer.body, as: UTF8.self))")
                }
            }
            if answer.status == 507 { usleep(20_000) }
            if stops() { return }
        }
    }

    /// Waits until a count has grown.
    private func waitFor(_ what: String, in tally: borrowing Mutex<Tally>, _ count: (Tally) -> Int) throws {
        let start = tally.withLock { count($0) }
        let deadline = Date().addingTimeInterval(120)
        while tally.withLock({ count($0) }) == start {
            guard Date() < deadline else {
                throw ServerError(text: "no \(what): \(tally.withLock { $0.others.suffix(3) })")
            }
            usleep(5_000)
        }
    }

    private func check(_ data: URL, _ acknowledged: [String]) throws {
        let verified = try Program.patronctl.run(["verify", "--data", data.path])
        #expect(verified.status == 0, "\(verified.output)\(verified.errors)")
        let server = try Server(data: data)
        let connection = try server.connect()
        let lost = try acknowledged.filter { try connection.get("/api/v1/customers/\($0)").status != 200 }
        #expect(lost == [])
        #expect(server.stop().status == 0)
        print("\(acknowledged.count) commands were acknowledged, none is lost")
    }
}
