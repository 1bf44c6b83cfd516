import CustomerDomain
import EventSourcing
import Foundation
import LogStorage
import TestSupport
import Testing

@testable import CustomerService

/// Nobody is in a snapshot in the clear, and who was erased is soon in none at all.
@Suite struct SnapshotErasureTests {
    private static let names = ["Zaphodia", "Quuxington", "zaphodia@quux.example", "Nowhere Lane"]

    @Test func `a snapshot after an erasure has nothing personal, and the older ones go`() async throws {
        try await withTemporaryDirectory { path in
            let data = try DataDirectory.open(path, program: "test")
            defer { data.close() }
            let organization = try Organization.open(in: data)
            defer { organization.close() }
            let customer = try await Self.person(in: organization)
            _ = try await organization.takeSnapshot()
            try await Self.touch(customer, organization)
            let second = try await organization.takeSnapshot()
            #expect(try Self.personal(in: organization, at: second.sequence) == [])
            try await Self.erase(customer, organization)
            let third = try await organization.takeSnapshot()
            #expect(try Self.personal(in: organization, at: third.sequence) == [])
            #expect(try organization.storage?.snapshots?.list() == [third.sequence])
            let fourth = try await organization.takeSnapshot()
            #expect(fourth.sequence == third.sequence && !fourth.isNew)
        }
    }

    @Test func `an erasure makes a snapshot due`() async throws {
        try await withTemporaryDirectory { path in
            let data = try DataDirectory.open(path, program: "test")
            defer { data.close() }
            let organization = try Organization.open(in: data)
            defer { organization.close() }
            let customer = try await Self.person(in: organization)
            let taken = try await organization.takeSnapshot()
            var policy = SnapshotPolicy()
            policy.interval = .milliseconds(1)
            policy.selfCheckInterval = .seconds(3_600)
            let keeping = Task { [policy] in await organization.keepSnapshots(policy) }
            try await Self.erase(customer, organization)
            while organization.health.lastSnapshot == taken.sequence { try await Task.sleep(for: .milliseconds(1)) }
            keeping.cancel()
            await keeping.value
            let left = try #require(try organization.storage?.snapshots?.list())
            #expect(left == [organization.head.durable])
            #expect(try Self.personal(in: organization, at: left[0]) == [])
        }
    }

    private static func person(in organization: Organization) async throws -> CustomerID {
        var profile = Profile()
        profile.firstName = "Zaphodia"
        profile.lastName = "Quuxington"
        profile.email = EmailAddress(unchecked: "zaphodia@quux.example")
        var fields = AddressFields()
        fields.line1 = "Nowhere Lane"
        let address = Address(id: organization.identifiers.next(), fields: fields)
        let customer = CustomerCreated(id: organization.identifiers.next(), accountType: .registered, profile: profile)
        let command = Command.createCustomer(CreateCustomer(customer, addresses: [address]))
        _ = try await organization.execute(command, scope: scope(organization))
        return customer.id
    }

    private static func touch(_ customer: CustomerID, _ organization: Organization) async throws {
        _ = try await organization.execute(.recordLogin(customer), scope: scope(organization))
    }

    private static func erase(_ customer: CustomerID, _ organization: Organization) async throws {
        _ = try await organization.execute(.eraseCustomer(customer, reason: nil), scope: scope(organization))
    }

    private static func scope(_ organization: Organization) -> Scope {
        .local(tool: "test", organization: organization.name)
    }

    /// Which of the names stand in a snapshot, in any letters' case.
    private static func personal(in organization: Organization, at sequence: SequenceNumber) throws -> [String] {
        let reader = try #require(try organization.storage?.snapshots?.open(sequence))
        var content: [UInt8] = []
        while true {
            let piece = try reader.next()
            if piece.isEmpty { break }
            content += piece
        }
        let text = String(decoding: content, as: UTF8.self).lowercased()
        return names.filter { text.contains($0.lowercased()) }
    }
}
