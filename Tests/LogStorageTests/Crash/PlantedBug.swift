import TestSupport

@testable import LogStorage

/// A bug put in on purpose: a crash suite that does not find it proves nothing.
enum PlantedBug: String, CaseIterable, Sendable {
    /// Records are acknowledged before their sync is done: here, the writer's syncs return at once.
    case acknowledgesBeforeSync
    /// A new segment's name is not made durable.
    case forgetsDirectorySync
    /// Opening takes the first block that does not check for the end of the log, and cuts there.
    case cutsAtFirstBadBlock
    /// Opening cuts a torn tail without keeping it.
    case cutsWithoutQuarantine
    /// A packed segment, or a parity file, gets its name before its bytes are durable.
    case swapsBeforeSync

    /// What the report of a seed that found the bug may say.
    var symptoms: [String] {
        switch self {
        case .acknowledgesBeforeSync: ["LOST", "called damage", "calls a crash damage"]
        case .forgetsDirectorySync: ["LOST", "called damage", "calls a crash damage"]
        case .cutsAtFirstBadBlock: ["UNNOTICED", "opening changed"]
        case .cutsWithoutQuarantine: ["not in quarantine"]
        case .swapsBeforeSync: ["called damage", "calls a crash damage", "does not open", "parity: "]
        }
    }

    func apply(to disk: SimulatedFileSystem) {
        if self == .forgetsDirectorySync { disk.plan { $0.directorySyncsLie = true } }
    }

    /// What the bug does while the writer works.
    func whileWorking(on disk: SimulatedFileSystem, _ work: () -> Void) {
        if self == .acknowledgesBeforeSync { disk.plan { $0.syncsLie = true } }
        work()
        disk.plan { $0.syncsLie = false }
    }

    /// What the bug does while segments are packed.
    func whilePacking(on disk: SimulatedFileSystem, _ pack: () -> Void) {
        if self == .swapsBeforeSync { disk.plan { $0.syncsLie = true } }
        pack()
        disk.plan { $0.syncsLie = false }
    }

    /// What the bug does before a log is opened.
    func prepareOpening(_ directory: String, on disk: SimulatedFileSystem) throws {
        guard self == .cutsAtFirstBadBlock || self == .cutsWithoutQuarantine else { return }
        let logDirectory = Paths.join(directory, "log")
        guard let names = try? disk.list(logDirectory) else { return }
        var inspector = LogInspector(fileSystem: disk, directory: logDirectory, organization: nil)
        let inspection = try inspector.inspect(.readWrite)
        switch self {
        case .cutsAtFirstBadBlock:
            guard !inspection.damage.isEmpty, let bad = inspection.segments.last else { return }
            try bad.file.truncate(to: max(bad.blocksEnd, SegmentHeader.byteCount))
            try bad.file.sync()
            for name in names where name > bad.name { try disk.remove(Paths.join(logDirectory, name)) }
        default:
            guard let torn = inspection.tornTail, let last = inspection.segments.last else { return }
            try last.file.truncate(to: torn.offset)
            try last.file.sync()
        }
    }
}
