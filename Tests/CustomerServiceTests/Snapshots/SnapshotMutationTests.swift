import CustomerDomain
import CustomerProjections
import CustomerRecords
import EventSourcing
import TestSupport
import Testing

@testable import CustomerService
@testable import LogStorage

/// A snapshot of a real state, of which any byte changes: it is found, named, and the log makes the same state instead.
@Suite struct SnapshotMutationTests {
    @Test func `every changed byte is found, and the log makes the state instead`() async throws {
        let shop = try await DiskShop(seed: 6)
        try await shop.run(70)
        let taken = try await shop.organization.takeSnapshot()
        try await shop.run(15)
        let hash = shop.organization.stateHash
        shop.organization.close()
        let log = try shop.openLog()
        let builder = StateBuilder(log: log, store: log.snapshots, keys: try DiskShop.keys(shop.disk, log))
        let bytes = try #require(shop.disk.contents[taken.path])
        for index in bytes.indices {
            shop.disk.tamper(taken.path) { $0[index] ^= 1 << UInt8(index % 8) }
            var report = OpeningReport()
            #expect(builder.newestSnapshot(&report) == nil, "byte \(index)")
            #expect(report.ignored.map(\.misfit.kind) == [.damaged], "byte \(index)")
            if index % 64 == 0 {
                let opened = try shop.reopen()
                #expect(opened.opening.snapshot == .none && opened.stateHash == hash, "byte \(index)")
            }
            shop.disk.tamper(taken.path) { $0 = bytes }
        }
        #expect(try shop.reopen().opening.snapshot == taken.sequence)
        #expect(try shop.reopen().stateHash == hash)
    }

    @Test func `at every crash while a snapshot is taken, opening gives what the log makes`() async throws {
        let whole = try await DiskShop(seed: 9)
        try await whole.run(40)
        let before = whole.disk.counts.changes
        _ = try await whole.organization.takeSnapshot()
        let changeCount = whole.disk.counts.changes - before
        whole.organization.close()
        #expect(changeCount > 5)
        for change in 1...changeCount {
            let shop = try await DiskShop(seed: 9)
            try await shop.run(30)
            let first = try await shop.organization.takeSnapshot()
            try await shop.run(10)
            let hash = shop.organization.stateHash
            let crash = shop.disk.counts.changes + change
            shop.disk.plan { $0.crashAtChange = crash }
            _ = try? await shop.organization.takeSnapshot()
            for seed in 0..<3 as Range<UInt64> {
                let opened = try shop.reopen(on: shop.disk.crashImage(seed: seed))
                #expect(opened.stateHash == hash, "change \(change)")
                #expect(opened.opening.snapshot >= first.sequence, "change \(change)")
                #expect(opened.opening.ignored == [], "change \(change)")
            }
            shop.organization.close()
        }
    }

    @Test func `a snapshot and what follows it make what the whole log makes`() async throws {
        for seed in 1...8 as ClosedRange<UInt64> {
            let shop = try await DiskShop(seed: seed)
            var random = SeededGenerator(seed: seed)
            for _ in 0..<random.number(in: 1...3) {
                try await shop.run(random.number(in: 0...80))
                _ = try await shop.organization.takeSnapshot()
            }
            try await shop.run(random.number(in: 0...80))
            let live = shop.organization
            live.close()
            let opened = try shop.reopen()
            let replayed = try shop.reopen(usesSnapshots: false)
            #expect(replayed.opening.snapshot == .none)
            #expect(live.head.durable <= SequenceNumber(1) || opened.opening.snapshot > .none, "seed \(seed)")
            for other in [live, opened] {
                #expect(other.stateHash == replayed.stateHash, "seed \(seed)")
                try requireSameAnswers(other, replayed, "seed \(seed)")
            }
        }
    }
}

/// An organization on a disk in memory.
struct DiskShop {
    private static let directory = "/data/organizations/default"

    let disk: SimulatedFileSystem
    let organization: Organization
    private let commands: CommandStream

    init(seed: UInt64) async throws {
        disk = SimulatedFileSystem(seed: seed)
        try disk.createDirectory(Self.directory)
        for path in [Self.directory, "/data/organizations", "/data", "/"] { try disk.syncDirectory(path) }
        let clock = ManualClock()
        commands = CommandStream(seed: seed, clock: clock)
        let log = try Self.open(disk)
        organization = try Organization(
            name: "default",
            storage: log,
            keys: try Self.keys(disk, log),
            now: { clock.now },
            identifiers: nil
        )
    }

    func run(_ count: Int) async throws { try await commands.run(count, in: organization) }

    /// Erases people until so many more are gone; those who were merged or erased cannot be.
    func eraseSome(_ count: Int) async throws {
        var left = count
        for row in 0..<organization.peek({ state, _ in state.customerCount }) where left > 0 {
            let customer = organization.peek { state, _ in state.standing(of: CustomerOrdinal(UInt32(row))) }
            guard customer.status != .erased, customer.status != .merged else { continue }
            try await erase(customer.id)
            left -= 1
        }
        #expect(left == 0)
    }

    func erase(_ customer: CustomerID) async throws {
        _ = try await organization.execute(.eraseCustomer(customer, reason: "asked"), scope: Organization.testScope)
    }

    /// A new shop's first two people, the second merged into the first.
    func addMerged() async throws -> CustomerID {
        let person = try await organization.createCustomer(Profile(firstName: "Zaphodia"))
        let merged = try await organization.createCustomer(Profile(firstName: "Quux"))
        let merge = Command.mergeCustomers(survivor: person, merged: merged)
        _ = try await organization.execute(merge, scope: Organization.testScope)
        return person
    }

    /// Those of ``addMerged()``.
    var identities: [CustomerOrdinal] { [CustomerOrdinal(0), CustomerOrdinal(1)] }

    /// The log, to read.
    func openLog(on other: SimulatedFileSystem? = nil) throws -> SegmentedLog {
        try SegmentedLog.openReadOnly(directory: Self.directory, fileSystem: other ?? disk)
    }

    /// The organization as it opens next, closed again.
    func reopen(on other: SimulatedFileSystem? = nil, usesSnapshots: Bool = true) throws -> Organization {
        let log = try Self.open(other ?? disk)
        let keys = try Self.keys(other ?? disk, log)
        let organization =
            usesSnapshots
            ? try Organization(name: "default", storage: log, keys: keys, now: systemTime, identifiers: nil)
            : try Organization(name: "default", lookingAt: log, codec: RecordCodec(keys: keys))
        organization.close()
        return organization
    }

    /// The organization as it opens next.
    func reopenToWork() throws -> Organization {
        let log = try Self.open(disk)
        return try Organization(
            name: "default",
            storage: log,
            keys: try Self.keys(disk, log),
            now: systemTime,
            identifiers: nil
        )
    }

    /// How many of ``identities`` have a key in the vault on a disk.
    func liveKeyCount(on disk: SimulatedFileSystem) throws -> Int {
        let vault = try KeyVault.openReadOnly(
            directory: Self.directory,
            logID: nil,
            masterKeys: [Self.masterKey()],
            fileSystem: disk
        )
        return identities.count { identity in
            if case .live = vault.key(at: identity.index) { true } else { false }
        }
    }

    private static func masterKey() throws -> MasterKey {
        try #require(MasterKey([UInt8](repeating: 7, count: MasterKey.byteCount)))
    }

    static let vaultPath = directory + "/vault/keys.vault"

    static func keys(_ disk: SimulatedFileSystem, _ log: SegmentedLog) throws -> PersonKeyRing? {
        let masterKey = try masterKey()
        return try PersonKeyRing.open(directory, log, fileSystem: disk, aheadCount: 16) {
            () throws(LogStorageError) in [masterKey]
        }
    }

    private static func open(_ disk: SimulatedFileSystem) throws -> SegmentedLog {
        var options = LogOptions()
        options.preparesInline = true
        options.packsSealedSegments = false
        options.zeroAheadByteCount = 1 << 16
        options.zeroStepByteCount = 1 << 16
        options.blockByteLimit = 1 << 15
        options.idleMarkDelay = .seconds(3_600)
        return try SegmentedLog.open(directory: directory, options: options, fileSystem: disk)
    }
}

/// Asks two organizations a few questions.
private func requireSameAnswers(_ some: Organization, _ others: Organization, _ what: String) throws {
    try some.peek { state, _ in
        try others.peek { other, _ in
            let time = QueryTime(now: state.lastRecordedAt, monthStart: Timestamp(microseconds: 0))
            try requireEqual(state.metrics(at: time), other.metrics(at: time), "metrics of \(what)")
            try requireEqual(state.customerCount, other.customerCount, "customers of \(what)")
            for row in 0..<state.customerCount {
                let customer = CustomerOrdinal(UInt32(row))
                let (one, two) = (state.profile(of: customer, at: time), other.profile(of: customer, at: time))
                try requireEqual(one, two, "profile \(row) of \(what)")
                let (account, its) = (state.loyaltyAccount(of: customer), other.loyaltyAccount(of: customer))
                try requireEqual(account, its, "loyalty \(row) of \(what)")
            }
        }
    }
}
