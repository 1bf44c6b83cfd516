import CustomerDomain
import CustomerProjections
import EventSourcing
import TestSupport
import Testing

@testable import CustomerService
@testable import LogStorage

/// An organization whose disk fails goes on answering with what was acknowledged.
@Suite struct FailedDiskTests {
    private static let directory = "/data/default"
    private let disk = SimulatedFileSystem(seed: 1)
    private let clock = ManualClock()
    private let scope = Scope.local(tool: "test", organization: "default")

    private func open() throws -> Organization {
        try disk.createDirectory("/data")
        try disk.syncDirectory("/")
        var options = LogOptions()
        options.reserveByteCount = 4096
        let log = try SegmentedLog.open(directory: Self.directory, options: options, fileSystem: disk)
        let clock = clock
        return try Organization(name: "default", log: log, now: { clock.now })
    }

    private func create(_ name: String, in organization: Organization) async throws {
        let customer = CustomerCreated(
            id: organization.identifiers.next(),
            accountType: .registered,
            profile: Profile(firstName: name)
        )
        _ = try await organization.execute(.createCustomer(CreateCustomer(customer)), scope: scope)
    }

    @Test func `after a failed sync reads show what is durable, commands are refused, and a restart heals`()
        async throws
    {
        let organization = try open()
        try await create("Ada", in: organization)
        let hash = try await organization.read { state, _ in state.stateHash() }
        disk.plan { [syncs = disk.counts.syncs] in $0.failingSyncs = Set(syncs + 1...syncs + 50) }
        await #expect(throws: CommandError.self) { try await create("Grace", in: organization) }
        disk.plan { $0.failingSyncs = [] }
        guard case .failed? = organization.status.refusal else {
            Issue.record("not failed: \(String(describing: organization.status.refusal))")
            return
        }
        let (count, after) = try await organization.read { state, _ in (state.customerCount, state.stateHash()) }
        #expect(count == 1)
        #expect(after == hash)
        let error = await #expect(throws: CommandError.self) { try await create("Edsger", in: organization) }
        guard case .unavailable(.failed)? = error else {
            Issue.record("refused otherwise: \(String(describing: error))")
            return
        }
        organization.close()

        let again = try open()
        #expect(again.status.refusal == nil)
        try await create("Barbara", in: again)
        #expect(try await again.read { state, _ in state.customerCount } >= 2)
        again.close()
    }

    @Test func `a detail that cannot be read is an error of that request alone`() async throws {
        let organization = try open()
        try await create("Ada", in: organization)
        disk.plan { [reads = disk.counts.reads] in $0.failingReads = [reads + 1] }
        let error = #expect(throws: CommandError.self) { _ = try organization.event(SequenceNumber(1)) }
        guard case .unreadable(let reason)? = error else {
            Issue.record("failed otherwise: \(String(describing: error))")
            return
        }
        #expect(reason.contains("dmesg"))
        #expect(try organization.event(SequenceNumber(1)) != nil)
        #expect(organization.status.refusal == nil)
        organization.close()
    }

    @Test func `times never go back when the clock does, and the status says how far it is behind`() async throws {
        let organization = try open()
        try await create("Ada", in: organization)
        let first = try #require(try organization.event(SequenceNumber(1))).recordedAt
        #expect(organization.status.clockLag == 0)
        clock.advance(by: .seconds(-90))
        #expect(organization.status.clockLag == 90_000_000)
        try await create("Grace", in: organization)
        #expect(try organization.event(SequenceNumber(2))?.recordedAt == first)
        organization.close()
    }
}
