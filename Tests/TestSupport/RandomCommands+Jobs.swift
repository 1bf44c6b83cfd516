import CustomerDomain
import EventSourcing

extension RandomCommands {
    mutating func jobCommand() -> Command {
        if jobs.isEmpty || random.chance(25, in: 100) {
            let id: JobID = identifier()
            jobs.append(id)
            let kind = random.pick(JobType.allCases)
            return .createJob(JobCreated(id: id, kind: kind, permission: .updateCustomers, work: "work", total: 100))
        }
        let id = random.chance(5, in: 100) ? identifier() : random.pick(Array(jobs.suffix(2)))
        let (done, failed) = (UInt64(random.below(90)), UInt64(random.below(12)))
        switch random.below(9) {
        case 0: return .commitImport(id)
        case 1: return random.chance(40, in: 100) ? .cancelJob(id) : .fetchJobResult(id)
        case 2: return .expireJob(id)
        case 3: return .fetchJobResult(id)
        case 4, 5:
            let outcome = random.chance(60, in: 100) ? .completed : random.pick(JobOutcome.allCases)
            return .finishJob(
                JobFinished(
                    id: id,
                    outcome: outcome,
                    done: done,
                    failed: failed,
                    failure: outcome == .failed ? random.pick(JobFailure.allCases) : nil,
                    expiresAt: time.advanced(byDays: 7)
                )
            )
        default:
            let progress =
                random.chance(50, in: 100) ? JobProgressed(id: id) : JobProgressed(id: id, done: done, failed: failed)
            return .progressJob(progress)
        }
    }
}
