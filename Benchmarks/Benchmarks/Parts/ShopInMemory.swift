import CustomerService
import EventSourcing
import Synchronization

/// The log of a sample shop, made at the first use, so that listing the benchmarks costs nothing.
final class ShopInMemory: Sendable {
    let log = InMemoryEventLog()
    let organization: Organization
    private let clock: SampleClock
    private let options: SampleShop.Options
    private let isMade = Mutex(false)

    init(customerCount: Int) {
        let options = SampleShop.Options(customerCount: customerCount, seed: 1)
        let clock = SampleClock(options.start)
        self.options = options
        self.clock = clock
        do {
            organization = try Organization(name: "sample", log: log, now: { clock.now })
        } catch {
            fatalError("an empty log was not taken: \(error)")
        }
    }

    func make() async throws {
        let wasMade = isMade.withLock { isMade in
            defer { isMade = true }
            return isMade
        }
        guard !wasMade else { return }
        let scope = Scope.local(tool: "benchmark", organization: "sample")
        var shop = SampleShop(options, in: organization, clock: clock, scope: scope)
        try await shop.run { _ in }
    }
}
