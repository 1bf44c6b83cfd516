extension Decision {
    func createJob(_ created: JobCreated) throws(Rejection) -> [Decided] {
        guard facts.job(created.id) == nil else { throw .invalid(field: "id", reason: "is already in use") }
        try check(created.work, "work", Limits.jobWork)
        guard facts.openJobCount < Limits.openJobs else {
            throw .limitReached("jobs at a time", limit: Limits.openJobs)
        }
        return [Decided(customer: nil, event: .jobCreated(created))]
    }

    /// An import that waits for it begins.
    func commitImport(_ id: JobID) throws(Rejection) -> [Decided] {
        let job = try job(id)
        guard job.kind == .import, job.status == .created else { throw .jobStatus(id, job.status) }
        return [Decided(customer: nil, event: .jobProgressed(JobProgressed(id: id)))]
    }

    /// A job that is open went on; one that waits begins.
    func progressJob(_ progress: JobProgressed) throws(Rejection) -> [Decided] {
        let job = try job(progress.id)
        guard job.status.isOpen else { throw .jobStatus(progress.id, job.status) }
        guard progress.done <= job.total, progress.failed <= job.total - progress.done else {
            throw .invalid(field: "done", reason: "and failed together must be at most \(job.total)")
        }
        let isKnown =
            job.status != .created && !job.holdsErased && (job.done, job.failed) == (progress.done, progress.failed)
        return isKnown ? [] : [Decided(customer: nil, event: .jobProgressed(progress))]
    }

    /// A job that was asked to stop already stays so; who may not ask for it may not stop it, either.
    func cancelJob(_ id: JobID) throws(Rejection) -> [Decided] {
        let job = try job(id)
        guard actor.allows(job.permission) else { throw .permissionMissing(job.permission) }
        if job.status == .canceling { return [] }
        guard job.status.isOpen else { throw .jobStatus(id, job.status) }
        return [Decided(customer: nil, event: .jobCancelAsked(id))]
    }

    /// A file in which there may be somebody who was erased meanwhile is nothing to end with.
    func finishJob(_ finished: JobFinished) throws(Rejection) -> [Decided] {
        let job = try job(finished.id)
        guard job.status.isOpen, finished.outcome != .completed || !job.holdsErased else {
            throw .jobStatus(finished.id, job.status)
        }
        return [Decided(customer: nil, event: .jobFinished(finished))]
    }

    /// The files of a completed job, or of an import that nobody committed, are not kept any longer.
    func expireJob(_ id: JobID) throws(Rejection) -> [Decided] {
        let job = try job(id)
        guard job.status == .completed || job.kind == .import && job.status == .created else {
            throw .jobStatus(id, job.status)
        }
        return [Decided(customer: nil, event: .jobExpired(id))]
    }

    /// Somebody takes the result of a job away.
    func fetchJobResult(_ id: JobID) throws(Rejection) -> [Decided] {
        let job = try job(id)
        guard actor.allows(job.permission) else { throw .permissionMissing(job.permission) }
        guard job.kind == .export, job.status == .completed else { throw .jobStatus(id, job.status) }
        return [Decided(customer: nil, event: .jobResultFetched(id))]
    }

    private func job(_ id: JobID) throws(Rejection) -> Job {
        guard let job = facts.job(id) else { throw .jobNotFound(id) }
        if job.status == .expired { throw .jobExpired(id) }
        return job
    }
}
