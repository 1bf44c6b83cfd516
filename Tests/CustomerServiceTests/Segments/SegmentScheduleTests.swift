import CustomerDomain
import CustomerProjections
import CustomerService
import EventSourcing
import TestSupport
import Testing

struct SegmentScheduleTests {
    @Test func `customers enter and leave as time passes, once each, and a replay comes to the same`() async throws {
        let clock = ManualClock()
        let log = InMemoryEventLog()
        let organization = try Organization(name: "default", log: log, now: { clock.now })
        let scope = Scope.local(tool: "test", organization: "default")
        let segment: SegmentID = organization.identifiers.next()
        let terms = SegmentTerms(name: "New", query: "customer_added_date >= -30d", tracksMembership: true)
        _ = try organization.submit(.defineSegment(SegmentDefined(id: segment, terms: terms)), scope: scope)
        for number in 0..<1_200 {
            let profile = Profile(firstName: "Customer \(number)")
            let created = CustomerCreated(
                id: organization.identifiers.next(),
                accountType: .guest,
                externalID: "\(number)",
                profile: profile
            )
            _ = try organization.submit(.createCustomer(CreateCustomer(created)), scope: scope)
        }
        #expect(try await organization.recordSegmentMoves(limit: 700) == (entered: 700, left: 0))
        #expect(try await organization.recordSegmentMoves(limit: 700) == (entered: 500, left: 0))
        #expect(try await organization.recordSegmentMoves() == (entered: 0, left: 0))
        let entered = organization.head.appended
        clock.advance(by: .seconds(31 * 86_400))
        #expect(try await organization.recordSegmentMoves() == (entered: 0, left: 1_200))
        let counts = organization.peek { state, time in
            (state.recordedCount(of: SegmentOrdinal(0)), state.memberCount(of: SegmentOrdinal(0), at: time))
        }
        #expect(counts == (0, 0))
        let again = try Organization(name: "default", log: log, now: { clock.now })
        #expect(again.peek { state, _ in state.stateHash() } == organization.peek { state, _ in state.stateHash() })
        // As it was before they left, members were by their query what they are recorded to have been.
        let past = try await organization.past(PointInTime(.sequence(entered)))
        let then = organization.read(past) { state, time in
            (state.recordedCount(of: SegmentOrdinal(0)), state.memberCount(of: SegmentOrdinal(0), at: time))
        }
        #expect(then == (1_200, 1_200))
    }

    @Test func `looking back in business time leaves out segments that were defined later`() async throws {
        let clock = ManualClock()
        let organization = try Organization(name: "default", log: InMemoryEventLog(), now: { clock.now })
        let scope = Scope.local(tool: "test", organization: "default")
        let created = CustomerCreated(
            id: organization.identifiers.next(),
            accountType: .guest,
            profile: Profile(firstName: "Ana")
        )
        _ = try organization.submit(.createCustomer(CreateCustomer(created)), scope: scope)
        var ids: [SegmentID] = []
        let start = clock.now
        // The later one comes first in the log.
        for (number, time) in [start.advanced(byDays: 20), start].enumerated() {
            ids.append(organization.identifiers.next())
            let terms = SegmentTerms(name: "\(number)", query: "number_of_orders = 0", tracksMembership: true)
            let definition = SegmentDefined(id: ids[number], terms: terms)
            let context = CommandContext(occurredAt: time)
            _ = try organization.submit(.defineSegment(definition), scope: scope, context: context)
        }
        let moves = RecordSegmentMoves(id: ids[1], entered: [created.id])
        _ = try organization.submit(.recordSegmentMoves(moves), scope: scope)
        clock.advance(by: .seconds(86_400))
        try await organization.waitUntilDurable(organization.head.appended)
        let past = try await organization.past(PointInTime(.now, happened: clock.now))
        let found = organization.read(past) { state, _ in
            (
                state.segmentCount, state.segmentView(SegmentOrdinal(0)).id,
                state.recordedSegments(of: CustomerOrdinal(0))
            )
        }
        #expect(found.0 == 1)
        #expect(found.1 == ids[1])
        #expect(found.2 == [ids[1]])
    }
}
