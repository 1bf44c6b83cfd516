import CustomerDomain
import CustomerProjections
import EventSourcing
import TestSupport

@testable import CustomerService

/// An organization in memory that random commands happen to.
struct RandomShop {
    let organization: Organization
    let clock = ManualClock()
    private var commands: RandomCommands
    private var random: SeededGenerator
    /// How many of a hundred commands erase somebody.
    private let erasureChance: Int

    init(_ random: SeededGenerator, erasureChance: Int = 2) throws {
        var random = random
        commands = RandomCommands(random.fork())
        self.random = random
        self.erasureChance = erasureChance
        organization = try Organization(name: "default", log: InMemoryEventLog(), now: { [clock] in clock.now })
    }

    /// Sends some commands by three actors; most are taken.
    mutating func live(_ count: Int) throws {
        for _ in 0..<count {
            clock.set(commands.nextTime())
            let command = organization.peek { state, _ in
                if state.customerCount > 0, random.chance(erasureChance, in: 100) {
                    let customer = CustomerOrdinal(UInt32(random.below(state.customerCount)))
                    return Command.eraseCustomer(state.standing(of: customer).id, reason: nil)
                }
                return commands.next(for: copy state)
            }
            let context = CommandContext(
                requestID: "request-\(random.below(20))",
                occurredAt: commands.nextBusinessTime()
            )
            let tool = random.pick(["ann", "bob", "cid"])
            _ = try? organization.submit(command, scope: .local(tool: tool, organization: "default"), context: context)
        }
    }

    /// Everything that was recorded.
    func events() throws -> [RecordedEvent] {
        try organization.events(from: SequenceNumber(1), through: organization.head.durable)
    }
}
