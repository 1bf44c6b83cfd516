import CustomerDomain
import CustomerProjections
import CustomerService
import EventSourcing
import TestSupport
import Testing

struct LoyaltyScheduleTests {
    private let clock = ManualClock()
    private let scope = Scope.local(tool: "test", organization: "default")

    private func pass(days: Int) { clock.advance(by: .seconds(86_400 * Int64(days))) }

    private func member(_ organization: Organization, _ number: Int, born: CalendarDate? = nil) throws -> CustomerID {
        let id: CustomerID = organization.identifiers.next()
        let profile = Profile(firstName: "Customer \(number)", birthDate: born)
        let created = CustomerCreated(id: id, accountType: .guest, externalID: "\(number)", profile: profile)
        _ = try organization.submit(.createCustomer(CreateCustomer(created)), scope: scope)
        _ = try organization.submit(.enrollInLoyalty(id, cardNumber: "FC\(number)"), scope: scope)
        return id
    }

    private func requireSameAfterReplay(_ organization: Organization, _ log: InMemoryEventLog) throws {
        let again = try Organization(name: "default", log: log, now: { [clock] in clock.now })
        #expect(again.peek { state, _ in state.stateHash() } == organization.peek { state, _ in state.stateHash() })
    }

    @Test func `points of everybody expire and activate once, and a replay comes to the same`() async throws {
        let log = InMemoryEventLog()
        let organization = try Organization(name: "default", log: log, now: { [clock] in clock.now })
        let program = LoyaltyProgram(validity: PointsValidity(count: 5, unit: .day), pending: .days(2))
        _ = try organization.submit(.configureLoyalty(program), scope: scope)
        let currency = try #require(CurrencyCode("EUR"))
        for number in 0..<450 {
            let id = try member(organization, number)
            _ = try organization.submit(.earnPoints(id, PointsEarned(points: 10)), scope: scope)
            let line = OrderLine(sku: "A", name: "Mug", quantity: 1, unitPrice: 1_000)
            let order = Order(number: "\(number)", currency: currency, lines: [line])
            _ = try organization.submit(.placeOrder(id, order), scope: scope)
        }
        #expect(try await organization.doDueWork() == DueWork())
        pass(days: 2)
        var expected = DueWork()
        expected.activatedPoints = 450
        #expect(try await organization.doDueWork() == expected)
        #expect(try await organization.doDueWork() == DueWork())
        pass(days: 3)
        expected = DueWork()
        expected.expiredPoints = 900
        #expect(try await organization.doDueWork() == expected)
        #expect(try await organization.doDueWork() == DueWork())
        let liability = organization.peek { state, time in state.loyaltyLiability(at: time.now) }
        #expect(liability.all.points == 0 && liability.all.accounts == 450)
        #expect(liability.books.first { $0.account == .expired }?.points == 49_500)
        #expect(liability.books.reduce(0) { $0 + $1.points } == 0)
        try requireSameAfterReplay(organization, log)
    }

    @Test func `tiers and birthdays are looked at once a day`() async throws {
        let log = InMemoryEventLog()
        let organization = try Organization(name: "default", log: log, now: { [clock] in clock.now })
        let program = LoyaltyProgram(validity: nil, qualification: .months(1), birthdayPoints: 25)
        _ = try organization.submit(.configureLoyalty(program), scope: scope)
        let today = CalendarDate(dayNumber: Int32(clock.now.microseconds / 86_400_000_000))
        let day = CalendarDate(dayNumber: today.dayNumber + 3).components
        let born = try #require(CalendarDate(year: 1990, month: day.month, day: min(day.day, 28)))
        let id = try member(organization, 1, born: born)
        _ = try organization.submit(.earnPoints(id, PointsEarned(points: 1_000)), scope: scope)
        #expect(try await organization.doDueWork() == DueWork())
        pass(days: 5)
        #expect(try await organization.doDueWork().birthdays == 1)
        #expect(try await organization.doDueWork() == DueWork())
        pass(days: 40)
        #expect(try await organization.doDueWork().changedTiers == 1)
        pass(days: 1)
        #expect(try await organization.doDueWork() == DueWork())
        try requireSameAfterReplay(organization, log)
    }
}
