import CustomerDomain
import CustomerProjections
import EventSourcing
import LogStorage

/// What became of a job that was worked on.
enum JobTurn {
    /// It ended.
    case ended
    /// It goes on at the next start.
    case stopped
    /// It cannot go on now, because of this, and is tried again later.
    case paused(String)
}

// Jobs at work. Whatever a process did not finish, the next one goes on with: the log says how far it came.
extension Organization {
    /// Works on jobs until its task is cancelled: what is open is taken up, a few at a time; what had its time loses its files.
    ///
    /// - Parameter report: Told what operators should know, in a line for each.
    public func serveJobs(report: @escaping @Sendable (String) -> Void = { _ in }) async {
        guard let jobs else { return }
        await withDiscardingTaskGroup { group in
            group.addTask { [self] in
                while !Task.isCancelled {
                    await expireJobs(report)
                    jobs.retry()
                    try? await Task.sleep(for: .seconds(60))
                }
            }
            for await _ in jobs.bell.listen() {
                if Task.isCancelled { break }
                while let id = claimJob() {
                    group.addTask { [self] in
                        await work(on: id, report)
                        jobs.bell.ring()
                    }
                }
            }
        }
    }

    /// Works on all jobs that are open, one after another, until none can go on; for tools and tests.
    ///
    /// - Parameter report: Told what operators should know, in a line for each.
    public func runJobs(report: @Sendable (String) -> Void = { _ in }) async {
        jobs?.retry()
        await expireJobs(report)
        while !Task.isCancelled, let id = claimJob() { await work(on: id, report) }
    }

    private func claimJob() -> JobID? {
        let open = peek { state, _ in
            state.allJobs.filter { job in
                // An import waits until somebody commits it.
                job.status.isOpen && !(job.kind == .import && job.status == .created)
            }
        }
        return jobs?.claim(open.map(\.id))
    }

    private func work(on id: JobID, _ report: @Sendable (String) -> Void) async {
        guard let jobs else { return }
        var isPaused = false
        switch await turn(of: id, report) {
        case .ended:
            if let job = job(id), job.status == .failed { report("job \(id) failed: \(job.failure?.name ?? "")") }
        case .stopped: break
        case .paused(let reason):
            isPaused = true
            report("job \(id) cannot go on: \(reason); the next try is in a minute")
        }
        jobs.release(id, isPaused: isPaused)
    }

    private func turn(of id: JobID, _ report: @Sendable (String) -> Void) async -> JobTurn {
        do {
            return try await JobRunner(organization: self, files: jobDesk().files, id: id).run(report)
        } catch let error as CommandError {
            // As when the log was closed under it: nothing is lost.
            return Task.isCancelled ? .stopped : .paused("\(error)")
        } catch {
            return .paused("\(error)")
        }
    }

    func job(_ id: JobID) -> Job? { peek { state, _ in state.job(id) } }

    // MARK: Ending

    /// Lets jobs expire whose time has come, and destroys all files that no job may have.
    ///
    /// - Parameter report: Told what operators should know.
    func expireJobs(_ report: @Sendable (String) -> Void) async {
        guard let jobs else { return }
        let now = time
        let due = peek { state, _ in
            state.allJobs.filter { job in
                let waits = job.createdAt.advanced(byDays: jobs.limits.keptDays)
                return job.status == .completed && !job.mayHaveFiles(at: now)
                    || job.kind == .import && job.status == .created && waits <= now
            }
        }
        do {
            for job in due { _ = try await execute(.expireJob(job.id), scope: jobScope) }
            try await destroyUnkeptJobFiles()
        } catch {
            report("files of jobs that had their time are still there: \(error); the next try is in a minute")
        }
    }

    /// Who does what the server does with jobs by itself.
    var jobScope: Scope { .local(tool: "jobs", organization: name) }

    /// Destroys all files that no job may have, as things stand.
    func destroyUnkeptJobFiles() async throws(CommandError) {
        guard let jobs else { return }
        let now = time
        let known = Dictionary(uniqueKeysWithValues: peek { state, _ in state.allJobs.map { ($0.id, $0) } })
        _ = try await writing { () throws(LogStorageError) in
            try await jobs.files.destroyOthers { id, lot in
                guard let id else { return false }
                guard let job = known[id] else { return jobs.arrivals.isComing(id) }
                switch lot {
                // A result that nobody works on is begun anew; one that is not whole is nothing.
                case .result where job.status != .completed: return job.status.isOpen && jobs.isRunning(id)
                case .source: return job.status.isOpen
                case .work, .result: return job.mayHaveFiles(at: now)
                }
            }
        }
    }

    /// Ends the files that may hold somebody whom a command erased; returns once their keys are gone.
    ///
    /// The erasure is durable before. When ending them fails, nothing answers with them any more, and it is tried every minute.
    func destroyJobFiles(after result: CommandResult) async throws(CommandError) {
        let isErasure = result.events.contains { event in
            if case .customerErased = event.event { true } else { false }
        }
        if isErasure { try await destroyUnkeptJobFiles() }
    }
}
