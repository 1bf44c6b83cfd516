/// When a message is tried again (Standard Webhooks 1.0).
enum WebhookSchedule {
    /// Seconds before each attempt, after the one before.
    static let delays: [Int64] = [0, 5, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400]

    /// The most attempts of a message.
    static var attemptLimit: Int { delays.count }

    /// For how long nothing may arrive before an endpoint is given up: five days, in microseconds.
    static let patience: Int64 = 5 * 86_400_000_000

    /// Microseconds before the next attempt; `nil` when there is none.
    ///
    /// - Parameters:
    ///   - attempts: How many there were.
    ///   - random: Makes it up to a tenth longer, so that what failed together does not come back together.
    /// - Returns: The delay.
    static func delay(after attempts: Int, random: UInt64) -> Int64? {
        guard attempts < delays.count else { return nil }
        let delay = delays[attempts] * 1_000_000
        return delay + delay / 10 * Int64(random % 1_001) / 1_000
    }
}
