import EventSourcing
import TestSupport
import Testing

@testable import LogStorage

/// The power fails at every change of a vault's file, and the disk refuses at every write and sync: no key that was visible is
/// lost, and no key comes back once its destruction was said to be done.
@Suite struct KeyVaultCrashTests {
    typealias Fixture = VaultFixture

    /// What was promised before the end.
    struct Story {
        var hasVault = false
        /// The keys as they were seen, by slot.
        var seen: [Int: Fixture.Content] = [:]
        /// Slots whose destruction was begun, and which of them were said to be destroyed.
        var begun: [Int: UInt64] = [:]
        var done: Set<Int> = []
        /// The master keys that may be asked for.
        var masterKeys: [UInt8] = [1]
    }

    private enum Step {
        case mint(through: Int)
        case destroy([Int])
        case rewrap(UInt8)
        case prepare(from: Int)
        /// The process is killed and another begins; the power stays.
        case reopen
    }

    private static let steps: [Step] = [
        .mint(through: 8), .destroy([1, 3]), .mint(through: 21), .destroy([9]), .reopen, .rewrap(2), .destroy([2]),
        .prepare(from: 14), .mint(through: 30), .rewrap(3), .reopen, .destroy([0, 12]), .mint(through: 40),
    ]

    /// Runs all steps as far as the disk lets it; a step that fails is tried once more when `retries`.
    private static func tell(
        on disk: SimulatedFileSystem,
        retries: Bool = false
    ) -> Story {
        var story = Story()
        guard var vault = attempt(retries, { try open(disk, story) }) else { return story }
        story.hasVault = true
        for (index, step) in steps.enumerated() {
            let sequence = UInt64(index + 1)
            switch step {
            case .mint(let count):
                guard attempt(retries, { try vault.mint(through: count) }) != nil else { return story }
                for slot in 0..<vault.slotCount where story.begun[slot] == nil {
                    story.seen[slot] = Fixture.content(vault, slot)
                }
            case .destroy(let slots):
                for slot in slots { story.begun[slot] = sequence }
                guard attempt(retries, { try vault.destroy(slots, by: SequenceNumber(sequence)) }) != nil else {
                    return story
                }
                story.done.formUnion(slots)
            case .rewrap(let key):
                story.masterKeys.append(key)
                guard attempt(retries, { try vault.rewrap(under: Fixture.masterKey(key)) }) != nil else { return story }
                story.masterKeys = [key]
            case .prepare(let first):
                guard attempt(retries, { try vault.prepare(firstUnused: first) }) != nil else { return story }
            case .reopen:
                guard let next = attempt(retries, { try open(disk, story) }) else { return story }
                vault = next
            }
        }
        return story
    }

    private static func attempt<Value>(_ retries: Bool, _ work: () throws -> Value) -> Value? {
        if let value = try? work() { return value }
        return retries ? try? work() : nil
    }

    private static func open(_ disk: SimulatedFileSystem, _ story: Story) throws -> KeyVault {
        if try !KeyVault.exists(in: Fixture.directory, fileSystem: disk) { return try Fixture.create(on: disk) }
        return try Fixture.open(on: disk, masterKeys: story.masterKeys)
    }

    /// Opens what is left, as a new process would, and compares it with what was promised.
    private static func check(_ disk: SimulatedFileSystem, _ story: Story, _ what: String) throws {
        if !story.hasVault, try !KeyVault.exists(in: Fixture.directory, fileSystem: disk) { return }
        let vault = try Fixture.open(on: disk, masterKeys: story.masterKeys, seed: 5)
        let used = (story.seen.keys.max() ?? -1) + 1
        try vault.prepare(firstUnused: used)
        for slot in 0..<used {
            let content = Fixture.content(vault, slot)
            if let sequence = story.begun[slot] {
                let isDestroyed = content == .destroyed(by: sequence)
                let isKept = !story.done.contains(slot) && content == story.seen[slot]
                try require(isDestroyed || isKept, "\(what): slot \(slot) is \(content)")
            } else {
                try requireEqual(content, story.seen[slot], "\(what): slot \(slot)")
            }
        }
        try vault.mint(through: used + 20)
        for slot in used..<vault.slotCount {
            guard case .live = Fixture.content(vault, slot) else { throw Violation("\(what): new slot \(slot)") }
        }
        // What a killed process left half done is durable now, or gone.
        let contents = Fixture.contents(vault)
        let image = try Fixture.open(on: disk.crashImage(seed: 1), masterKeys: story.masterKeys)
        try requireEqual(Fixture.contents(image), contents, "\(what): after one more crash")
    }

    @Test func `at every crash what was promised holds`() throws {
        let whole = try Fixture.disk()
        let story = Self.tell(on: whole)
        #expect(story.done.count == 6 && story.seen.count == 40 && story.masterKeys == [3])
        let changeCount = whole.counts.changes
        #expect(changeCount > 40)
        for change in try Fixture.disk().counts.changes + 1...changeCount {
            let disk = try Fixture.disk()
            disk.plan { $0.crashAtChange = change }
            let story = Self.tell(on: disk)
            for seed in 0..<12 as Range<UInt64> {
                try Self.check(disk.crashImage(seed: seed), story, "change \(change), seed \(seed)")
            }
        }
    }

    @Test(arguments: [false, true])
    func `a write or a sync that fails loses nothing and can be tried again`(_ retries: Bool) throws {
        let counts = { (disk: SimulatedFileSystem) in (disk.counts.writes, disk.counts.syncs) }
        let whole = try Fixture.disk()
        _ = Self.tell(on: whole)
        let (writes, syncs) = counts(whole)
        #expect(writes > 15 && syncs > 10)
        let plans =
            (1...writes).map { failing in ("write \(failing)", { $0.failingWrites = [failing] }) }
            + (1...syncs)
            .map { failing in
                ("sync \(failing)", { (plan: inout FaultPlan) in plan.failingSyncs = [failing] })
            }
        for (what, plan) in plans {
            let disk = try Fixture.disk()
            disk.plan(plan)
            let story = Self.tell(on: disk, retries: retries)
            if retries { try require(story.seen.count == 40, "\(what) was not overcome") }
            for seed in 0..<6 as Range<UInt64> {
                try Self.check(disk.crashImage(seed: seed), story, "\(what), then a power failure, seed \(seed)")
            }
            // The process ended and began again, and nothing else happened.
            try Self.check(disk, story, what)
        }
    }

    @Test func `a full disk refuses to mint and to wrap anew, and minds nothing else`() throws {
        let disk = try Fixture.disk()
        let vault = try Fixture.create(on: disk)
        try vault.mint(through: 56)
        disk.plan { [used = disk.usedByteCount] in $0.capacity = used }
        let keys = Fixture.contents(vault)
        for work in [{ try vault.mint(through: 100) }, { try vault.rewrap(under: Fixture.masterKey(2)) }] {
            let error = #expect(throws: LogStorageError.self) { try work() }
            #expect(error?.isStorageFull == true)
        }
        #expect(Fixture.contents(vault) == keys)
        #expect(disk.contents.keys.sorted() == [Fixture.path])
        try vault.destroy([4], by: SequenceNumber(1))
        #expect(Fixture.content(vault, 4) == .destroyed(by: 1))
        disk.plan { $0.capacity = nil }
        try vault.rewrap(under: Fixture.masterKey(2))
        try vault.mint(through: 100)
        #expect(Fixture.contents(vault)[5..<56] == keys[5..<56])
        #expect(Fixture.contents(try Fixture.open(on: disk, masterKeys: [2])) == Fixture.contents(vault))
    }
}
