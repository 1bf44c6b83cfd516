import EventSourcing

/// Keeps zeroed room ahead of the writer, and seals full segments; off the acknowledging path.
///
/// Zeroes are written, not reserved: syncing into written zeroes is measured twice as fast as into a `fallocate`d file.
struct LogPreparer {
    private let core: LogCore
    /// One piece of zeroes, written as often as needed.
    private static let zeroes = [UInt8](repeating: 0, count: 256 << 10)

    /// The writer's files and this thread's own handles of them.
    ///
    /// A sync reports a write error once per handle: with a shared one, this thread could take the writer's error away.
    private var handles: [(writers: any File, own: any File)] = []

    init(core: LogCore) {
        self.core = core
    }

    /// Works until the log is closed or fails.
    mutating func run() {
        while true {
            let retry = work()
            switch core.withState({ $0.preparerRest(isFull: retry != nil) }) {
            case .stop: return
            case .workOn: break
            case .sleep:
                let pause = retry ?? core.checkpoints?.pause(core.tree, now: core.options.now())
                if !core.sleepPreparer(pause) { core.withState { $0.preparerSleeps = false } }
            }
        }
    }

    /// Does all there is to do; returns when to try again when the disk is full.
    mutating func work() -> Duration? {
        do {
            guard try workOnce() else { return core.options.fullRetryDelay }
            return try keepCheckpoint() ? nil : core.options.fullRetryDelay
        } catch {
            core.fail(error)
            return nil
        }
    }

    /// Does all there is to do; `false` when the disk was too full for it.
    @discardableResult
    mutating func workOnce() throws(FileError) -> Bool {
        while true {
            let step = core.withState { $0.nextPreparationStep }
            do {
                switch step {
                case .zero(let segment, let from, let to): try zero(segment, from: from, to: to)
                case .makeSpare(let zeroedEnd): try makeSpare(zeroedEnd: zeroedEnd)
                case .fillReserve: try fillReserve()
                case .seal(let job): try seal(job)
                case .nothing: return true
                }
            } catch {
                guard error.isStorageFull else { throw error }
                let waiters = core.withState { state in
                    state.room.isStorageFull = true
                    return state.takeSealWaiters()
                }
                waiters.resume(returning: .failure(.storageFull))
                return false
            }
        }
    }

    /// Makes a checkpoint if one is due; `false` when the disk was too full for it.
    private func keepCheckpoint() throws(FileError) -> Bool {
        guard let checkpoints = core.checkpoints, core.withState({ $0.phase == .open }) else { return true }
        do {
            try checkpoints.keep(core.tree, now: core.options.now())
            return true
        } catch {
            guard error.isStorageFull else { throw error }
            return false
        }
    }

    private mutating func zero(_ segment: SpareSegment, from: Int, to: Int) throws(FileError) {
        let file = try ownHandle(of: segment)
        try Self.writeZeroes(file, from: from, to: to)
        try file.sync()
        core.withState { $0.extended(segment.file, to: to) }
    }

    private mutating func ownHandle(of segment: SpareSegment) throws(FileError) -> any File {
        if let known = handles.first(where: { $0.writers === segment.file }) { return known.own }
        let own = try core.fileSystem.open(segment.path, .readWrite)
        keep(own, of: segment.file)
        return own
    }

    /// Keeps the handles of the active and of the spare segment.
    private mutating func keep(_ own: any File, of writers: any File) {
        handles.append((writers, own))
        if handles.count > 2 { handles.removeFirst().own.close() }
    }

    private mutating func makeSpare(zeroedEnd: Int) throws(FileError) {
        let path = Paths.join(core.directory, SegmentName.spare)
        // What a full disk left of an earlier try.
        do { try core.fileSystem.remove(path) } catch { if !error.isNotFound { throw error } }
        let own = try core.fileSystem.open(path, .create)
        try Self.writeZeroes(own, from: 0, to: zeroedEnd)
        try own.sync()
        // An earlier file of this name may still be the one that the directory on the disk names: the rename must not find it.
        try core.fileSystem.syncDirectory(core.directory)
        let file = try core.fileSystem.open(path, .readWrite)
        keep(own, of: file)
        let wakesWriter = core.withState { state in
            state.spare = SpareSegment(file: file, path: path)
            state.room.spareZeroedEnd = zeroedEnd
            state.room.isStorageFull = false
            guard state.room.wantsSpare, state.writerSleeps else { return false }
            state.writerSleeps = false
            return true
        }
        core.wakeWriter(wakesWriter)
    }

    private func fillReserve() throws(FileError) {
        try core.reserve.fill()
        core.withState { state in
            state.reserveIsWhole = true
            state.room.isStorageFull = false
        }
    }

    private func seal(_ job: SealJob) throws(FileError) {
        try SegmentSealer.seal(job.file, job.footer)
        core.checkpoints?.noteSeal()
        let wakesKeeper = core.withState { state in
            state.seals.removeFirst()
            state.room.isStorageFull = false
            defer { state.keeping.sleeps = false }
            return state.keeping.sleeps
        }
        core.wakeKeeper(wakesKeeper)
    }

    static func writeZeroes(_ file: any File, from: Int, to: Int) throws(FileError) {
        var offset = from
        while offset < to {
            let count = min(zeroes.count, to - offset)
            try file.write(zeroes, 0..<count, at: offset)
            offset += count
        }
    }
}

/// Writes footers.
enum SegmentSealer {
    /// Writes the footer behind the blocks, and then cuts the unused room off.
    static func seal(_ file: any File, _ footer: SegmentFooter) throws(FileError) {
        let bytes = footer.encode()
        try file.write(bytes, at: footer.offset)
        try file.sync()
        try file.truncate(to: footer.offset + bytes.count)
        try file.sync()
    }
}

/// What the preparer does next.
enum PreparationStep: Sendable {
    case zero(SpareSegment, from: Int, to: Int)
    case makeSpare(zeroedEnd: Int)
    case fillReserve
    case seal(SealJob)
    case nothing
}

enum PreparerRest: Sendable {
    case sleep
    case workOn
    case stop
}

extension LogState {
    var nextPreparationStep: PreparationStep {
        guard phase == .open else { return .nothing }
        switch room.nextPreparation(options) {
        case .extendActive(let from, let to)?:
            if let active = segments.last {
                return .zero(SpareSegment(file: active.file, path: active.path), from: from, to: to)
            }
        case .extendSpare(let from, let to)?:
            if let spare { return .zero(spare, from: from, to: to) }
        case .makeSpare(let zeroedEnd)?: return .makeSpare(zeroedEnd: zeroedEnd)
        case nil: break
        }
        // Those who write wait for room, and nobody for the reserve; but a footer can be written later.
        guard reserveIsWhole else { return .fillReserve }
        return seals.first.map { .seal($0) } ?? .nothing
    }

    var needsPreparation: Bool {
        if case .nothing = nextPreparationStep { return false }
        return true
    }

    /// Decides how the preparer goes on after it did all there was.
    mutating func preparerRest(isFull: Bool) -> PreparerRest {
        guard phase == .open else { return .stop }
        guard isFull || !needsPreparation else { return .workOn }
        preparerSleeps = true
        return .sleep
    }

    /// Notes that `file`, which may have changed its part meanwhile, is zeroed up to `end`.
    mutating func extended(_ file: any File, to end: Int) {
        room.isStorageFull = false
        if let active = segments.last, active.file === file {
            room.zeroedEnd = end
        } else if let spare, spare.file === file {
            room.spareZeroedEnd = end
        }
    }
}
