import Foundation
import Synchronization
import Testing

/// A server is killed while it writes, seals, packs, compacts, takes snapshots and is backed up, and the tools with it.
@Suite(.serialized) struct KilledMaintenanceCrashTests {
    /// A shop takes so many kills, and then a new one begins: the last kill shall not take longer than the first.
    private static let killsPerShop = 25

    @Test func `nothing acknowledged is lost, whatever goes on when the server is killed`() throws {
        var finished = Maintenance.Finished()
        for first in stride(from: 0, to: killCount, by: Self.killsPerShop) {
            finished += try killShop(rounds: first..<min(first + Self.killsPerShop, killCount))
        }
        print("killed \(killCount) times; meanwhile finished: \(finished)")
    }

    private func killShop(rounds: Range<Int>) throws -> Maintenance.Finished {
        let scratch = try Scratch()
        let data = scratch.appending("data")
        let target = scratch.appending("backup")
        var ever = WriteLoad.Acknowledged()
        var finished = Maintenance.Finished()
        for round in rounds {
            let server = try Server(data: data)
            #expect(try ever.missing(on: server, limit: 20) == [])
            let load = WriteLoad(server, name: "m\(round)")
            let maintenance = Maintenance(data: data, target: target)
            usleep(UInt32.random(in: 50_000...700_000))
            server.kill()
            finished += maintenance.kill()
            let acknowledged = load.waitForEnd()
            let after = try Server(data: data)
            #expect(try acknowledged.missing(on: after) == [], "lost in round \(round): \(after.program.errors)")
            ever += acknowledged
            #expect(after.stop().status == 0)
        }
        // Left alone each verb succeeds, so that none was tried in vain.
        let server = try Server(data: data)
        for verb in Maintenance.verbs {
            var outcome = try Program.patronctl.run(Maintenance.arguments(verb, data, target))
            // The server may be taking a snapshot by itself.
            while outcome.errors.contains("try again later") {
                usleep(50_000)
                outcome = try Program.patronctl.run(Maintenance.arguments(verb, data, target))
            }
            #expect(outcome.status == 0, "\(verb): \(outcome.errors)")
        }
        #expect(server.stop().status == 0)
        try checkAtRest(data, target, ever)
        return finished
    }

    /// Log, snapshots and backups are clean, and what is restored is the same state.
    private func checkAtRest(_ data: URL, _ target: URL, _ ever: WriteLoad.Acknowledged) throws {
        let verified = try Program.patronctl.run(["verify", "--data", data.path])
        #expect(verified.status == 0, "\(verified.output)\(verified.errors)")
        let backup = try Program.patronctl.run(["backup", "--verify", target.path])
        #expect(backup.status == 0, "\(backup.output)\(backup.errors)")
        let restored = target.deletingLastPathComponent().appendingPathComponent("restored")
        let restore = try Program.patronctl.run(["restore", "--data", restored.path, target.path])
        #expect(restore.status == 0, "\(restore.output)\(restore.errors)")
        try copyKeys(of: data, to: restored)
        let server = try Server(data: restored)
        #expect(try ever.missing(on: server, limit: 500) == [])
        #expect(server.stop().status == 0)
        #expect(try stateHash(restored) == stateHash(data))
    }

    private func stateHash(_ data: URL) throws -> String? {
        let info = try Program.patronctl.run(["info", "--data", data.path, "--json"])
        let object = try JSONSerialization.jsonObject(with: Data(info.output.utf8)) as? [String: Any]
        return try #require(object?["stateHash"] as? String)
    }
}

/// An operator's tools, run one after another beside a server.
private final class Maintenance: Sendable {
    /// How often each verb came to its end.
    struct Finished: CustomStringConvertible {
        var counts: [String: Int] = [:]

        static func += (left: inout Self, right: Self) { left.counts.merge(right.counts) { $0 + $1 } }

        var description: String {
            counts.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key)" }.joined(separator: ", ")
        }
    }

    static let verbs = ["seal", "compact", "snapshot", "backup"]

    private struct State {
        var isOver = false
        var running: RunningProgram?
        var finished = Finished()
    }

    private let state = Mutex(State())
    private let runs = DispatchGroup()

    init(data: URL, target: URL) {
        runs.enter()
        Thread.detachNewThread { [self] in
            defer { runs.leave() }
            var verbs = Self.verbs.shuffled()
            while let verb = verbs.first, let program = start(Self.arguments(verb, data, target)) {
                verbs.append(verbs.removeFirst())
                if program.waitForEnd().status == 0 { state.withLock { $0.finished.counts[verb, default: 0] += 1 } }
            }
        }
    }

    static func arguments(_ verb: String, _ data: URL, _ target: URL) -> [String] {
        [verb, "--data", data.path] + (verb == "backup" ? [target.path] : [])
    }

    private func start(_ arguments: [String]) -> RunningProgram? {
        state.withLock { state in
            guard !state.isOver else { return nil }
            state.running = try? Program.patronctl.start(arguments)
            return state.running
        }
    }

    /// Kills the tool that runs; returns what was finished before.
    func kill() -> Finished {
        state.withLock { state in
            state.isOver = true
            if state.running?.isRunning ?? false { state.running?.signal(SIGKILL) }
        }
        runs.wait()
        return state.withLock { $0.finished }
    }
}
