import ArgumentParser
import CustomerHTTP

/// How much clients may ask in a time.
struct RateOptions: ParsableArguments {
    /// Units a second where others than programs on this machine may ask.
    static let usualLimit = 1_000

    @Option(
        help: ArgumentHelp(
            """
            Units a second for each credential: a read takes 1, a change 2, what looks at everything 20; 0 for no limit. \
            (default: \(usualLimit), but none on 127.0.0.1 without --behind-proxy)
            """,
            valueName: "count"
        )
    )
    var rateLimit: Int?

    @Option(help: ArgumentHelp("Units that a credential has that rested.", valueName: "count"))
    var rateBurst = 10_000

    @Option(
        help: ArgumentHelp("Wrong credentials a minute from each address; 0 for no limit.", valueName: "count")
    )
    var failureLimit = 60

    func validate() throws {
        guard (0...1_000_000).contains(rateLimit ?? 0) else {
            throw ValidationError("--rate-limit must be from 0 to 1000000")
        }
        guard (1...1_000_000).contains(rateBurst) else {
            throw ValidationError("--rate-burst must be from 1 to 1000000")
        }
        guard (0...1_000_000).contains(failureLimit) else {
            throw ValidationError("--failure-limit must be from 0 to 1000000")
        }
    }

    /// The limits of a server that listens on this host.
    func limits(host: String, isBehindProxy: Bool) -> ServerLimits {
        let isLocal = ["127.0.0.1", "::1", "localhost"].contains(host) && !isBehindProxy
        let rate = rateLimit ?? (isLocal ? 0 : Self.usualLimit)
        var limits = ServerLimits()
        if rate > 0 { limits.requestRate = RateLimit(unitsPerSecond: rate, burst: rateBurst) }
        if failureLimit > 0 { limits.failureRate = RateLimit(unitsPerMinute: failureLimit) }
        return limits
    }
}
