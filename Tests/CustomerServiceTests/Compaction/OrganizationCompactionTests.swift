import CustomerDomain
@testable import CustomerService
import CustomerProjections
import EventSourcing
import Foundation
import LogStorage
import TestSupport
import Testing

/// Erasing somebody and compacting leaves nothing of that person, and every promise holds.
@Suite struct OrganizationCompactionTests {
    /// The texts by which a person's data are found again.
    private static let secrets = [
        "Qvelda", "Zwornik", "qvelda.zwornik@example.com", "Unobtain Lane 7391", "kumquat-lover",
    ]
    private static let mergedSecrets = ["Oldname-Qvelda", "Formerly Lane 4"]

    private func address(_ line: String, _ organization: Organization) -> Address {
        var fields = AddressFields()
        fields.line1 = line
        return Address(id: organization.identifiers.next(), fields: fields)
    }

    private func execute(_ command: Command, in organization: Organization) async throws {
        _ = try await organization.execute(command, scope: Organization.testScope)
    }

    /// Somebody whose data are in all kinds of events, and who was merged with another customer.
    private func makePerson(in organization: Organization) async throws -> CustomerID {
        let person = try await organization.createCustomer(
            Profile(email: EmailAddress(Self.secrets[2]), firstName: Self.secrets[0], lastName: Self.secrets[1])
        )
        let lane = address(Self.secrets[3], organization)
        try await execute(.addAddress(AddAddress(customer: person, address: lane)), in: organization)
        let note = NoteAdded(id: organization.identifiers.next(), type: .general, text: "is a \(Self.secrets[4])")
        try await execute(.addNote(person, note), in: organization)
        let merged = try await organization.createCustomer(Profile(firstName: Self.mergedSecrets[0]))
        let formerly = address(Self.mergedSecrets[1], organization)
        try await execute(.addAddress(AddAddress(customer: merged, address: formerly)), in: organization)
        try await execute(.mergeCustomers(survivor: person, merged: merged), in: organization)
        return person
    }

    /// Whether a text is in any byte of any segment file, or in any record, which compression may hide.
    private func holds(_ text: String, _ directory: String) throws -> Bool {
        let needle = Data(text.utf8)
        let files = try FileManager.default
            .contentsOfDirectory(at: URL(filePath: directory + "/log"), includingPropertiesForKeys: nil)
        if try files.contains(where: { try Data(contentsOf: $0).range(of: needle) != nil }) { return true }
        var isHeld = false
        try SegmentedLog.openReadOnly(directory: directory)
            .read(from: SequenceNumber(1), through: nil) { _, body in
                isHeld = body.withUnsafeBytes { Data($0).range(of: needle) != nil }
                return !isHeld
            }
        return isHeld
    }

    @Test func `nothing personal of an erased customer is left, and state, root and old proofs hold`() async throws {
        try await withTemporaryDirectory { root in
            let (_, data) = try await SnapshotTests.shop(in: root) { organization, _ in
                let person = try await makePerson(in: organization)
                try await organization.createCustomer(Profile(firstName: "Keptname"))
                _ = try await organization.takeSnapshot()
                try await execute(.eraseCustomer(person, reason: "asked by Zwornik"), in: organization)
                let (hash, head) = (organization.stateHash, try #require(organization.storage?.treeHead))
                let log = try #require(organization.storage)
                let proofs = try (1...head.size).map { try log.inclusionProof(of: SequenceNumber(UInt64($0))) }

                let dry = try await organization.compact(dryRun: true)
                #expect(dry.redactedCount > 5)
                let report = try await organization.compact()
                #expect(report.stop == nil && report.failures == [])
                #expect(report.redactedCount == dry.redactedCount)
                #expect(report.before.huskCount == 0 && report.after.huskCount == report.redactedCount)

                #expect(organization.stateHash == hash)
                #expect(log.treeHead == head)
                for (index, proof) in proofs.enumerated() {
                    let again = try log.inclusionProof(of: SequenceNumber(UInt64(index + 1)))
                    #expect(again == proof && proof.isValid)
                }
                #expect(try await organization.compact().redactedCount == 0)
                #expect(try await organization.createCustomer() != person)
            }
            data.close()
            let directory = root + "/organizations/default"
            for secret in Self.secrets + Self.mergedSecrets { #expect(try !holds(secret, directory), "\(secret)") }
            // The others are still there, for who has their keys.
            let again = try Organization.openReadOnly(inDirectory: root)
            let names = again.peek { state, time in
                (0..<state.customerCount)
                    .map { state.profile(of: CustomerOrdinal(UInt32($0)), at: time).summary.firstName }
            }
            #expect(names.contains("Keptname"))
            #expect(try LogVerifier.verify(directory: directory).findings == [])
        }
    }

    @Test func `snapshots that know an erased person are replaced`() async throws {
        try await withTemporaryDirectory { root in
            let (hash, data) = try await SnapshotTests.shop(in: root) { organization, _ in
                let person = try await makePerson(in: organization)
                let old = try await organization.takeSnapshot().sequence
                try await execute(.eraseCustomer(person, reason: nil), in: organization)
                let store = try #require(organization.storage?.snapshots)
                #expect(try store.list().contains(old))
                _ = try await organization.compact()
                #expect(try store.list() == [organization.head.durable])
                // They stay when there is nothing to hide from them.
                try await organization.createCustomer()
                _ = try await organization.compact()
                #expect(try store.list().count == 1)
                return organization.stateHash
            }
            data.close()
            #expect(try SnapshotTests.logHash(root) == hash)
            #expect(try SnapshotTests.reopened(root).stateHash == hash)
        }
    }

    @Test(arguments: 0..<6)
    func `a log that was compacted makes the same state, whoever was erased`(seed: Int) async throws {
        var generator = SeededGenerator(seed: UInt64(seed))
        try await withTemporaryDirectory { root in
            let (hash, data) = try await SnapshotTests.shop(in: root, seed: UInt64(seed) + 100) {
                organization,
                commands in
                for _ in 0..<4 {
                    try await commands.run(60, in: organization)
                    try await organization.seal()
                    let count = organization.peek { state, _ in state.customerCount }
                    for _ in 0..<3 {
                        let ordinal = CustomerOrdinal(UInt32(generator.below(count)))
                        let id = organization.peek { state, _ in state.standing(of: ordinal).id }
                        try? await execute(.eraseCustomer(id, reason: "x"), in: organization)
                    }
                    let hash = organization.stateHash
                    let report = try await organization.compact()
                    #expect(report.stop == nil && report.failures == [])
                    #expect(organization.stateHash == hash)
                }
                return organization.stateHash
            }
            data.close()
            #expect(try SnapshotTests.logHash(root) == hash)
            #expect(try LogVerifier.verify(directory: root + "/organizations/default").findings == [])
        }
    }

    @Test func `commands go on while the log is compacted`() async throws {
        try await withTemporaryDirectory { root in
            let (_, data) = try await SnapshotTests.shop(in: root) { organization, commands in
                let person = try await makePerson(in: organization)
                try await execute(.eraseCustomer(person, reason: nil), in: organization)
                async let running: Void = commands.run(100, in: organization)
                let report = try await organization.compact()
                try await running
                // Two created, two addresses and a note, and whom the commands erase.
                #expect(report.redactedCount >= 5)
            }
            data.close()
            #expect(try LogVerifier.verify(directory: root + "/organizations/default").findings == [])
            for secret in Self.secrets { #expect(try !holds(secret, root + "/organizations/default")) }
        }
    }

    @Test func `sealing says how many events it sealed`() async throws {
        try await withTemporaryDirectory { root in
            let data = try DataDirectory.open(root, program: "test")
            defer { data.close() }
            let organization = try Organization.open(in: data)
            defer { organization.close() }
            for _ in 0..<3 { try await organization.createCustomer() }
            #expect(try await organization.seal() == 3)
            #expect(try await organization.seal() == 0)
            #expect(organization.status.segmentCount == 2)
        }
    }
}
