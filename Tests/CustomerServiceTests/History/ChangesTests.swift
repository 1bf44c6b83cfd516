import CustomerDomain
import CustomerProjections
import CustomerRecords
import EventSourcing
import TestSupport
import Testing

@testable import CustomerService

/// What an event changed, made from its customer's history alone, is what the whole state says before and after it.
@Suite struct ChangesTests {
    @Test func `the changes of an event are the difference of the states around it`() throws {
        try Property.forAll(seeds: 60) { random in
            var shop = try RandomShop(random.fork(), erasureChance: 0)
            try shop.live(150)
            let events = try shop.events()
            let found = try shop.organization.changes(of: events)
            let codec = RecordCodec()
            var state = OrganizationState()
            for (event, changes) in zip(events, found) {
                guard let customer = event.customer else {
                    try apply(event, to: &state, codec)
                    try require(changes.isEmpty, "an event of the organization changes no customer")
                    continue
                }
                let before = FieldList(of: customer, about: event.event, in: state)
                try apply(event, to: &state, codec)
                let after = FieldList(of: customer, about: event.event, in: state)
                let wanted = after.changes(since: before)
                try require(
                    named(changes) == named(wanted),
                    "event \(event.sequence): \(named(changes)) and not \(named(wanted))"
                )
            }
        }
    }

    @Test func `nothing of somebody who was erased is in the changes`() async throws {
        let organization = try Organization(name: "default", log: InMemoryEventLog(), now: systemTime)
        let id = try await organization.createCustomer(Profile(firstName: "Planted"), tags: ["vip"])
        let created = try organization.events(matching: EventFilter(), limit: 10).events
        #expect(try organization.changes(of: created)[0].contains { $0.after == .text("Planted") })
        _ = try await organization.execute(.eraseCustomer(id, reason: nil), scope: Organization.testScope)
        let events = try organization.events(matching: EventFilter(), limit: 10).events
        let changes = try organization.changes(of: events).flatMap(\.self)
        #expect(!changes.contains { $0.field == "firstName" })
        #expect(changes.contains(FieldChange(field: "tags", before: nil, after: .texts(["vip"]))))
        #expect(changes.contains(FieldChange(field: "status", before: .text("active"), after: .text("erased"))))
    }

    private func apply(_ event: RecordedEvent, to state: inout OrganizationState, _ codec: RecordCodec) throws {
        var bytes: [UInt8] = []
        codec.encode(event, into: &bytes)
        state.apply(try codec.view(bytes.span.bytes, sequence: event.sequence))
    }

    private func named(_ changes: [FieldChange]) -> [String] {
        changes.map { "\($0.field): \($0.before.map { "\($0)" } ?? "-") → \($0.after.map { "\($0)" } ?? "-")" }
    }
}
