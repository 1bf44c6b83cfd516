import TestSupport
import Testing

@testable import LogStorage

@Suite struct LogRepairPropertyTests {
    private static let shared = Result { try RepairFixture() }

    @Test func `damage of up to four shards is rebuilt bit for bit, and undone`() async throws {
        try await Property.forAllConcurrently(seeds: 400) { generator in
            let fixture = try Self.shared.get()
            let disk = fixture.disk.crashImage(seed: 1)
            var damaged: [String: [UInt8]] = [:]
            for (name, bytes) in fixture.sealed where damaged.isEmpty || generator.chance(1, in: 2) {
                let path = RepairFixture.path(name)
                let damage = Self.damage(&generator, to: bytes)
                guard !damage.isSame(as: bytes) else { continue }
                disk.tamper(path) { $0 = damage }
                damaged[name] = damage
            }
            let report = try RepairFixture.repair(disk).run()
            try requireEqual(report.repaired, damaged.keys.sorted(), "what was repaired")
            try require(report.verification.findings.isEmpty, "the repair leaves \(report.verification.findings)")
            try fixture.checkWhole(disk)
            for file in report.quarantineFiles {
                let name = String(Paths.lastComponent(file).prefix(24))
                try require(
                    disk.contents[file]?.isSame(as: damaged[name] ?? []) ?? false,
                    "\(file) is not what was there"
                )
            }
            guard !damaged.isEmpty, generator.chance(1, in: 2) else { return }
            try requireEqual(try RepairFixture.repair(disk).undo(), damaged.keys.sorted(), "what was undone")
            for (name, damage) in damaged {
                try require(disk.contents[RepairFixture.path(name)]?.isSame(as: damage) ?? false, "\(name) is not back")
            }
            let again = try RepairFixture.repair(disk).run()
            try requireEqual(again.repaired, damaged.keys.sorted(), "what was repaired again")
            try fixture.checkWhole(disk)
        }
    }

    /// Damage that hits four shards at most: a run, places here and there, a cut or something behind the end.
    private static func damage(_ generator: inout SeededGenerator, to bytes: [UInt8]) -> [UInt8] {
        var damage = bytes
        let shard = ParityLayout(fileByteCount: bytes.count).shardByteCount
        // What is restored for sure: three shards and a byte, wherever they begin.
        let run = 3 * shard + 1
        switch generator.below(4) {
        case 0:
            let start = generator.below(bytes.count)
            for index in start..<min(bytes.count, start + generator.number(in: 1...run)) {
                damage[index] = UInt8(generator.below(256))
            }
        case 1:
            for _ in 0..<4 { damage[generator.below(bytes.count)] ^= UInt8(generator.number(in: 1...255)) }
        case 2: damage.removeLast(generator.number(in: 1...min(run, bytes.count)))
        default: damage += generator.bytes(generator.number(in: 1...2000))
        }
        return damage
    }
}
