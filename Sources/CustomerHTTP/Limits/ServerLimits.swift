/// What a client may ask of the server at most.
public struct ServerLimits: Hashable, Sendable {
    /// The largest body, in bytes.
    public var bodyByteCount: Int
    /// All header fields of a request together, in bytes.
    public var headerByteCount: Int
    /// How many header fields a request may have.
    public var headerCount: Int
    /// How many requests are worked on at once; more are answered 503.
    public var concurrentRequestCount: Int
    /// How many connections are open at once; more wait to be accepted.
    public var connectionCount: Int
    /// After how long without a byte a connection is closed.
    public var idleTime: Duration

    /// How many streams of events are open at once; more are answered 503.
    public var followerCount: Int

    /// The files of a bundle of a person's data together, in bytes.
    public var bundleByteCount: Int

    /// What one credential may ask; `nil` for as much as it likes.
    public var requestRate: RateLimit?
    /// How often one address may come with a credential that is none; `nil` for as often as it likes.
    public var failureRate: RateLimit?
    /// How many requests that look at a whole organization are worked on at once; more are answered 503.
    public var heavyRequestCount: Int

    /// Limits of these values.
    public init(
        bodyByteCount: Int = 1 << 20,
        headerByteCount: Int = 16 << 10,
        headerCount: Int = 100,
        concurrentRequestCount: Int = 1_024,
        connectionCount: Int = 4_096,
        idleTime: Duration = .seconds(60),
        followerCount: Int = 64,
        bundleByteCount: Int = 64 << 20,
        requestRate: RateLimit? = nil,
        failureRate: RateLimit? = nil,
        heavyRequestCount: Int = 8
    ) {
        self.bodyByteCount = bodyByteCount
        self.headerByteCount = headerByteCount
        self.headerCount = headerCount
        self.concurrentRequestCount = concurrentRequestCount
        self.connectionCount = connectionCount
        self.idleTime = idleTime
        self.followerCount = followerCount
        self.bundleByteCount = bundleByteCount
        self.requestRate = requestRate
        self.failureRate = failureRate
        self.heavyRequestCount = heavyRequestCount
    }
}
