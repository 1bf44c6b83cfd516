import Crypto
import EventSourcing
import Synchronization
import TestSupport

@testable import LogStorage

/// A vault on a disk in memory, with keys that repeat themselves.
enum VaultFixture {
    static let directory = "/data/organizations/golden"
    static let path = directory + "/vault/keys.vault"
    static let logID = LogID(high: 0x0011_2233_4455_6677, low: 0x8899_aabb_ccdd_eeff)

    /// What a slot says, to compare.
    enum Content: Hashable {
        case live([UInt8])
        case destroyed(by: UInt64)
        case missing
        case damaged
    }

    static func masterKey(_ number: UInt8) -> MasterKey {
        MasterKey([UInt8](repeating: number, count: 32)) ?? .random()
    }

    static func disk() throws -> SimulatedFileSystem {
        let disk = SimulatedFileSystem(seed: 3)
        try disk.createDirectory(directory)
        for path in ["/data/organizations", "/data", "/"] { try disk.syncDirectory(path) }
        return disk
    }

    static func random(_ seed: UInt64) -> @Sendable (Int) -> [UInt8] {
        let source = RandomSource(seed)
        return { source.bytes($0) }
    }

    static func create(on disk: some FileSystem, masterKey: UInt8 = 1, seed: UInt64 = 1) throws -> KeyVault {
        try KeyVault.create(
            directory: directory,
            logID: logID,
            masterKey: Self.masterKey(masterKey),
            fileSystem: disk,
            random: random(seed)
        )
    }

    static func open(
        on disk: some FileSystem,
        masterKeys: [UInt8] = [1],
        logID: LogID = logID,
        seed: UInt64 = 2
    ) throws -> KeyVault {
        try KeyVault.open(
            directory: directory,
            logID: logID,
            masterKeys: masterKeys.map(masterKey),
            fileSystem: disk,
            random: random(seed)
        )
    }

    static func content(_ vault: KeyVault, _ slot: Int) -> Content {
        switch vault.key(at: slot) {
        case .live(let key): .live(withUnsafeBytes(of: key) { Array($0) })
        case .destroyed(let sequence): .destroyed(by: sequence.value)
        case .missing: .missing
        case .damaged: .damaged
        }
    }

    static func contents(_ vault: KeyVault) -> [Content] { (0..<vault.slotCount).map { content(vault, $0) } }

    /// What `vault` should say it holds.
    static func statistics(_ contents: [Content]) -> VaultStatistics {
        var statistics = VaultStatistics()
        statistics.slots = contents.count
        for content in contents {
            switch content {
            case .live: statistics.live += 1
            case .destroyed: statistics.destroyed += 1
            case .missing: statistics.missing += 1
            case .damaged: statistics.damaged += 1
            }
        }
        return statistics
    }

    static func code(_ work: () throws -> Void) -> LogStorageError.Code? {
        do {
            try work()
            return nil
        } catch {
            return (error as? LogStorageError)?.code
        }
    }
}

private final class RandomSource: Sendable {
    private let generator: Mutex<SeededGenerator>

    init(_ seed: UInt64) { generator = Mutex(SeededGenerator(seed: seed)) }

    func bytes(_ count: Int) -> [UInt8] { generator.withLock { $0.bytes(count) } }
}
