import CustomerDomain
import EventSourcing
import TestSupport
import Testing

/// What holds after any commands whatever.
struct DomainPropertyTests {
    private func run(
        _ random: inout SeededGenerator,
        commands count: Int = 250,
        _ check: (Command, [RecordedEvent], OrganizationModel) throws -> Void
    ) throws -> OrganizationModel {
        var model = OrganizationModel()
        var commands = RandomCommands(random.fork())
        for _ in 0..<count {
            let command = commands.next(for: model)
            let expectedVersion = commands.nextExpectedVersion(for: command, facts: model)
            let (time, businessTime) = (commands.nextTime(), commands.nextBusinessTime())
            let decided =
                (try? decide(command, facts: model, expectedVersion: expectedVersion, at: businessTime)) ?? []
            let recorded = model.record(decided, recordedAt: time, occurredAt: businessTime, actor: "key_1")
            try check(command, recorded, model)
        }
        return model
    }

    @Test func `what was asked for and done is not done again`() throws {
        try Property.forAll(seeds: 30) { random in
            _ = try run(&random) { command, recorded, model in
                guard !recorded.isEmpty, command.isIdempotent else { return }
                let again = try? decide(command, facts: model, at: recorded[0].occurredAt)
                try require(again ?? [] == [], "\(command) twice gives \(String(describing: again))")
            }
        }
    }

    @Test func `versions and sequences count events`() throws {
        try Property.forAll(seeds: 30) { random in
            var versions: [CustomerOrdinal: UInt32] = [:]
            var sequence = SequenceNumber.none
            _ = try run(&random) { _, recorded, model in
                for event in recorded {
                    sequence = sequence.next
                    try requireEqual(event.sequence, sequence, "sequence")
                    guard let customer = event.customer else { continue }
                    versions[customer, default: 0] += 1
                    try requireEqual(event.customerVersion, versions[customer], "version")
                    try requireEqual(model.customers[customer.index].version >= event.customerVersion, true, "model")
                }
            }
        }
    }

    @Test func `folding the same events gives the same, wherever it stops in between`() throws {
        try Property.forAll(seeds: 20) { random in
            var events: [RecordedEvent] = []
            let model = try run(&random) { _, recorded, _ in events += recorded }
            var folded = OrganizationModel()
            for event in events {
                folded.apply(event)
                _ = folded.recordedAmount
            }
            try require(folded == model, "the fold differs")
        }
    }

    @Test func `events about what is not there change nothing and stop nothing`() throws {
        try Property.forAll(seeds: 20) { random in
            var events: [RecordedEvent] = []
            _ = try run(&random, commands: 120) { _, recorded, _ in events += recorded }
            var folded = OrganizationModel()
            for event in events where random.chance(2, in: 3) { folded.apply(event) }
            for customer in 0..<folded.customerCount { _ = folded.metrics(of: CustomerOrdinal(UInt32(customer))) }
        }
    }

    @Test func `the invariants of customers hold`() throws {
        try Property.forAll(seeds: 20) { random in
            _ = try run(&random) { command, _, model in
                do {
                    try Invariants.check(model)
                } catch {
                    throw Violation("after \(command): \(error)")
                }
            }
        }
    }

    @Test func `every kind of event and most refusals come up`() throws {
        var codes: Set<String> = []
        var kinds: Set<String> = []
        try Property.forAll(seeds: 80) { random in
            var model = OrganizationModel()
            var commands = RandomCommands(random.fork())
            for _ in 0..<400 {
                let command = commands.next(for: model)
                do throws(Rejection) {
                    let time = commands.nextTime()
                    let decided = try decide(command, facts: model, at: time)
                    kinds.formUnion(decided.map { String(String(describing: $0.event).prefix { $0 != "(" }) })
                    model.record(decided, recordedAt: time, actor: "key_1")
                } catch {
                    codes.insert(error.code)
                }
            }
        }
        #expect(kinds.count == 98, "\(kinds.sorted())")
        #expect(codes.count >= 22, "\(codes.sorted())")
    }
}

extension Command {
    /// Whether asking twice is the same as asking once; the others add something every time, or go a step further.
    fileprivate var isIdempotent: Bool {
        switch self {
        case .recordLogin, .addNote, .changeNote, .requestInvoice, .progressJob, .changeConsents, .decideDataRequest,
            .earnPoints, .adjustPoints, .redeemPoints,
            .revertCredit, .fetchJobResult, .restorePoints, .reviewLoyalty, .requestCode, .confirmCode, .verifyAddress:
            false
        default: true
        }
    }
}
