import CustomerDomain
import CustomerProjections
import CustomerRecords
import EventSourcing
import Foundation
import Synchronization
import TestSupport

@testable import CustomerService
@testable import LogStorage

/// Random commands, sent one after another.
final class CommandStream: Sendable {
    private let commands: Mutex<RandomCommands>
    private let clock: ManualClock

    init(seed: UInt64, clock: ManualClock) {
        commands = Mutex(RandomCommands(SeededGenerator(seed: seed)))
        self.clock = clock
    }

    func run(_ count: Int, in organization: Organization) async throws {
        let scope = Scope.local(tool: "test", organization: organization.name)
        for _ in 0..<count {
            let command = organization.peek { state, _ in commands.withLock { Self.next(&$0, state) } }
            clock.set(commands.withLock { $0.nextTime() })
            do {
                _ = try await organization.execute(command, scope: scope)
            } catch {
                guard case .rejected = error else { throw error }
            }
        }
    }

    private static func next(_ commands: inout RandomCommands, _ state: borrowing OrganizationState) -> Command {
        commands.next(for: copy state)
    }
}

extension Organization {
    var stateHash: [UInt8] { peek { state, _ in state.stateHash() } }
    var personalHash: [UInt8] { peek { state, _ in state.personalHash() } }
}

/// How a planted snapshot lies.
enum Lie: String, CaseIterable {
    /// It does not: the state and the stamp of the log's end.
    case none
    case fingerprint
    case history
    case future
    case hash
    /// It says that a newer program wrote it.
    case format
    /// It is whole, and its content is no state.
    case content
    /// Another state, with its own hash: only a self-check finds it.
    case consistent

    static let allCases: [Lie] = [.none, .fingerprint, .history, .future, .hash, .format, .content]

    /// What is said of it.
    var kind: SnapshotMisfit.Kind? {
        switch self {
        case .none, .consistent: nil
        case .fingerprint: .otherProgram
        case .history: .otherHistory
        case .future: .aheadOfLog
        case .hash: .otherState
        case .format: .newerFormat
        case .content: .damaged
        }
    }
}

extension SnapshotTests {
    /// A data directory with a shop that some hundred commands made, and what `body` does to it; closed, but locked.
    static func shop<Result>(
        in path: String,
        seed: UInt64 = 3,
        _ body: (Organization, CommandStream) async throws -> Result
    ) async throws -> (Result, DataDirectory) {
        let directory = try DataDirectory.open(path, program: "test")
        let clock = ManualClock()
        let organization = try Organization.open(in: directory, now: { clock.now })
        defer { organization.close() }
        let commands = CommandStream(seed: seed, clock: clock)
        try await commands.run(200, in: organization)
        return (try await body(organization, commands), directory)
    }

    /// The hash of the state that the log alone makes.
    static func logHash(_ path: String) throws -> [UInt8] {
        try Organization.openReadOnly(inDirectory: path).stateHash
    }

    /// The organization, opened and closed once more.
    static func reopened(_ path: String) throws -> Organization {
        let directory = try DataDirectory.open(path, program: "test")
        defer { directory.close() }
        let organization = try Organization.open(in: directory)
        organization.close()
        return organization
    }

    static func snapshots(_ path: String) -> String { path + "/organizations/default/snapshots" }

    /// Writes a snapshot of the log's end, with something wrong about it.
    static func plant(_ lie: Lie, in path: String) throws {
        let log = try SegmentedLog.openReadOnly(directory: path + "/organizations/default")
        let keys = try PersonalReader.holder().keys(of: "default", in: path, log: log)
        guard let store = log.snapshots else { throw Violation("no place for snapshots") }
        var state = OrganizationState()
        let last = log.head.durable
        try StateBuilder(log: log, store: nil, keys: keys).replay(into: &state, through: last)
        var stamp = SnapshotStamp(
            sequence: last,
            recordedAt: state.lastRecordedAt,
            leafHash: try log.leafHash(of: last) ?? MerkleHash.emptyRoot,
            fingerprint: OrganizationState.archiveFingerprint,
            stateHash: state.stateHash()
        )
        switch lie {
        case .fingerprint: stamp.fingerprint[0] ^= 1
        case .history: stamp.leafHash = .emptyRoot
        case .hash: stamp.stateHash[7] ^= 1
        case .future: stamp.sequence = last.advanced(by: 1)
        case .none, .consistent, .format, .content: break
        }
        if lie == .consistent {
            // A customer whom the log does not know.
            var created = CustomerCreatedView()
            created.id = CustomerID(high: 1, low: 1)
            state.apply(
                RecordView(
                    sequence: last,
                    recordedAt: state.lastRecordedAt,
                    occurredAt: state.lastRecordedAt,
                    actor: nil,
                    requestID: nil,
                    customer: CustomerOrdinal(UInt32(state.customerCount)),
                    customerVersion: 1,
                    idempotency: nil,
                    event: .customerCreated(created)
                )
            )
            stamp.stateHash = state.stateHash()
        }
        let writer = try store.create(stamp)
        if lie == .content {
            // More than is read ahead when the first bytes are refused.
            let content = [UInt8](repeating: 0x5A, count: 1 << 20)
            for _ in 0..<8 { try writer.append(content.span.bytes) }
        } else {
            try state.archive(sealedBy: PersonSeal(keys, snapshot: stamp.sequence)) { try writer.append($0) }
        }
        try writer.finish()
        if lie == .format { try age(store.path(of: stamp.sequence)) }
    }
}

/// Gives a snapshot the next format version, and the checksum that goes with it.
private func age(_ path: String) throws {
    var bytes = try [UInt8](Data(contentsOf: URL(filePath: path)))
    bytes[8] += 1
    bytes.store(bytes.crc32c(0..<252), at: 252)
    try Data(bytes).write(to: URL(filePath: path))
}

/// Changes a bit of a file.
func flip(_ path: String, at offset: Int) throws {
    let handle = try FileHandle(forUpdating: URL(filePath: path))
    defer { try? handle.close() }
    try handle.seek(toOffset: UInt64(offset))
    let byte = try handle.read(upToCount: 1) ?? Data([0])
    try handle.seek(toOffset: UInt64(offset))
    try handle.write(contentsOf: Data([byte[byte.startIndex] ^ 1]))
}
