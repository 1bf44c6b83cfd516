import EventSourcing
import TestSupport

@testable import LogStorage

extension CrashSession {
    /// Whether a fault is planned, so that the log may have failed.
    var hasFault: Bool { disk.planned { !$0.failingSyncs.isEmpty || !$0.failingWrites.isEmpty } }

    // MARK: Crashes

    /// The power will fail during one of the next changes: often during the next commit, else somewhere later.
    mutating func planCrash() throws {
        let isSoon = generator.chance(2, in: 3)
        let change = disk.counts.changes + generator.number(in: 1...(isSoon ? 2 : 12))
        disk.plan { $0.crashAtChange = change }
        note("crash at \(change)")
        guard isSoon else { return }
        _ = try appendOne()
        try work(isIdle: false)
    }

    /// The power fails, comes back, and the log is opened again.
    mutating func recoverFromCrash() throws {
        note("crash")
        if let log { try model.acknowledge(log.head.durable) }
        coverage.note(.crashed)
        replaceDisk()
        try checkVerifyCallsNothingDamaged()
        try open(afterCrash: true)
    }

    private mutating func replaceDisk() {
        disk.crash()
        log = nil
        disk = disk.crashImage(seed: generator.next())
        planted?.apply(to: disk)
    }

    /// The tool that only looks must not call a crash damage either.
    private mutating func checkVerifyCallsNothingDamaged() throws {
        guard generator.chance(1, in: 4), disk.contents.keys.contains(where: { $0.hasSuffix(".seg") }) else { return }
        let report = try Self.verify(disk)
        let damage = report.findings.filter(\.isDamage)
        try require(damage.isEmpty, "verify calls a crash damage: \(damage)")
    }

    // MARK: Opening

    /// Opens the log, perhaps through more accidents on the way, and compares it with the model.
    mutating func open(afterCrash: Bool = false) throws {
        for attempt in 0... {
            note("open")
            // Opening a file after a failed sync may show that the cache was dropped; let that come first.
            for path in disk.contents.keys { _ = try? disk.open(path, .read) }
            let before = disk.contents
            if afterCrash, attempt < 3 { planAccidentOfOpening() }
            do {
                try planted?.prepareOpening(Self.directory, on: disk)
                let opened = try SegmentedLog.open(directory: Self.directory, options: options, fileSystem: disk)
                log = opened
                if !disk.hasCrashed {
                    forgetPlan()
                    return try check(opened, before: before)
                }
            } catch let error as LogStorageError {
                try explain(error)
            } catch let error as FileError {
                try explain(LogStorageError(error))
            }
            if disk.hasCrashed {
                coverage.note(.crashedWhileOpening)
                replaceDisk()
            } else {
                coverage.note(.failedReadWhileOpening)
                forgetPlan()
            }
        }
    }

    private mutating func planAccidentOfOpening() {
        let counts = disk.counts
        switch generator.below(8) {
        case 0, 1:
            let change = counts.changes + generator.number(in: 1...12)
            disk.plan { $0.crashAtChange = change }
        case 2:
            let read = counts.reads + generator.number(in: 1...6)
            disk.plan { $0.failingReads = [read] }
        default: break
        }
    }

    private mutating func forgetPlan() {
        disk.plan {
            $0.crashAtChange = nil
            $0.failingReads = []
        }
    }

    /// An open log must not fail, unless the disk did.
    private func explain(_ error: LogStorageError) throws(Violation) {
        let isReadFailure = disk.planned { !$0.failingReads.isEmpty } && error.code == .inputOutput
        try require(disk.hasCrashed || isReadFailure, "the log does not open: \(error)")
    }

    private mutating func check(_ opened: SegmentedLog, before: [String: [UInt8]]) throws {
        try require(opened.recovery.damage.isEmpty, "a crash is called damage: \(opened.recovery.damage)")
        let records = try opened.records()
        try requireEqual(UInt64(records.count), opened.head.durable.value, "the records that can be read")
        try requireEqual(opened.head.appended, opened.head.durable, "the appended head of a log just opened")
        if records.count < model.bodies.count { coverage.note(.lostUnacknowledged) }
        if records.count > model.acknowledgedCount { coverage.note(.keptUnacknowledged) }
        try model.reopen(with: records)
        try checkQuarantine(opened.recovery.tornTail, before: before)
        if generator.chance(1, in: 4) {
            try requireEqual(opened.treeHead.root, model.root(of: records.count), "the root of the tree")
        }
        if case .failure(let error) = opened.appending([], expectedHead: model.head) {
            throw Violation("the log opened, but takes nothing: \(error)")
        }
    }

    /// Whatever was cut from a segment lies in quarantine, and what lay there before still does.
    private mutating func checkQuarantine(_ torn: RecoveryReport.TornTail?, before: [String: [UInt8]]) throws {
        let after = disk.contents
        let quarantine = after.filter { $0.key.contains("/quarantine/") }
        for (path, bytes) in before where path.contains("/quarantine/") {
            try require(quarantine[path]?.isSame(as: bytes) ?? false, "\(path) is no longer in quarantine")
        }
        if torn != nil { coverage.note(.tornTail) }
        for (path, old) in before where path.hasSuffix(".seg") {
            guard let new = after[path] else { throw Violation("\(path) is gone") }
            // A block may end in a zero, so the report's offset counts, where there is one.
            let newEnd = torn.flatMap { path.hasSuffix($0.segment) ? $0.offset : nil } ?? Self.usedEnd(new)
            let oldEnd = Self.usedEnd(old)
            guard newEnd < oldEnd else { continue }
            let cut = Array(old[newEnd..<oldEnd])
            try require(
                quarantine.contains { $0.value.isSame(as: cut) },
                "\(cut.count) bytes cut from \(path) at \(newEnd) are not in quarantine"
            )
        }
    }

    /// The end of the bytes that are not zero.
    static func usedEnd(_ bytes: [UInt8]) -> Int { Checksum.nonzeroEnd(bytes.span.bytes) }

    // MARK: Faults

    /// The disk is full for a while, and then it is not.
    mutating func fillUp() throws {
        note("fill the disk")
        guard log != nil, !disk.hasCrashed, !hasFault else { return }
        let capacity = disk.usedByteCount + generator.below(3) * 4096
        disk.plan { $0.capacity = capacity }
        for _ in 0..<generator.number(in: 1...12) {
            _ = try appendOne()
            try work(isIdle: generator.chance(1, in: 5))
        }
        if generator.chance(1, in: 3) {
            // A full disk is no reason not to open, nor to lose anything.
            try closeAndVerify()
            if !disk.hasCrashed { try open() }
        }
        guard !disk.hasCrashed else { return }
        disk.plan { $0.capacity = nil }
        // Space is back: it recovers by itself.
        try work(isIdle: false)
        guard !disk.hasCrashed else { return }
        if let refusal = try appendOne() { throw Violation("with space again, an append is refused: \(refusal)") }
        try work(isIdle: false)
        coverage.note(.recoveredFromFull)
    }

    /// A sync or a write fails: the log takes nothing more, and is opened again, with or without a power failure between.
    mutating func failSomething() throws {
        guard log != nil, !disk.hasCrashed else { return }
        let isSync = generator.chance(2, in: 3)
        let place = generator.number(in: 1...3)
        let counts = disk.counts
        note("fail \(isSync ? "sync" : "write") \(place)")
        disk.plan { plan in
            if isSync {
                plan.failingSyncs = [counts.syncs + place]
            } else {
                plan.failingWrites = [counts.writes + place]
            }
        }
        for _ in 0..<6 {
            let error = try appendOne()
            try work(isIdle: false)
            if case .failed = error { break }
        }
        guard let log, !disk.hasCrashed else { return }
        let hasHappened =
            isSync ? disk.counts.syncs >= counts.syncs + place : disk.counts.writes >= counts.writes + place
        if hasHappened {
            let durable = log.head.durable
            let error = try appendOne()
            guard case .failed = error else {
                throw Violation(
                    "after a failed \(isSync ? "sync" : "write") the log goes on: \(String(describing: error))"
                )
            }
            log.workByHand()
            try requireEqual(log.head.durable, durable, "the durable head after a failed \(isSync ? "sync" : "write")")
            coverage.note(isSync ? .failedSync : .failedWrite)
        }
        disk.plan {
            $0.failingSyncs = []
            $0.failingWrites = []
        }
        guard hasHappened else { return }
        if generator.chance(1, in: 2) { return try recoverFromCrash() }
        log.close()
        self.log = nil
        try open()
    }

    /// What opening did not read is found wrong in the background; the log takes records, and gives no wrong one.
    private mutating func findInBackground(_ opened: SegmentedLog, _ what: String) throws {
        opened.keepByHand()
        try require(opened.verification.isFinished, "the check does not end")
        try require(!opened.verification.findings.isEmpty, "UNNOTICED: \(what)")
        var records: [(sequence: SequenceNumber, body: [UInt8])] = []
        do {
            try opened.read(from: SequenceNumber(1), through: nil) { sequence, body in
                records.append((sequence, body.withUnsafeBytes { Array($0) }))
                return true
            }
            // The damage is in a mark, which no record needs.
            try requireEqual(records.count, model.bodies.count, "the records read after \(what)")
        } catch let error as LogStorageError {
            try require(error.code == .damaged, "reading fails otherwise: \(error)")
        }
        try model.compare(records, from: 1)
        opened.close()
        log = nil
    }

    /// One bit of what was acknowledged rots: the log says so, cuts nothing, and gives no wrong record.
    mutating func rot() throws {
        note("rot")
        guard log != nil, !disk.hasCrashed else { return }
        try closeAndVerify()
        guard !disk.hasCrashed else { return }
        disk.plan { $0.crashAtChange = nil }
        let files = disk.contents
        let paths = files.keys.filter { $0.hasSuffix(".seg") }.sorted()
        let path = generator.pick(paths)
        let place = generator.below(Self.usedEnd(files[path] ?? [0]))
        let mask = UInt8(1) << generator.below(8)
        disk.tamper(path) { $0[place] ^= mask }
        let rotten = disk.contents
        try planted?.prepareOpening(Self.directory, on: disk)
        let opened = try SegmentedLog.open(directory: Self.directory, options: options, fileSystem: disk)
        if opened.recovery.damage.isEmpty {
            try findInBackground(opened, "byte \(place) of \(path) changed")
            disk.tamper(path) { $0[place] ^= mask }
            coverage.note(.rottedUnread)
            return try open()
        }
        guard case .failure(.readOnly) = opened.appending([[1]], expectedHead: opened.head.appended) else {
            throw Violation("a damaged log is not read-only")
        }
        try model.compare(try opened.records(), from: 1)
        opened.close()
        let after = disk.contents
        for (path, bytes) in rotten where path.hasSuffix(".seg") {
            try require(after[path]?.isSame(as: bytes) ?? false, "opening changed \(path) of a damaged log")
        }
        disk.tamper(path) { $0[place] ^= mask }
        coverage.note(.rotted)
        try open()
    }
}
