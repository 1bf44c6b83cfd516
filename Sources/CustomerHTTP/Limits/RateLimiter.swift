import HTTPTypes
import Synchronization

/// The buckets of all clients: one for each that has asked for something lately.
///
/// Memory is bounded: when there are too many clients, those whose buckets are full are forgotten, which changes nothing for
/// them; when that is not enough, all further ones share a bucket.
final class RateLimiter<Client: Hashable & Sendable>: Sendable {
    let limit: RateLimit
    private let now: @Sendable () -> Int64
    private let clientLimit: Int
    private let buckets = Mutex<(known: [Client: TokenBucket], shared: TokenBucket)>(([:], TokenBucket()))

    /// A limiter.
    ///
    /// - Parameters:
    ///   - limit: What each client may ask.
    ///   - clientLimit: How many clients have buckets of their own.
    ///   - now: A clock in nanoseconds that never goes back.
    init(limit: RateLimit, clientLimit: Int = 10_000, now: @escaping @Sendable () -> Int64) {
        self.limit = limit
        self.clientLimit = clientLimit
        self.now = now
    }

    func take(_ units: Int, from client: Client) -> TokenBucket.Standing {
        let now = now()
        return buckets.withLock { buckets in
            if buckets.known[client] == nil, buckets.known.count >= clientLimit {
                buckets.known = buckets.known.filter { !$0.value.isFull(at: now) }
                guard buckets.known.count < clientLimit else { return buckets.shared.take(units, at: now, limit) }
            }
            return buckets.known[client, default: TokenBucket()].take(units, at: now, limit)
        }
    }

    /// How many clients have buckets of their own.
    var clientCount: Int { buckets.withLock { $0.known.count } }
}

extension TokenBucket.Standing {
    /// What an answer tells of it (draft-ietf-httpapi-ratelimit-headers).
    func headers(_ limit: RateLimit) -> HTTPFields {
        let window = max(1, limit.window / 1_000_000_000)
        var headers: HTTPFields = [
            .rateLimitPolicy: "\"default\";q=\(limit.burst);w=\(window)",
            .rateLimit: "\"default\";r=\(remaining);t=\(secondsUntilFull)",
        ]
        if !isTaken { headers[.retryAfter] = String(retryAfter) }
        return headers
    }
}

/// The limits of how much clients may ask, at work.
struct RateLimits: Sendable {
    /// By credential: the organization and who acts.
    var requests: RateLimiter<Credential>?
    /// By address: what was asked with a credential that is none.
    var failures: RateLimiter<String>?

    struct Credential: Hashable, Sendable {
        var organization: String
        var actor: String
    }

    init(_ limits: ServerLimits, now: @escaping @Sendable () -> Int64) {
        requests = limits.requestRate.map { RateLimiter(limit: $0, now: now) }
        failures = limits.failureRate.map { RateLimiter(limit: $0, now: now) }
    }
}
