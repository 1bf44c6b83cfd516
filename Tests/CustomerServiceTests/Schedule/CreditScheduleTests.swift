import CustomerDomain
import CustomerProjections
import CustomerService
import EventSourcing
import TestSupport
import Testing

struct CreditScheduleTests {
    @Test func `due credit of everybody expires once, and a replay comes to the same`() async throws {
        let clock = ManualClock()
        let log = InMemoryEventLog()
        let organization = try Organization(name: "default", log: log, now: { clock.now })
        let scope = Scope.local(tool: "test", organization: "default")
        let currency = try #require(CurrencyCode("EUR"))
        for number in 0..<450 {
            let id: CustomerID = organization.identifiers.next()
            let profile = Profile(firstName: "Customer \(number)")
            let created = CustomerCreated(id: id, accountType: .guest, externalID: "\(number)", profile: profile)
            _ = try organization.submit(.createCustomer(CreateCustomer(created)), scope: scope)
            let issued = CreditIssued(
                lot: organization.identifiers.next(),
                amount: Money(minorUnits: 100, currency: currency),
                expiresAt: clock.now.advanced(byDays: 1 + number % 2),
                source: .gift
            )
            _ = try organization.submit(.issueCredit(id, issued, at: organization.time), scope: scope)
        }
        #expect(try await organization.expireDueCredit() == 0)
        clock.advance(by: .seconds(86_400))
        #expect(try await organization.expireDueCredit() == 225)
        #expect(try await organization.expireDueCredit() == 0)
        let accounts = organization.peek { state, _ in state.creditAccounts[currency] }
        #expect(accounts == [.issued(.gift): -45_000, .wallets: 22_500, .expired: 22_500])
        let again = try Organization(name: "default", log: log, now: { clock.now })
        #expect(again.peek { state, _ in state.stateHash() } == organization.peek { state, _ in state.stateHash() })
        clock.advance(by: .seconds(86_400))
        #expect(try await organization.expireDueCredit() == 225)
    }
}
