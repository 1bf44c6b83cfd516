import CustomerService
import EventSourcing
import LogStorage
import TestSupport
import Testing

/// The verb `snapshot` on the control socket.
@Suite struct SnapshotControlTests {
    private func ask(_ organization: Organization, in path: String) async throws -> ControlResult {
        var verbs = ControlVerbs()
        verbs.addSnapshot(of: organization)
        let server = try ControlServer.start(inDirectory: path, organizations: ["default"], verbs: verbs)
        // On a thread of its own: the work needs one of the pool.
        let result = await Threads.run {
            Result { try ControlClient(directory: path).ask(ControlRequest("snapshot", organization: "default")) }
        }
        await server.stop()
        return try result.get()
    }

    @Test func `a tool gets a snapshot of all that is durable, once`() async throws {
        try await withTemporaryDirectory { path in
            let data = try DataDirectory.open(path, program: "test")
            defer { data.close() }
            let organization = try Organization.open(in: data)
            defer { organization.close() }
            try await organization.createCustomer()
            let first = try await ask(organization, in: path)
            #expect(first.values["isNew"] == .flag(true))
            #expect(first.values["sequence"] == .number(1))
            #expect(first.values["basedOn"] == nil)
            #expect(organization.health.lastSnapshot == SequenceNumber(1))
            let second = try await ask(organization, in: path)
            #expect(second.values["isNew"] == .flag(false))
            #expect(second.values["stateHash"] == first.values["stateHash"])
        }
    }

    @Test func `a log without files has no place for one`() async throws {
        try await withTemporaryDirectory { path in
            let organization = try Organization(name: "default", log: InMemoryEventLog(), now: systemTime)
            let failure = await #expect(throws: ControlFailure.self) { try await ask(organization, in: path) }
            #expect(failure?.code == .failed)
            #expect(failure?.message.contains("no place") == true)
        }
    }
}
