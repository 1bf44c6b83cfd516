import EventSourcing
import TestSupport
import Testing

@testable import LogStorage

@Suite struct MasterKeyRotationTests {
    typealias Fixture = VaultFixture

    private static let names = ["alpha", "beta"]

    /// Two organizations with vaults, one without, and the master key in the data directory.
    private static func disk() throws -> (disk: SimulatedFileSystem, contents: [[Fixture.Content]]) {
        let disk = try Fixture.disk()
        try MasterKeyFile.write([Fixture.masterKey(1)], in: "/data", fileSystem: disk)
        var contents: [[Fixture.Content]] = []
        for (index, name) in names.enumerated() {
            let directory = "/data/organizations/" + name
            try disk.createDirectory(directory)
            try disk.syncDirectory("/data/organizations")
            let vault = try KeyVault.create(
                directory: directory,
                logID: LogID(high: 1, low: UInt64(index)),
                masterKey: Fixture.masterKey(1),
                fileSystem: disk,
                random: Fixture.random(UInt64(index) + 10)
            )
            try vault.mint(through: 16)
            try vault.destroy([index], by: SequenceNumber(9))
            contents.append(Fixture.contents(vault))
            vault.close()
        }
        return (disk, contents)
    }

    private static func rotate(_ disk: SimulatedFileSystem, isDryRun: Bool = false) throws -> MasterKeyRotation.Report {
        try MasterKeyRotation(data: "/data", fileSystem: disk)
            .rotateFile(open: [:], isDryRun: isDryRun) { Fixture.masterKey(2) }
    }

    private static func keys(_ disk: SimulatedFileSystem) throws -> [MasterKey] {
        try MasterKeyFile.read("/data/keys/master.key", disk) ?? []
    }

    /// Every vault opens with what the key file holds, and has its keys.
    private static func check(_ disk: SimulatedFileSystem, _ contents: [[Fixture.Content]], _ what: String) throws {
        for (name, expected) in zip(names, contents) {
            let vault = try KeyVault.open(
                directory: "/data/organizations/" + name,
                logID: nil,
                masterKeys: try keys(disk),
                fileSystem: disk
            )
            try requireEqual(Fixture.contents(vault), expected, "\(name) after \(what)")
            vault.close()
        }
    }

    @Test func `all vaults get the new key, and only that is left in the file`() throws {
        let (disk, contents) = try Self.disk()
        let before = disk.contents
        let plan = try Self.rotate(disk, isDryRun: true)
        #expect(plan.organizations == Self.names && plan.newKey == nil && disk.contents == before)
        let report = try Self.rotate(disk)
        #expect(report.organizations == Self.names)
        #expect(report.oldKeys == [Fixture.masterKey(1).id] && report.newKey == Fixture.masterKey(2).id)
        #expect(try Self.keys(disk).map(\.id) == [Fixture.masterKey(2).id])
        try Self.check(disk, contents, "the rotation")
    }

    @Test func `a crash anywhere leaves vaults that open, and the rotation goes on when asked again`() throws {
        let (whole, _) = try Self.disk()
        let start = whole.counts.changes
        _ = try Self.rotate(whole)
        let changeCount = whole.counts.changes - start
        #expect(changeCount > 20)
        for change in 1...changeCount {
            let (disk, contents) = try Self.disk()
            disk.plan { $0.crashAtChange = start + change }
            _ = try? Self.rotate(disk)
            for seed in 0..<6 as Range<UInt64> {
                let image = disk.crashImage(seed: seed)
                try Self.check(image, contents, "change \(change), seed \(seed)")
                _ = try Self.rotate(image)
                try requireEqual(try Self.keys(image).count, 1, "keys left")
                try Self.check(image, contents, "change \(change), seed \(seed), and another rotation")
            }
        }
    }

    @Test func `a key from elsewhere is written nowhere`() throws {
        let (disk, contents) = try Self.disk()
        let rotation = MasterKeyRotation(data: "/data", fileSystem: disk)
        let open = try KeyVault.open(
            directory: "/data/organizations/alpha",
            logID: nil,
            masterKeys: [Fixture.masterKey(1)],
            fileSystem: disk
        )
        let (old, new) = ([Fixture.masterKey(1)], Fixture.masterKey(3))
        let plan = try rotation.rotate(from: old, to: new, open: ["alpha": open], isDryRun: true)
        #expect(plan.newKey == new.id && open.masterKeyID == old[0].id)
        let report = try rotation.rotate(from: old, to: new, open: ["alpha": open])
        #expect(report.oldKeys == [old[0].id] && report.newKey == new.id && report.organizations == Self.names)
        #expect(open.masterKeyID == new.id && Fixture.contents(open) == contents[0])
        #expect(try Self.keys(disk).map(\.id) == [old[0].id])
        try MasterKeyFile.write([new], in: "/data", fileSystem: disk)
        try Self.check(disk, contents, "the key was put there")
        try disk.remove("/data/keys/master.key")
        #expect(Fixture.code { _ = try Self.rotate(disk) } == .notFound)
    }
}
