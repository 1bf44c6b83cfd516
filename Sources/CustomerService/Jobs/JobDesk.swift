import CustomerDomain
import LogStorage
import Synchronization

/// What a process knows of the jobs that it works on; all else is in the log and in sealed files.
final class JobDesk: Sendable {
    private struct Content {
        var limits = JobLimits()
        /// Jobs at work in this process.
        var running: Set<JobID> = []
        /// Jobs whose files are there and whose first event is not yet.
        var coming: Set<JobID> = []
        /// Jobs that wait for better times, until the next look.
        var paused: Set<JobID> = []
        var listener: AsyncStream<Void>.Continuation?
    }

    let files: JobFiles
    private let content = Mutex(Content())

    init(_ files: JobFiles) { self.files = files }

    var limits: JobLimits { content.withLock(\.limits) }

    func setLimits(_ limits: JobLimits) { content.withLock { $0.limits = limits } }

    /// Tells who works on jobs that there may be something to do; there is one who listens.
    func listen() -> AsyncStream<Void> {
        let (stream, continuation) = AsyncStream<Void>.makeStream(bufferingPolicy: .bufferingNewest(1))
        content.withLock { $0.listener = continuation }
        continuation.yield()
        return stream
    }

    func wake() { content.withLock(\.listener)?.yield() }

    /// Takes the first of these jobs that nobody works on, where one more may be at work.
    func claim(_ candidates: [JobID]) -> JobID? {
        content.withLock { content in
            guard content.running.count < content.limits.runningCount else { return nil }
            let next = candidates.first { !content.running.contains($0) && !content.paused.contains($0) }
            if let next { content.running.insert(next) }
            return next
        }
    }

    /// Lets a job go; one that is paused is not taken again before ``retry()``.
    func release(_ id: JobID, isPaused: Bool) {
        content.withLock { content in
            content.running.remove(id)
            if isPaused { content.paused.insert(id) }
        }
    }

    /// What is paused may be tried again.
    func retry() {
        content.withLock { $0.paused = [] }
        wake()
    }

    func expect(_ id: JobID) { content.withLock { _ = $0.coming.insert(id) } }

    func arrived(_ id: JobID) { content.withLock { _ = $0.coming.remove(id) } }

    func isComing(_ id: JobID) -> Bool { content.withLock { $0.coming.contains(id) } }

    func isRunning(_ id: JobID) -> Bool { content.withLock { $0.running.contains(id) } }
}
