import EventSourcing
import Synchronization

extension ControlVerbs {
    /// Adds `snapshot`, which takes one of everything that is durable while commands go on.
    public mutating func addSnapshot(of organization: Organization) {
        register("snapshot") { _, progress in try organization.controlSnapshot(progress) }
    }
}

extension Organization {
    /// What a snapshot has come to.
    private final class Watch: Sendable {
        struct State {
            var progress: SnapshotProgress?
            var result: Result<SnapshotReport, SnapshotError>?
        }

        let state = Mutex(State())
    }

    fileprivate func controlSnapshot(_ progress: (ControlProgress) throws -> Void) throws -> ControlResult {
        let watch = Watch()
        let task = Task {
            let result: Result<SnapshotReport, SnapshotError>
            do throws(SnapshotError) {
                let report = try await takeSnapshot { step in watch.state.withLock { $0.progress = step } }
                result = .success(report)
            } catch {
                result = .failure(error)
            }
            watch.state.withLock { $0.result = result }
        }
        while true {
            let now = watch.state.withLock { $0 }
            if let result = now.result { return ControlResult(try result.get()) }
            do {
                let (done, total) = (now.progress?.sequence.value ?? 0, now.progress?.last.value)
                try progress(ControlProgress(done: done, total: total, unit: "events"))
            } catch {
                task.cancel()
                throw error
            }
            sleepShortly(2)
        }
    }
}

extension ControlResult {
    fileprivate init(_ taken: SnapshotReport) {
        let sequence = Int(taken.sequence.value)
        var values: [String: ControlValue] = [
            "sequence": .number(sequence), "path": .text(taken.path), "isNew": .flag(taken.isNew),
            "replayedEvents": .number(taken.opening.replayedEventCount),
            "stateHash": .text(Hexadecimal.text(taken.stateHash)),
        ]
        if taken.isNew {
            values["byteCount"] = .number(taken.byteCount)
            values["rawByteCount"] = .number(taken.rawByteCount)
        }
        if taken.opening.snapshot > .none { values["basedOn"] = .number(Int(taken.opening.snapshot.value)) }
        self.init(
            taken.isNew
                ? "wrote \(taken.path): the state after event \(sequence), \(taken.byteCount) bytes"
                : "the newest snapshot is of the last event, \(sequence), already",
            values: values
        )
    }
}
