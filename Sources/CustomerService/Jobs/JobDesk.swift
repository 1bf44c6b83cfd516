import CustomerDomain
import LogStorage
import Synchronization

/// What a process knows of the jobs that it works on; all else is in the log and in sealed files.
final class JobDesk: Sendable {
    private struct Content {
        var limits = JobLimits()
        /// Jobs at work in this process.
        var running: Set<JobID> = []
        /// Jobs that wait for better times, until the next look.
        var paused: Set<JobID> = []
    }

    let files: JobFiles
    /// Rings when there may be a job to work on.
    let bell = Bell()
    let arrivals = Arrivals<JobID>()
    private let content = Mutex(Content())

    init(_ files: JobFiles) { self.files = files }

    var limits: JobLimits { content.withLock(\.limits) }

    func setLimits(_ limits: JobLimits) { content.withLock { $0.limits = limits } }

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
        bell.ring()
    }

    func isRunning(_ id: JobID) -> Bool { content.withLock { $0.running.contains(id) } }
}
