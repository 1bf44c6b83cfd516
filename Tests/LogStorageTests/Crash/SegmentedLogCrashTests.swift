import TestSupport
import Testing

@testable import LogStorage

/// Random lives of a log on a disk that fails in every way: nothing acknowledged is lost, nothing is invented.
@Suite struct SegmentedLogCrashTests {
    @Test func `nothing acknowledged is ever lost`() async throws {
        let coverage = SharedCoverage()
        try await Property.forAllConcurrently(seeds: 10_000) { generator in
            var session = try CrashSession(generator)
            try session.run(stepCount: 12)
            coverage.add(session.coverage)
        }
        // One repeated seed need not meet everything.
        if Property.isWholeRun {
            #expect(coverage.total.missing.isEmpty, "these never happened: \(coverage.total.missing)")
        }
        print("crash campaign: \(coverage.total)")
    }

    /// A suite that does not find a bug put in on purpose proves nothing.
    @Test(arguments: PlantedBug.allCases)
    func `a planted bug is found`(_ bug: PlantedBug) async throws {
        let failure = try await #require(throws: PropertyFailure.self) {
            try await Property.forAllConcurrently(seeds: 1000) { generator in
                var session = try CrashSession(generator, planted: bug)
                try session.run(stepCount: 12)
            }
        }
        #expect(bug.symptoms.contains { "\(failure.reason)".contains($0) }, "found for another reason: \(failure)")
    }
}
