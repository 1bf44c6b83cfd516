public import EventSourcing

/// All jobs that were ever asked for, in the order of the log.
///
/// What it says follows from the events alone: ``apply(_:at:by:)`` is the only way to change it.
public struct JobRegister: Hashable, Sendable {
    /// The jobs, the oldest first.
    public private(set) var jobs: [Job] = []
    private var indexes: [JobID: Int] = [:]

    /// A register of these jobs, of different identifiers.
    public init(_ jobs: [Job] = []) {
        for job in jobs { append(job) }
    }

    /// The job of this identifier.
    public subscript(id: JobID) -> Job? { indexes[id].map { jobs[$0] } }

    /// How many jobs wait or are at work; costs time in proportion to the register.
    public var openCount: Int { jobs.count { $0.status.isOpen } }

    /// Takes in the next event of the log; those that are of no job change nothing.
    public mutating func apply(_ event: Event, at time: Timestamp, by actor: @autoclosure () -> String) {
        switch event {
        case .jobCreated(let created):
            append(
                Job(
                    id: created.id,
                    kind: created.kind,
                    permission: created.permission,
                    work: created.work,
                    createdBy: actor(),
                    createdAt: time,
                    total: created.total
                )
            )
        case .jobProgressed(let progress):
            change(progress.id) { job in
                if progress.done == 0, progress.failed == 0 {
                    job.startedAt = time
                    job.holdsErased = false
                }
                (job.done, job.failed) = (progress.done, progress.failed)
                if job.status == .created { job.status = .running }
            }
        case .jobCancelAsked(let id): change(id) { $0.status = .canceling }
        case .jobFinished(let finished):
            change(finished.id) { job in
                (job.done, job.failed) = (finished.done, finished.failed)
                job.status = finished.outcome.status
                job.failure = finished.failure
                job.finishedAt = time
                job.expiresAt = finished.expiresAt
            }
        case .jobExpired(let id): change(id) { $0.status = .expired }
        case .customerErased: expireFiles()
        default: break
        }
    }

    /// Somebody was erased: no file that is kept may still hold them.
    private mutating func expireFiles() {
        for index in jobs.indices {
            switch (jobs[index].kind, jobs[index].status) {
            case (.export, .completed), (.import, .created): jobs[index].status = .expired
            case (.export, .running), (.export, .canceling): jobs[index].holdsErased = true
            default: break
            }
        }
    }

    private mutating func append(_ job: Job) {
        guard indexes[job.id] == nil else { return }
        indexes[job.id] = jobs.count
        jobs.append(job)
    }

    private mutating func change(_ id: JobID, _ edit: (inout Job) -> Void) {
        if let index = indexes[id] { edit(&jobs[index]) }
    }
}
