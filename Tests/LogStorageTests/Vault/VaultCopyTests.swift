import EventSourcing
import TestSupport
import Testing

@testable import LogStorage

@Suite struct VaultCopyTests {
    typealias Fixture = VaultFixture

    private static let copy = "/data/copy.vault"

    /// A vault with live and destroyed keys.
    private static func vault(on disk: SimulatedFileSystem) throws -> KeyVault {
        let vault = try Fixture.create(on: disk)
        try vault.mint(through: 16)
        try vault.destroy([3], by: SequenceNumber(30))
        return vault
    }

    private static func make(_ disk: SimulatedFileSystem, masterKeys: [UInt8] = [1]) throws -> VaultInspection {
        try VaultCopy.make(Fixture.path, to: copy, masterKeys: masterKeys.map(Fixture.masterKey), fileSystem: disk)
    }

    private static func restore(
        _ disk: SimulatedFileSystem,
        masterKeys: [UInt8] = [1],
        logID: LogID = Fixture.logID,
        isDryRun: Bool = false
    ) throws -> VaultInspection {
        try VaultCopy.restore(
            copy,
            in: Fixture.directory,
            logID: logID,
            masterKeys: masterKeys.map(Fixture.masterKey),
            isDryRun: isDryRun,
            fileSystem: disk,
            random: Fixture.random(6)
        )
    }

    @Test func `a copy is the vault, and is only replaced by a later one`() throws {
        let disk = try Fixture.disk()
        let vault = try Self.vault(on: disk)
        let inspection = try Self.make(disk)
        #expect(disk.contents[Self.copy] == disk.contents[Fixture.path])
        #expect(inspection.statistics == vault.statistics && inspection.id == vault.id && inspection.hasMasterKey)
        let early = try #require(disk.contents[Self.copy])
        try vault.destroy([4], by: SequenceNumber(40))
        try vault.mint(through: 24)
        try vault.rewrap(under: Fixture.masterKey(2))
        _ = try Self.make(disk, masterKeys: [2])
        #expect(disk.contents[Self.copy] == disk.contents[Fixture.path])
        // The later copy is never replaced by an earlier vault.
        disk.tamper(Fixture.path) { $0 = early }
        #expect(Fixture.code { _ = try Self.make(disk) } == .invalidArgument)
        for bytes in [[], Array("something else".utf8), [UInt8](repeating: 0, count: 4096)] {
            disk.tamper(Self.copy) { $0 = bytes }
            #expect(Fixture.code { _ = try Self.make(disk) } == .invalidArgument)
            #expect(disk.contents[Self.copy] == bytes)
        }
        #expect(Fixture.code { _ = try Self.make(disk, masterKeys: [2]) } == .wrongKey)
    }

    @Test func `damaged slots are named, copied to a new file and never over a good copy`() throws {
        let disk = try Fixture.disk()
        _ = try Self.vault(on: disk)
        disk.tamper(Fixture.path) { $0[VaultFormat.offset(ofSlot: 7) + 40] ^= 1 }
        let inspection = try Self.make(disk)
        #expect(inspection.damagedSlots == [7] && inspection.statistics.damaged == 1)
        #expect(inspection.statistics.live == 14)
        #expect(Fixture.code { _ = try Self.make(disk) } == .invalidArgument)
    }

    @Test func `a restored vault gives the keys back`() throws {
        let disk = try Fixture.disk()
        let vault = try Self.vault(on: disk)
        _ = try Self.make(disk)
        try disk.remove(Fixture.path)
        #expect(try Self.restore(disk, isDryRun: true).statistics == vault.statistics)
        #expect(try !KeyVault.exists(in: Fixture.directory, fileSystem: disk))
        _ = try Self.restore(disk)
        let restored = try Fixture.open(on: disk)
        #expect(Fixture.contents(restored) == Fixture.contents(vault))
        #expect(restored.id == vault.id)
        #expect(Fixture.code { _ = try Self.restore(disk, logID: LogID(high: 1, low: 2)) } == .otherLog)
        #expect(Fixture.code { _ = try Self.restore(disk, masterKeys: [5]) } == .wrongKey)
        try disk.remove(Self.copy)
        #expect(Fixture.code { _ = try Self.restore(disk) } == .notFound)
    }

    @Test func `restoring undoes no destruction and loses no key`() throws {
        let disk = try Fixture.disk()
        let vault = try Self.vault(on: disk)
        _ = try Self.make(disk)
        try vault.destroy([5], by: SequenceNumber(50))
        try vault.rewrap(under: Fixture.masterKey(2))
        try vault.mint(through: 24)
        let contents = Fixture.contents(vault)
        vault.close()
        // Damage to one that both have, and to one that only the vault had.
        disk.tamper(Fixture.path) { bytes in
            bytes[VaultFormat.offset(ofSlot: 8) + 20] ^= 1
            bytes[VaultFormat.offset(ofSlot: 20) + 20] ^= 1
        }
        _ = try Self.restore(disk, masterKeys: [2, 1])
        var restored = try Fixture.open(on: disk, masterKeys: [2])
        for slot in 0..<24 where slot != 20 {
            #expect(Fixture.content(restored, slot) == contents[slot], "slot \(slot)")
        }
        #expect(Fixture.content(restored, 20) == .missing)
        // Without the key of the vault that is there: what was destroyed is known all the same.
        restored.close()
        _ = try Self.restore(disk, masterKeys: [1])
        restored = try Fixture.open(on: disk, masterKeys: [1])
        #expect(Fixture.content(restored, 5) == .destroyed(by: 50))
        #expect(Fixture.content(restored, 6) == contents[6])
    }

    @Test func `a crash while restoring leaves the one vault or the other`() throws {
        for change in 1...12 {
            let disk = try Fixture.disk()
            let vault = try Self.vault(on: disk)
            _ = try Self.make(disk)
            try vault.destroy([5], by: SequenceNumber(50))
            let contents = Fixture.contents(vault)
            vault.close()
            disk.plan { [made = disk.counts.changes] in $0.crashAtChange = made + change }
            _ = try? Self.restore(disk)
            for seed in 0..<8 as Range<UInt64> {
                let opened = try Fixture.open(on: disk.crashImage(seed: seed))
                try requireEqual(Fixture.contents(opened), contents, "change \(change), seed \(seed)")
            }
        }
    }
}
