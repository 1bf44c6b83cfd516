import CustomerDomain
import CustomerProjections
import CustomerRecords
import EventSourcing
import TestSupport
import Testing

@testable import CustomerService

/// The organization as of a moment is what a log cut there and replayed makes.
@Suite struct PastStateTests {
    @Test func `as of an event or a time it is what the log up to there makes`() async throws {
        try await Property.forAll(seeds: 25) { (random) async throws in
            var shop = try RandomShop(random.fork(), erasureChance: 0)
            try shop.live(120)
            let events = try shop.events()
            for _ in 0..<6 {
                let event = events[random.below(events.count)]
                let past = try await shop.organization.past(PointInTime(.sequence(event.sequence)))
                let cut = try replay(events.filter { $0.sequence <= event.sequence })
                try require(
                    past.sequence == event.sequence && hashes(past.state) == hashes(cut),
                    "as of \(event.sequence)"
                )

                let then = try await shop.organization.past(PointInTime(.recorded(event.recordedAt)))
                let known = events.filter { $0.recordedAt <= event.recordedAt }
                try require(then.sequence == known.last?.sequence, "as of \(event.recordedAt)")
                try require(hashes(then.state) == hashes(try replay(known)), "as of \(event.recordedAt)")
            }
        }
    }

    @Test func `as of a business time it is what the events that had happened make`() async throws {
        try await Property.forAll(seeds: 25) { (random) async throws in
            var shop = try RandomShop(random.fork(), erasureChance: 0)
            try shop.live(120)
            let events = try shop.events()
            for _ in 0..<4 {
                let time = events[random.below(events.count)].occurredAt
                let last = events[random.below(events.count)].sequence
                let past = try await shop.organization.past(PointInTime(.sequence(last), happened: time))
                let known = happened(by: time, of: events.filter { $0.sequence <= last })
                try require(hashes(past.state) == hashes(try replay(known)), "as of \(last), by \(time)")
            }
        }
    }

    @Test func `nobody who was erased since is in it, whether it was kept or is made anew`() async throws {
        let clock = ManualClock()
        let organization = try Organization(name: "default", log: InMemoryEventLog(), now: { clock.now })
        let id = try await organization.createCustomer(Profile(firstName: "Planted"))
        let point = PointInTime(.sequence(SequenceNumber(1)))
        func firstName() async throws -> String? {
            organization.read(try await organization.past(point)) { state, _ in
                state.customer(id).flatMap { state.profile(of: $0).firstName }
            }
        }
        #expect(try await firstName() == "Planted")
        _ = try await organization.execute(.eraseCustomer(id, reason: nil), scope: Organization.testScope)
        #expect(try await firstName() == nil)
    }

    @Test func `moments that are not there are refused`() async throws {
        let clock = ManualClock()
        let organization = try Organization(name: "default", log: InMemoryEventLog(), now: { clock.now })
        try await organization.createCustomer()
        let beyond = PastError.beyondLog(SequenceNumber(2), last: SequenceNumber(1))
        await #expect(throws: beyond) { try await organization.past(PointInTime(.sequence(SequenceNumber(2)))) }
        let future = clock.now.advanced(byDays: 1)
        await #expect(throws: PastError.future) { try await organization.past(PointInTime(.recorded(future))) }
        await #expect(throws: PastError.future) { try await organization.past(PointInTime(.now, happened: future)) }
    }

    @Test func `the states that were asked for last are kept, the others let go`() async throws {
        let organization = try Organization(name: "default", log: InMemoryEventLog(), now: systemTime)
        for _ in 0..<4 { try await organization.createCustomer() }
        func past(_ number: UInt64) async throws -> PastState {
            try await organization.past(PointInTime(.sequence(SequenceNumber(number))))
        }
        let first = try await past(1)
        let second = try await past(2)
        #expect(try await past(1) === first)
        _ = try await past(3)
        #expect(try await past(1) === first)
        #expect(try await past(2) !== second)
        organization.setPastLimits(PastLimits(idleTime: .zero))
        organization.dropIdlePastStates()
        #expect(try await past(1) !== first)
        organization.setPastLimits(PastLimits(waitingCount: 0))
        await #expect(throws: PastError.busy) { try await past(4) }
    }

    private func hashes(_ state: OrganizationState) -> [[UInt8]] { [state.stateHash(), state.personalHash()] }

    private func replay(_ events: [RecordedEvent]) throws -> OrganizationState {
        let codec = RecordCodec()
        var state = OrganizationState()
        for event in events {
            var bytes: [UInt8] = []
            codec.encode(event, into: &bytes)
            state.apply(try codec.view(bytes.span.bytes, sequence: event.sequence))
        }
        return state
    }

    /// The events that had happened by a time, of people who were there, with ordinals without gaps.
    private func happened(by time: Timestamp, of events: [RecordedEvent]) -> [RecordedEvent] {
        var people: [CustomerOrdinal] = []
        var groups: [Int] = []
        var groupCount = 0
        var segments: [Int] = []
        var segmentCount = 0
        var kept: [RecordedEvent] = []
        for var event in events {
            if case .groupCreated = event.event {
                if event.occurredAt <= time { groups.append(groupCount) }
                groupCount += 1
            }
            if case .segmentDefined = event.event {
                if event.occurredAt <= time { segments.append(segmentCount) }
                segmentCount += 1
            }
            guard event.occurredAt <= time else { continue }
            if let customer = event.customer {
                if case .customerCreated = event.event { people.append(customer) }
                guard let own = people.firstIndex(of: customer) else { continue }
                event.customer = CustomerOrdinal(UInt32(own))
            }
            switch event.event {
            case .customersMerged(let merged, let terms):
                guard let own = people.firstIndex(of: merged) else { continue }
                event.event = .customersMerged(merged: CustomerOrdinal(UInt32(own)), terms: terms)
            case .customersUnmerged(let merged):
                guard let own = people.firstIndex(of: merged) else { continue }
                event.event = .customersUnmerged(merged: CustomerOrdinal(UInt32(own)))
            case .groupJoined(let group):
                guard let own = groups.firstIndex(of: group.index) else { continue }
                event.event = .groupJoined(GroupOrdinal(UInt32(own)))
            case .groupLeft(let group):
                guard let own = groups.firstIndex(of: group.index) else { continue }
                event.event = .groupLeft(GroupOrdinal(UInt32(own)))
            case .segmentChanged, .segmentRemoved, .segmentEntered, .segmentLeft:
                guard let own = event.event.inSegments(segments) else { continue }
                event.event = own
            default: break
            }
            kept.append(event)
        }
        return kept
    }
}

extension Event {
    /// An event about a segment, in the ordinals of those that are left; `nil` when its segment is not.
    fileprivate func inSegments(_ segments: [Int]) -> Event? {
        func own(_ segment: SegmentOrdinal) -> SegmentOrdinal? {
            segments.firstIndex(of: segment.index).map { SegmentOrdinal(UInt32($0)) }
        }
        return switch self {
        case .segmentChanged(let segment, let terms): own(segment).map { .segmentChanged($0, terms) }
        case .segmentRemoved(let segment): own(segment).map { .segmentRemoved($0) }
        case .segmentEntered(let segment): own(segment).map { .segmentEntered($0) }
        case .segmentLeft(let segment): own(segment).map { .segmentLeft($0) }
        default: self
        }
    }
}
