import Foundation
import Synchronization

/// A claim tried on many seeds.
///
/// Seeds are 0, 1, 2 …, so a run repeats itself. `PROPERTY_SEEDS=100000` tries that many for every property that is run,
/// `PROPERTY_SEED=17` only that one. The body says that the claim does not hold by throwing: `try #require(…)`, or
/// ``require(_:_:)`` of this kit. The first seed that fails ends the run, and the error names the command that repeats it.
package enum Property {
    /// Tries `body` with a generator for each seed, one after another.
    package static func forAll(
        seeds count: Int = 100,
        file: String = #fileID,
        _ body: (inout SeededGenerator) throws -> Void
    ) throws {
        for seed in chosenSeeds(count) {
            var generator = SeededGenerator(seed: SeededGenerator.mix(seed))
            do {
                try body(&generator)
            } catch {
                throw PropertyFailure(seed: seed, file: file, reason: error)
            }
        }
    }

    /// Tries `body` with a generator for each seed, one after another.
    package static func forAll(
        seeds count: Int = 100,
        file: String = #fileID,
        _ body: (inout SeededGenerator) async throws -> Void
    ) async throws {
        for seed in chosenSeeds(count) {
            var generator = SeededGenerator(seed: SeededGenerator.mix(seed))
            do {
                try await body(&generator)
            } catch {
                throw PropertyFailure(seed: seed, file: file, reason: error)
            }
        }
    }

    /// Tries `body` with a generator for each seed, on all cores; reports the lowest seed that was seen to fail.
    ///
    /// `body` may block: it runs on threads of its own.
    package static func forAllConcurrently(
        seeds count: Int,
        threads: Int = ProcessInfo.processInfo.activeProcessorCount,
        file: String = #fileID,
        _ body: @escaping @Sendable (inout SeededGenerator) throws -> Void
    ) async throws {
        let run = ConcurrentRun(seeds: chosenSeeds(count), threads: threads)
        await withCheckedContinuation { continuation in
            for _ in 0..<threads {
                let thread = Thread {
                    while let seed = run.next() {
                        var generator = SeededGenerator(seed: SeededGenerator.mix(seed))
                        do {
                            try body(&generator)
                        } catch {
                            run.fail(PropertyFailure(seed: seed, file: file, reason: error))
                        }
                    }
                    if run.finishThread() { continuation.resume() }
                }
                thread.stackSize = 8 << 20
                thread.start()
            }
        }
        if let failure = run.failure { throw failure }
    }

    /// Whether no single seed is repeated.
    package static var isWholeRun: Bool { ProcessInfo.processInfo.environment["PROPERTY_SEED"] == nil }

    /// The seeds to try when a test asks for `count` of them.
    static func chosenSeeds(
        _ count: Int,
        environment: [String: String] = ProcessInfo.processInfo.environment
    ) -> Range<UInt64> {
        if let only = environment["PROPERTY_SEED"].flatMap(UInt64.init) { return only..<(only + 1) }
        let wanted = environment["PROPERTY_SEEDS"].flatMap(UInt64.init)
        return 0..<(wanted ?? UInt64(count))
    }
}

/// What the threads of one concurrent run share.
private final class ConcurrentRun: Sendable {
    private struct State {
        var remaining: Range<UInt64>
        var threadCount: Int
        var failure: PropertyFailure?
    }

    private let state: Mutex<State>

    init(seeds: Range<UInt64>, threads: Int) {
        state = Mutex(State(remaining: seeds, threadCount: threads))
    }

    /// The next seed to try; none after a failure.
    func next() -> UInt64? {
        state.withLock { state in
            guard state.failure == nil, let seed = state.remaining.first else { return nil }
            state.remaining = (seed + 1)..<state.remaining.upperBound
            return seed
        }
    }

    func fail(_ failure: PropertyFailure) {
        state.withLock { state in
            if let earlier = state.failure, earlier.seed <= failure.seed { return }
            state.failure = failure
        }
    }

    /// Whether the calling thread was the last one.
    func finishThread() -> Bool {
        state.withLock { state in
            state.threadCount -= 1
            return state.threadCount == 0
        }
    }

    var failure: PropertyFailure? { state.withLock(\.failure) }
}
