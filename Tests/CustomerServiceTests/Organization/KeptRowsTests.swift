import CustomerDomain
import CustomerProjections
@testable import CustomerService
import EventSourcing
import LogStorage
import TestSupport
import Testing

@Suite struct KeptRowsTests {
    private static let customer = CustomerOrdinal(0)

    private func withOrganization(_ body: (Organization) async throws -> Void) async throws {
        try await withTemporaryDirectory { root in
            let data = try DataDirectory.open(root, program: "test")
            defer { data.close() }
            let organization = try Organization.open(in: data)
            defer { organization.close() }
            try await body(organization)
        }
    }

    private func look(_ organization: Organization, _ customers: [CustomerOrdinal]) -> KeptRows.Rows {
        organization.peek { state, time in organization.keptRows.rows(of: customers, in: state, at: time) }
    }

    private func keep(_ text: String, _ organization: Organization, _ rows: KeptRows.Rows) {
        Array(text.utf8)
            .withUnsafeBufferPointer { organization.keptRows.keep($0, of: rows.missing[0], from: rows) }
    }

    @Test func `a row is missing until it is kept, and again when its customer changes`() async throws {
        try await withOrganization { organization in
            let id = try await organization.createCustomer()
            try await organization.createCustomer()
            let both = [CustomerOrdinal(1), Self.customer]
            keep("one", organization, look(organization, [Self.customer]))
            let rows = look(organization, both)
            #expect(rows.missing.map(\.place) == [0])
            #expect(rows.missing.map(\.summary.ordinal) == [CustomerOrdinal(1)])
            #expect((rows.bytes, rows.ends) == (Array("one".utf8), [0, 3]))
            let tag = Command.addTags(id, ["new"])
            _ = try await organization.execute(tag, scope: Organization.testScope)
            #expect(look(organization, [Self.customer]).missing.map(\.summary.tags) == [["new"]])
        }
    }

    @Test func `a later row takes the room of an earlier one, and long ones are not kept`() async throws {
        try await withOrganization { organization in
            for _ in 0...KeptRows.capacity {
                let created = CustomerCreated(
                    id: organization.identifiers.next(),
                    accountType: .guest,
                    profile: Profile(firstName: "Ann")
                )
                _ = try organization.submit(
                    .createCustomer(CreateCustomer(created)),
                    scope: Organization.testScope
                )
            }
            let other = CustomerOrdinal(UInt32(KeptRows.capacity))
            keep("one", organization, look(organization, [Self.customer]))
            keep("other", organization, look(organization, [other]))
            #expect(look(organization, [other]).bytes == Array("other".utf8))
            #expect(look(organization, [Self.customer]).missing.count == 1)
            let long = String(repeating: "x", count: KeptRows.rowByteLimit + 1)
            keep(long, organization, look(organization, [Self.customer]))
            #expect(look(organization, [Self.customer]).missing.count == 1)
        }
    }

    @Test func `nothing is kept of anybody once somebody is erased, not even what was read before`() async throws {
        try await withOrganization { organization in
            let id = try await organization.createCustomer()
            try await organization.createCustomer()
            let before = look(organization, [Self.customer, CustomerOrdinal(1)])
            keep("one", organization, before)
            _ = try await organization.execute(.eraseCustomer(id, reason: nil), scope: Organization.testScope)
            keep("one", organization, before)
            #expect(look(organization, [Self.customer, CustomerOrdinal(1)]).missing.count == 2)
        }
    }
}
