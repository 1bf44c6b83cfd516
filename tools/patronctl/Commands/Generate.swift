import ArgumentParser
import CustomerService
import EventSourcing
import LogStorage

/// The command `patronctl generate`.
struct Generate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Makes a believable shop, the same for the same seed.",
        discussion: """
            The organization must be empty. The story spans the two years before --until.

            Example: patronctl generate --customers 5000 --seed 1 --data ./data
            """
    )

    @Option(help: "How many customers.")
    var customers: Int
    @Option(help: "What everything follows from.")
    var seed: UInt64
    @Option(help: "The data directory.")
    var data = "data"
    @Option(help: "The organization.")
    var organization = "default"
    @OptionGroup var masterKey: MasterKeyOptions
    @Option(help: "When the story ends, such as 2026-01-01T00:00:00Z.")
    var until = "2026-01-01T00:00:00Z"

    func validate() throws {
        try checkOrganizationName(organization)
        guard (1...100_000_000).contains(customers) else {
            throw ValidationError("--customers must be 1 to 100000000.")
        }
        if Timestamp(rfc3339: until) == nil {
            throw ValidationError("--until must be a time such as 2026-01-01T00:00:00Z.")
        }
    }

    func run() async throws {
        try await ToolFailure.catching {
            var options = SampleShop.Options(customerCount: customers, seed: seed)
            if let end = Timestamp(rfc3339: until) { options.end = end }
            let clock = SampleClock(options.start)
            let directory = try DataDirectory.open(data, program: "patronctl")
            defer { directory.close() }
            let opened = try Organization.open(
                organization,
                in: directory,
                masterKeys: masterKey.keys(),
                now: { clock.now }
            )
            defer { opened.close() }
            guard opened.head.appended == .none else {
                throw ToolFailure(
                    .usage,
                    "organization \(organization) has events already; a sample needs an empty one"
                )
            }
            let scope = Scope.local(tool: "patronctl", organization: organization)
            var shop = SampleShop(options, in: opened, clock: clock, scope: scope)
            var line = ProgressLine()
            let wanted = customers
            try await shop.run { count in
                line.show(done: UInt64(count), total: UInt64(wanted), unit: "customers")
            }
            line.clear()
            let rate = Int(Double(shop.eventCount) / max(line.elapsedSeconds, 0.001))
            standardError.write(
                "\(grouped(wanted)) customers, \(grouped(shop.eventCount)) events, "
                    + "\(decimal(line.elapsedSeconds, 2)) s, \(grouped(rate)) events/s\n"
            )
        }
    }
}
