import CustomerDomain
import CustomerProjections
import EventSourcing
import LogStorage

/// Works on one job, slice after slice, until it ends or has to stop.
struct JobRunner {
    /// Why a job ends before its end.
    enum Interruption: Error {
        /// Somebody asked for it.
        case canceled
        case failed(JobFailure)
        /// The process stops.
        case stopped
        /// Somebody was erased whom the file may hold.
        case erasure
    }

    let organization: Organization
    let files: JobFiles
    let id: JobID

    /// Does what is left to do.
    ///
    /// - Parameter report: Told what the register has no words for.
    /// - Returns: What became of it.
    /// - Throws: `CommandError` when the log or the disk takes nothing now; then it goes on later.
    func run(_ report: (String) -> Void) async throws -> JobTurn {
        do {
            _ = try check(isBeginning: true)
            guard
                let plan = try await organization.writing({ () throws(LogStorageError) in try await files.plan(of: id) }
                )
            else { throw Interruption.failed(.filesLost) }
            switch plan {
            case .export(let request, let customers): try await ExportRun(self, request, customers).run()
            case .import(let options): try await ImportRun(self, options).run()
            case .bulk(let change, let customers): try await BulkRun(self, change, customers).run()
            }
            return .ended
        } catch let interruption as Interruption {
            switch interruption {
            case .canceled: try await finish(.canceled)
            case .erasure: try await finish(.failed, .erasures)
            case .failed(let failure): try await finish(.failed, failure)
            case .stopped: return .stopped
            }
            return .ended
        } catch let error as CommandError {
            guard case .rejected = error else { throw error }
            // Another way ended it meanwhile.
            guard let job = organization.job(id), job.status.isOpen else { return .ended }
            throw error
        } catch let failure as SpreadsheetWriter.Failure {
            report("job \(id): \(failure)")
            try await finish(.failed, .tooLarge)
            return .ended
        } catch {
            report("job \(id): \(error)")
            try await finish(.failed, .other)
            return .ended
        }
    }

    /// The scope that the job acts in, when it may go on.
    func check(isBeginning: Bool = false) throws(Interruption) -> Scope {
        if Task.isCancelled { throw .stopped }
        guard let job = organization.job(id), job.status.isOpen else { throw .stopped }
        if job.status == .canceling { throw .canceled }
        guard let scope = organization.scope(ofActor: job.createdBy, asked: job.permission),
            scope.allows(job.permission)
        else {
            throw .failed(.keyRevoked)
        }
        if job.holdsErased, !isBeginning { throw .erasure }
        return scope
    }

    /// How many rows were done and not, so far.
    var progress: (done: UInt64, failed: UInt64) {
        organization.job(id).map { ($0.done, $0.failed) } ?? (0, 0)
    }

    /// Records how far it came; returns once that, and all before it, is durable.
    func record(done: UInt64, failed: UInt64) async throws(CommandError) {
        let progress = JobProgressed(id: id, done: done, failed: failed)
        _ = try await organization.execute(.progressJob(progress), scope: organization.jobScope)
    }

    /// Records the end; with the counts that were recorded last unless told.
    func finish(
        _ outcome: JobOutcome,
        _ failure: JobFailure? = nil,
        done: UInt64? = nil,
        failed: UInt64? = nil
    ) async throws(CommandError) {
        let progress = progress
        let finished = JobFinished(
            id: id,
            outcome: outcome,
            done: done ?? progress.done,
            failed: failed ?? progress.failed,
            failure: failure,
            expiresAt: organization.time.advanced(byDays: organization.jobLimits.keptDays)
        )
        _ = try await organization.execute(.finishJob(finished), scope: organization.jobScope)
        if outcome != .completed { try await organization.destroyUnkeptJobFiles() }
    }

    /// Keeps what went wrong in a slice, as long as there is not too much of it.
    func keep(_ errors: [JobError], from start: UInt64, failedBefore: UInt64) async throws(CommandError) {
        guard !errors.isEmpty, failedBefore < Limits.errorsPerJob else { return }
        try await organization.writing { () throws(LogStorageError) in
            try await files.write(errors, from: start, of: id)
        }
    }
}
