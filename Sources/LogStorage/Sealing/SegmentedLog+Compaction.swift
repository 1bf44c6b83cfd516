public import EventSourcing

extension SegmentedLog {
    /// Packs sealed segments anew, and takes away what is redactable, while the log goes on.
    ///
    /// Where the active segment holds something redactable it is sealed first. Sequences, leaves, the root and all proofs
    /// stay. One segment after another is replaced as a whole, on a thread that steps back for all others, and only while
    /// the disk stays far from full; whoever stops it, or the power, leaves a whole log, and asking again goes on.
    ///
    /// - Parameters:
    ///   - dryRun: Whether to change nothing, and find out what would come of it.
    ///   - redaction: Which records are redactable; `nil` for none. It must give the same answers all the time.
    ///   - progress: Told now and then how many bytes were looked at, on a thread of the log's.
    /// - Returns: What was done; also when the task was cancelled.
    /// - Throws: Why the log takes nothing.
    public func compact(
        dryRun: Bool = false,
        redaction: RecordRedaction? = nil,
        progress: @escaping @Sendable (VerificationProgress) -> Void = { _ in }
    ) async throws(AppendError) -> CompactionReport {
        let job = CompactionJob(isDryRun: dryRun, redaction: redaction, progress: progress)
        let outcome = await withTaskCancellationHandler {
            await withCheckedContinuation { waiter in
                job.wait(waiter)
                let (refusal, wakes) = core.withState { $0.take(job) }
                core.wakeKeeper(wakes)
                if let refusal { job.finish(.failure(refusal)) }
            }
        } onCancel: {
            job.cancel()
        }
        return try outcome.get()
    }

    /// Compacts on the calling thread; for a log opened with ``LogOptions/runsByHand``.
    package func compactByHand(dryRun: Bool = false, redaction: RecordRedaction? = nil) -> CompactionReport {
        var keeper = LogKeeper(core: core)
        return keeper.compact(CompactionJob(isDryRun: dryRun, redaction: redaction))
    }
}

extension LogState {
    /// Takes a job; returns why not, or whether the keeper is to be woken.
    fileprivate mutating func take(_ job: CompactionJob) -> (refusal: AppendError?, wakesKeeper: Bool) {
        if let refusal { return (refusal, false) }
        keeping.jobs.append(job)
        defer { keeping.sleeps = false }
        return (nil, keeping.sleeps)
    }
}
