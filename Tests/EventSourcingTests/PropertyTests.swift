import Synchronization
import Testing

@testable import TestSupport

/// The kit that other tests rely on.
struct PropertyTests {
    @Test func `a generator repeats itself`() {
        var one = SeededGenerator(seed: 7)
        var other = SeededGenerator(seed: 7)
        #expect((0..<100).map { _ in one.next() } == (0..<100).map { _ in other.next() })
        // The published first outputs of SplitMix64 for seed 1234567.
        var known = SeededGenerator(seed: 1_234_567)
        #expect([known.next(), known.next()] == [6_457_827_717_110_365_317, 3_203_168_211_198_807_973])
    }

    @Test func `bounded numbers stay within their bounds and reach them`() {
        var generator = SeededGenerator(seed: 1)
        let drawn = Set((0..<1000).map { _ in generator.number(in: -2...3) })
        #expect(drawn == Set(-2...3))
    }

    @Test func `the environment chooses seeds`() {
        #expect(Property.chosenSeeds(5, environment: [:]) == 0..<5)
        #expect(Property.chosenSeeds(5, environment: ["PROPERTY_SEEDS": "70"]) == 0..<70)
        #expect(Property.chosenSeeds(5, environment: ["PROPERTY_SEED": "9", "PROPERTY_SEEDS": "70"]) == 9..<10)
    }

    @Test func `a failing seed prints the command that repeats it`() throws {
        let failure = PropertyFailure(
            seed: 17,
            file: "LogStorageTests/SegmentedLogCrashTests.swift",
            reason: Violation("lost")
        )
        let command = "PROPERTY_SEED=17 swift test --filter 'LogStorageTests.SegmentedLogCrashTests'"
        #expect(failure.repeatCommand == command)
        #expect(failure.description.contains("lost") && failure.description.contains(command))
    }

    @Test func `the first seed that fails ends the run`() async throws {
        func fails(_ generator: inout SeededGenerator) throws(Violation) {
            try require(generator.below(10) != 0, "a zero was drawn")
        }
        let alone = try #require(throws: PropertyFailure.self) { try Property.forAll(seeds: 1000, fails) }
        // Repeated alone, the seed fails again.
        var generator = SeededGenerator(seed: SeededGenerator.mix(alone.seed))
        #expect(throws: Violation.self) { try fails(&generator) }
        let together = try await #require(throws: PropertyFailure.self) {
            try await Property.forAllConcurrently(seeds: 1000) { generator in
                try require(generator.below(10) != 0, "a zero was drawn")
            }
        }
        #expect(together.seed >= alone.seed)
    }

    @Test func `every seed is tried once, on all threads together`() async throws {
        let drawn = Drawn()
        try await Property.forAllConcurrently(seeds: 500, threads: 4) { generator in drawn.add(generator.next()) }
        #expect(drawn.all.withLock { $0.count } == 500)
    }

    private final class Drawn: Sendable {
        let all = Mutex<Set<UInt64>>([])

        func add(_ number: UInt64) { all.withLock { _ = $0.insert(number) } }
    }
}
