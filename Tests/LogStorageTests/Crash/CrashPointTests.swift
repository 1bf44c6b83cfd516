import Synchronization
import TestSupport
import Testing

/// The power fails at every change of whole lives of a log: with sealing, packing, compaction, backup and restore.
@Suite struct CrashPointTests {
    @Test func `at every crash point nothing is lost, nothing invented, and no root changed`() async throws {
        let count = Mutex(0)
        try await Property.forAllConcurrently(seeds: 45) { generator in
            var script = try CrashScript(generator)
            let seen = try script.run()
            count.withLock { $0 += seen }
        }
        let total = count.withLock { $0 }
        if Property.isWholeRun { #expect(total >= 20_000) }
        print("crash points: \(total)")
    }

    /// A campaign that does not notice a disk that forgets proves nothing.
    @Test(arguments: Lie.allCases)
    func `a disk that lies is found`(_ lie: Lie) async throws {
        await #expect(throws: PropertyFailure.self) {
            try await Property.forAllConcurrently(seeds: 2) { generator in
                var script = try CrashScript(generator) { plan in
                    switch lie {
                    case .syncs: plan.syncsLie = true
                    case .directorySyncs: plan.directorySyncsLie = true
                    }
                }
                _ = try script.run()
            }
        }
    }

    enum Lie: CaseIterable, Sendable {
        case syncs
        case directorySyncs
    }
}
