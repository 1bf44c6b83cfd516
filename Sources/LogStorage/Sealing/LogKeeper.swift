import Crypto
import EventSourcing

/// Compacts on demand, checks what opening did not read, packs sealed segments and writes their parity files, one after
/// another, on a thread that steps back for all others.
///
/// What fails here never fails the log: the segment stays as it was. But for the sync of the directory, an error of which
/// may be that of a name that the writer needs.
struct LogKeeper {
    let core: LogCore
    private var byteCountSinceRest = 0
    /// Whose progress the bytes count for that are read.
    var reading: Reading = .nothing
    /// The compaction that is being done.
    var job: CompactionJob?

    /// What reads.
    enum Reading {
        case nothing
        case verification
        case compaction
    }

    init(core: LogCore) {
        self.core = core
    }

    /// Works until the log is closed or fails.
    mutating func run() {
        Threads.lowerPriority()
        while true {
            let retry = work()
            switch core.withState({ $0.keeperRest(waits: retry != nil) }) {
            case .stop: return refuseJobs()
            case .workOn: break
            case .sleep:
                if !core.sleepKeeper(retry) { core.withState { $0.keeping.sleeps = false } }
            }
        }
    }

    /// Does all there is to do; returns when to try again when the disk is too full.
    mutating func work() -> Duration? {
        while true {
            switch core.withState({ $0.nextKeepingStep }) {
            case .nothing: return nil
            case .compact(let job):
                let report = compact(job)
                core.withState { state in state.keeping.jobs.removeAll { $0 === job } }
                job.finish(.success(report))
            case .verify(let segment, let next): verify(segment, next: next)
            case .pack(let segment, let next):
                switch pack(segment, next: next, changes: nil) {
                case .replaced, .stopped: break
                case .kept, .failed: core.withState { _ = $0.keeping.settled.insert(segment.header.firstSequence) }
                case .full: return Self.fullRetryDelay
                }
            case .protect(let segment):
                switch protect(segment) {
                case .stopped: break
                case .replaced, .kept, .failed:
                    core.withState { _ = $0.keeping.protected.insert(segment.header.firstSequence) }
                case .full: return Self.fullRetryDelay
                }
            }
            guard core.withState({ $0.phase == .open }) else { return nil }
        }
    }

    /// Whether to go on after some bytes were read, written or compressed.
    ///
    /// Where commits are under way, it first steps back for a moment.
    mutating func goesOn(after byteCount: Int) -> Bool {
        let (isOpen, isBusy) = core.withState { state in
            if reading == .verification { state.keeping.verification.progress.byteCount += byteCount }
            return (state.phase == .open, state.head.durable < state.head.appended)
        }
        if reading == .compaction { job?.advance(byteCount) }
        byteCountSinceRest += byteCount
        guard isOpen, !(job?.isCancelled ?? false) else { return false }
        guard byteCountSinceRest >= Self.restInterval else { return true }
        byteCountSinceRest = 0
        if isBusy, !core.options.runsByHand { _ = core.sleepKeeper(Self.restDuration) }
        return true
    }

    /// Whether the work is still wanted: the log is open, and whoever asked for it did not go away.
    var isWanted: Bool { !(job?.isCancelled ?? false) && core.withState { $0.phase == .open } }

    private static let fullRetryDelay: Duration = .seconds(60)
    private static let restInterval = 256 << 10
    private static let restDuration: Duration = .milliseconds(2)
}
