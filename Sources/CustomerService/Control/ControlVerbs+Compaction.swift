import LogStorage
import Synchronization

extension ControlVerbs {
    /// Adds the verbs `seal` and `compact`, which change segments; with the argument `dryRun` = `true` they change nothing.
    public mutating func addCompaction(of organization: Organization) {
        register("seal") { request, progress in
            let isDryRun = request.isDryRun
            return try finish(progress) { _ in try await organization.sealResult(dryRun: isDryRun) }
        }
        register("compact") { request, progress in
            let isDryRun = request.isDryRun
            return try finish(progress) { told in
                try await organization.compactionResult(dryRun: isDryRun) { told($0) }
            }
        }
    }
}

extension ControlRequest {
    fileprivate var isDryRun: Bool { arguments["dryRun"] == "true" }
}

extension Organization {
    /// Seals, and says what came of it, for tools.
    public func sealResult(dryRun: Bool) async throws -> ControlResult {
        let count = dryRun ? storage?.unsealedEventCount ?? 0 : try await seal()
        let what = dryRun ? "would be sealed" : "were sealed"
        return ControlResult(
            count == 0 ? "the active segment is empty; there is nothing to seal" : "\(count) events \(what)",
            values: [
                "dryRun": .flag(dryRun), "sealedEvents": .number(count),
                "segments": .number(storage?.statistics.segments ?? 0),
            ]
        )
    }

    /// Compacts, and says what came of it, for tools.
    public func compactionResult(
        dryRun: Bool,
        progress: @escaping @Sendable (ControlProgress) -> Void = { _ in }
    ) async throws -> ControlResult {
        let report = try await compact(dryRun: dryRun) {
            progress(ControlProgress(done: UInt64($0.byteCount), total: UInt64($0.totalByteCount), unit: "bytes"))
        }
        return ControlResult(report.summary, values: report.values)
    }
}

extension CompactionReport {
    fileprivate var summary: String {
        let saved = before.storedByteCount - after.storedByteCount
        var text =
            "\(rewrittenSegmentCount) of \(segmentCount) segments \(isDryRun ? "would be" : "were") written anew, "
        text += "\(redactedCount) events redacted, \(saved) bytes saved"
        switch stop {
        case nil: break
        case .storageFull?: text += "; then the disk was too full to go on: free some room and ask again"
        case .cancelled?: text += "; then it was cancelled: ask again to go on"
        case .closed?: text += "; then the log was closed: ask again to go on"
        }
        if !failures.isEmpty { text += "; \(failures.count) segments cannot be compacted" }
        return text
    }

    fileprivate var values: [String: ControlValue] {
        var values: [String: ControlValue] = [
            "dryRun": .flag(isDryRun), "segments": .number(segmentCount),
            "rewrittenSegments": .number(rewrittenSegmentCount), "redactedEvents": .number(redactedCount),
        ]
        for (name, size) in [("Before", before), ("After", after)] {
            values["events" + name] = .number(size.eventCount)
            values["husks" + name] = .number(size.huskCount)
            values["storedBytes" + name] = .number(size.storedByteCount)
            values["rawBytes" + name] = .number(size.rawByteCount)
        }
        if let stop { values["stop"] = .text(stop.rawValue) }
        if !failures.isEmpty { values["failures"] = .text(failures.joined(separator: "\n")) }
        return values
    }
}

// MARK: A handler's thread and asynchronous work

/// What asynchronous work has told of itself, for the thread that waits for it.
private final class Ending: Sendable {
    private let state = Mutex<(latest: ControlProgress?, result: Result<ControlResult, any Error>?)>((nil, nil))

    func tell(_ progress: ControlProgress) { state.withLock { $0.latest = progress } }

    func end(_ result: Result<ControlResult, any Error>) { state.withLock { $0.result = result } }

    var now: (latest: ControlProgress?, result: Result<ControlResult, any Error>?) { state.withLock { $0 } }
}

/// Runs asynchronous work for a handler, which has a thread of its own; cancels it when nobody waits any more.
private func finish(
    _ progress: (ControlProgress) throws -> Void,
    _ work: @escaping @Sendable (@escaping @Sendable (ControlProgress) -> Void) async throws -> ControlResult
) throws -> ControlResult {
    let ending = Ending()
    let task = Task {
        do {
            ending.end(.success(try await work { ending.tell($0) }))
        } catch {
            ending.end(.failure(error))
        }
    }
    var round = 0
    while true {
        let now = ending.now
        if let result = now.result { return try result.get() }
        do {
            if round % 32 == 0 { try progress(now.latest ?? ControlProgress(done: 0, total: nil, unit: "bytes")) }
        } catch {
            task.cancel()
            throw error
        }
        sleepShortly(2)
        round += 1
    }
}
