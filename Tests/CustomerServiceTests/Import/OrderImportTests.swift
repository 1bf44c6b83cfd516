import CustomerDomain
import CustomerProjections
import EventSourcing
import TestSupport
import Testing

@testable import CustomerService

@Suite struct OrderImportTests {
    private let mappingText = """
        {"columns": {"order": "No", "customer": "Who", "sku": "SKU", "quantity": "Qty", "unitPrice": "Price",
        "occurredAt": "When", "country": "Country"}, "currency": "GBP", "dates": {"format": "yyyy-MM-dd"},
        "orders": {"returnPrefix": "C", "partial": "PARTIAL"}, "customers": {"syntheticProfiles": true}}
        """

    private func organization(over log: any EventLog = InMemoryEventLog()) throws -> Organization {
        let clock = ManualClock()
        return try Organization(name: "test", log: log, now: { clock.now })
    }

    private func run(
        _ rows: [String],
        into organization: Organization,
        partial: String = "take"
    ) async throws -> (summary: ImportSummary, report: String) {
        let mapping = try OrderMapping(json: Array(mappingText.replacing("PARTIAL", with: partial).utf8))
        let text = (["No,SKU,Qty,When,Price,Who,Country"] + rows).joined(separator: "\n")
        let collector = Collector()
        var work = OrderImport(
            ByteSource(Array(text.utf8), chunkByteCount: 100),
            mapping: mapping,
            into: organization,
            scope: .local(tool: "test", organization: "test"),
            report: ImportReport { collector.bytes += $0 }
        )
        let summary = try await work.run()
        return (summary, String(decoding: collector.bytes, as: UTF8.self))
    }

    private final class Collector {
        var bytes: [UInt8] = []
    }

    private let rows = [
        "1,S1,6,2010-12-01,2.55,17850,United Kingdom", "1,S2,1,2010-12-01,0.005,17850,United Kingdom",
        "2,S1,2,2010-12-02,1.00,12431,Belgium", "C3,S1,-1,2010-12-03,2.55,17850,United Kingdom",
        "4,S1,1,2010-12-04,3.00,12431,Australia", "5,S1,1,2010-12-04,3.00,,Australia",
    ]

    @Test func `orders, refunds and customers come in, and the rest is reported`() async throws {
        let organization = try organization()
        let (summary, report) = try await run(rows, into: organization)
        #expect(summary.rowCount == 6)
        #expect(summary.takenRowCount == 5)
        #expect(summary.orderCount == 3)
        #expect(summary.refundCount == 1)
        #expect(summary.customerCount == 2)
        #expect(report == "line,column,reason,detail\r\n7,Who,no customer,\r\n")
        organization.peek { state, time in
            #expect(
                state.order("1")?.total
                    == Money(minorUnits: 1_531, currency: CurrencyCode("GBP") ?? CurrencyCode(packed: 0))
            )
            #expect(state.hasRefund("C3"))
            guard let customer = state.customer(withExternalID: "12431") else {
                Issue.record("no customer 12431")
                return
            }
            let addresses = state.addresses(of: customer)
            #expect(addresses.map(\.fields.country) == [CountryCode("AU")])
            #expect(addresses.map(\.isDefaultShipping) == [true])
            let profile = state.profile(of: customer)
            #expect(profile.email?.text.hasSuffix("12431@synthetic.example") == true)
            #expect(state.metrics(at: time).totalCustomers == 2)
        }
    }

    @Test func `a second run adds nothing`() async throws {
        let organization = try organization()
        _ = try await run(rows, into: organization)
        let head = organization.head
        let (summary, _) = try await run(rows, into: organization)
        #expect(summary.eventCount == 0)
        #expect(summary.knownOrderCount == 3)
        #expect(summary.knownRefundCount == 1)
        #expect(summary.knownRowCount == 5)
        #expect(organization.head == head)
    }

    @Test func `an order that is recorded otherwise is reported`() async throws {
        let organization = try organization()
        _ = try await run(rows, into: organization)
        let changed = ["1,S1,7,2010-12-01,2.55,17850,United Kingdom", "2,S1,2,2010-12-02,1.00,17850,Belgium"]
        let (summary, report) = try await run(changed, into: organization)
        #expect(summary.eventCount == 0)
        #expect(report.contains("2,No,\"the order is recorded already, with another customer or total\",1\r\n"))
        #expect(report.contains("3,No,\"the order is recorded already, with another customer or total\",2\r\n"))
    }

    @Test func `a partial order is taken or refused, as the mapping says`() async throws {
        let rows = ["1,S1,1,2010-12-01,1.00,7,France", "1,S2,x,2010-12-01,1.00,7,France"]
        let taken = try await run(rows, into: try organization())
        #expect(taken.summary.orderCount == 1)
        #expect(taken.summary.reportedRowCount == 1)
        let refused = try await run(rows, into: try organization(), partial: "refuse")
        #expect(refused.summary.orderCount == 0)
        #expect(refused.summary.eventCount == 0)
        #expect(refused.summary.reportedRowCount == 2)
    }

    @Test func `what the organization refuses is reported, and the rest goes on`() async throws {
        let number = String(repeating: "9", count: 65)
        let rows = ["\(number),S1,1,2010-12-01,1.00,7,France", "2,S1,1,2010-12-01,1.00,7,France"]
        let (summary, report) = try await run(rows, into: try organization())
        #expect(summary.orderCount == 1)
        #expect(report.contains("2,No,refused,"))
    }

    @Test func `a dry run decides the same and leaves the log alone`() async throws {
        let log = InMemoryEventLog()
        let real = try organization(over: log)
        _ = try await run(Array(rows.prefix(2)), into: real)
        let head = log.head
        let (summary, _) = try await run(rows, into: try organization(over: DryRunLog(over: log)))
        #expect(summary.orderCount == 2)
        #expect(summary.knownOrderCount == 1)
        #expect(log.head == head)
    }

    @Test func `an empty file is an error`() async throws {
        let organization = try organization()
        let mapping = try OrderMapping(json: Array(mappingText.replacing("PARTIAL", with: "take").utf8))
        await #expect(throws: ImportError.noHeader) {
            var work = OrderImport(
                ByteSource([]),
                mapping: mapping,
                into: organization,
                scope: .local(tool: "test", organization: "test"),
                report: ImportReport { _ in }
            )
            _ = try await work.run()
        }
    }
}
