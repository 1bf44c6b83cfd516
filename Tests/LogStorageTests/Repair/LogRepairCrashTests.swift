import EventSourcing
import TestSupport
import Testing

@testable import LogStorage

/// The power fails during each file operation of a repair and of its undoing.
@Suite struct LogRepairCrashTests {
    /// A log with a damaged byte in each sealed segment, and in a parity file.
    private func damaged() throws -> (fixture: RepairFixture, damages: [String: [UInt8]]) {
        let fixture = try RepairFixture()
        var damages: [String: [UInt8]] = [:]
        for (name, bytes) in fixture.sealed + [fixture.parity[1]] {
            var bytes = bytes
            bytes[bytes.count - 300] ^= 1
            fixture.disk.tamper(RepairFixture.path(name)) { $0 = bytes }
            damages[name] = bytes
        }
        return (fixture, damages)
    }

    private func crashEverywhere(
        _ disk: SimulatedFileSystem,
        _ work: (SimulatedFileSystem) throws -> Void,
        _ check: (SimulatedFileSystem) throws -> Void
    ) throws {
        var crashCount = 0
        for change in 1... {
            let disk = disk.crashImage(seed: 1)
            disk.plan { $0.crashAtChange = change }
            try? work(disk)
            guard disk.hasCrashed else { break }
            crashCount += 1
            for seed in 0..<5 { try check(disk.crashImage(seed: UInt64(seed))) }
        }
        #expect(crashCount > 20)
    }

    /// Requires that each file is damaged or whole, and that damage is kept before it is gone.
    private func checkFiles(
        _ image: SimulatedFileSystem,
        _ fixture: RepairFixture,
        _ damages: [String: [UInt8]]
    ) throws {
        let contents = image.contents
        for (name, bytes) in fixture.sealed + fixture.parity {
            let found = contents[RepairFixture.path(name)] ?? []
            guard let damage = damages[name], found != damage else { continue }
            try require(found == bytes, "\(name) is neither whole nor as it was")
            let isKept = contents.contains { $0.key.contains("/quarantine/\(name)-") && $0.value == damage }
            try require(isKept, "\(name) was changed before it was kept")
        }
        let findings = try RepairFixture.verify(image).findings
        try require(findings.allSatisfy { damages[$0.segment] != nil }, "the crash left \(findings)")
    }

    @Test func `a repair that was interrupted leaves each file damaged or whole, and the next one goes on`() throws {
        let (fixture, damages) = try damaged()
        try crashEverywhere(fixture.disk) {
            _ = try RepairFixture.repair($0).run()
        } _: { image in
            try checkFiles(image, fixture, damages)
            let report = try RepairFixture.repair(image).run()
            try require(report.verification.findings.isEmpty, "the next repair leaves \(report.verification.findings)")
            try fixture.checkWhole(image)
            // However many runs it took, all that was replaced can be put back.
            while (try? RepairFixture.repair(image).undo()) != nil {}
            for (name, damage) in damages {
                try require(image.contents[RepairFixture.path(name)] == damage, "\(name) is not back")
            }
        }
    }

    @Test func `an undoing that was interrupted leaves each file damaged or whole, and the next one goes on`() throws {
        let (fixture, damages) = try damaged()
        _ = try RepairFixture.repair(fixture.disk).run()
        try crashEverywhere(fixture.disk) {
            _ = try RepairFixture.repair($0).undo()
        } _: { image in
            try checkFiles(image, fixture, damages)
            _ = try? RepairFixture.repair(image).undo()
            for (name, damage) in damages {
                try require(image.contents[RepairFixture.path(name)] == damage, "\(name) is not back")
            }
        }
    }
}
