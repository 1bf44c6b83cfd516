import CustomerDomain
import CustomerProjections
import EventSourcing
import TestSupport
import Testing

@testable import CustomerService

@Suite struct CustomerImportTests {
    private final class Collector {
        var bytes: [UInt8] = []
    }

    private func run(
        _ rows: [String],
        header: String = CustomerMapping.template,
        updates: Bool = false,
        into organization: Organization
    ) async throws -> (summary: ImportSummary, report: String) {
        let collector = Collector()
        let text = ([header] + rows).joined(separator: "\n")
        var work = CustomerImport(
            ByteSource(Array(text.utf8), chunkByteCount: 64),
            updatesKnown: updates,
            into: organization,
            scope: .local(tool: "test", organization: "test"),
            report: ImportReport { collector.bytes += $0 }
        )
        let summary = try await work.run()
        return (summary, String(decoding: collector.bytes, as: UTF8.self))
    }

    private func organization() throws -> Organization {
        let clock = ManualClock()
        return try Organization(name: "test", log: InMemoryEventLog(), now: { clock.now })
    }

    private let rows = [
        "Ada,Lovelace,ada@example.com,+44 7700 900123,Retail,\"newsletter, vip\",C-1", "Zoë,Ng,zoe@example.com,,,,",
        "Nobody,,,,,,", "Wrong,,wrong,12,,,", "Again,,ADA@example.com,,,,", "Thief,,thief@example.com,,,,C-1",
        ",,short@example.com",
    ]

    @Test func `customers come in with groups and tags, and bad rows are reported`() async throws {
        let organization = try organization()
        let (summary, report) = try await run(rows, into: organization)
        #expect(summary.rowCount == 7)
        #expect(summary.customerCount == 2)
        #expect(summary.reportedRowCount == 5)
        #expect(
            report == """
                line,column,reason,detail\r
                5,Email,is required,\r
                6,Phone,not a phone number,2 characters\r
                6,Email,not an e-mail address,5 characters\r
                7,Email,is in the file more than once,\r
                8,External ID,belongs to another customer already,C-1\r
                9,,not a row of this file,"3 fields, where the header has 7"\r

                """
        )
        organization.peek { state, _ in
            guard let ada = state.customer(withEmail: "ada@example.com", accountType: .registered) else {
                Issue.record("no Ada")
                return
            }
            #expect(state.tags(of: ada) == ["newsletter", "vip"])
            #expect(state.externalID(of: ada) == "C-1")
            #expect(state.group(named: "retail").map { state.isMember(ada, of: $0) } == true)
        }
    }

    @Test func `a second run adds nothing, with and without updating`() async throws {
        let organization = try organization()
        _ = try await run(rows, into: organization)
        for updates in [false, true] {
            let (summary, _) = try await run(rows, updates: updates, into: organization)
            #expect(summary.eventCount == 0)
            #expect(summary.knownCustomerCount == 2)
        }
    }

    @Test func `an update brings what the file says, and takes nothing away`() async throws {
        let organization = try organization()
        _ = try await run(rows, into: organization)
        let (summary, _) = try await run(
            ["Augusta,,ada@example.com,,Wholesale,press,"],
            updates: true,
            into: organization
        )
        #expect(summary.updatedCustomerCount == 1)
        organization.peek { state, _ in
            guard let ada = state.customer(withEmail: "ada@example.com", accountType: .registered) else { return }
            #expect(state.profile(of: ada).firstName == "Augusta")
            #expect(state.profile(of: ada).lastName == "Lovelace")
            #expect(state.tags(of: ada) == ["newsletter", "vip", "press"])
            #expect(state.group(named: "Wholesale").map { state.isMember(ada, of: $0) } == true)
        }
    }

    @Test func `columns may come in any order and be called otherwise`() async throws {
        let organization = try organization()
        let (summary, _) = try await run(["x@example.com,Xu"], header: "E-Mail,last_name", into: organization)
        #expect(summary.customerCount == 1)
        await #expect(throws: ImportError.missingColumn("email", names: ["Email"])) {
            _ = try await run([], header: "Name,Phone", into: organization)
        }
    }
}
