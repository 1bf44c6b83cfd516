public import CustomerService
import HTTPTypes
public import Hummingbird
import HummingbirdCore
public import Logging
import NIOCore

/// The HTTP API of organizations, each of which only its own credentials open.
public struct PatronAPI: Sendable {
    private let service: ServiceContext

    /// The API over `organizations`.
    ///
    /// - Parameters:
    ///   - organizations: What it serves; at least one.
    ///   - unavailable: The names of organizations that should be served and could not be opened.
    ///   - limits: What a client may ask at most.
    ///   - isBehindProxy: Whether the last entry of `X-Forwarded-For` is the client's address: only where a proxy in front adds it.
    ///   - tokens: What tokens are taken besides API keys; `nil` for none.
    ///   - clock: Nanoseconds that never go back, by which rates are counted.
    public init(
        organizations: [Organization],
        unavailable: [String] = [],
        limits: ServerLimits = ServerLimits(),
        isBehindProxy: Bool = false,
        tokens: TokenRules? = nil,
        clock: @escaping @Sendable () -> Int64 = elapsedNanoseconds
    ) {
        let rates = RateLimits(limits, now: clock)
        service = ServiceContext(
            organizations: organizations,
            unavailable: unavailable,
            limits: limits,
            authenticator: Authenticator(organizations: organizations, failures: rates.failures, tokens: tokens),
            rates: rates,
            metrics: RequestMetrics(labels: RouteTable.all.map { ($0.method.rawValue, $0.path) }),
            followers: Places(limit: limits.followerCount),
            heavyRequests: Places(limit: limits.heavyRequestCount),
            isBehindProxy: isBehindProxy
        )
    }

    /// The server, ready to run.
    ///
    /// - Parameters:
    ///   - host: The name or address to listen on.
    ///   - port: The port; 0 picks one.
    ///   - logger: Gets what operators need to know.
    ///   - onRunning: Called with the port once connections are taken.
    /// - Returns: A service that serves until it is shut down, then lets running requests finish.
    public func application(
        host: String,
        port: Int,
        logger: Logger,
        onRunning: @escaping @Sendable (Int) async -> Void = { _ in }
    ) -> some ApplicationProtocol {
        let limits = service.limits
        return Application(
            responder: APIResponder(routes: RouteTable.all, service: service),
            server: .http1(
                configuration: HTTP1Channel.Configuration(
                    idleTimeout: TimeAmount(limits.idleTime),
                    httpDecoderConfiguration: HTTP1Channel.Configuration.DecoderConfiguration(
                        maxHeaderFieldSize: limits.headerByteCount,
                        maxHeaderListSize: limits.headerByteCount,
                        maxHeaderFieldCount: limits.headerCount
                    )
                )
            ),
            configuration: ApplicationConfiguration(
                address: .hostname(host, port: port),
                backlog: 1_024,
                availableConnectionsDelegate: MaximumAvailableConnections(limits.connectionCount)
            ),
            onServerRunning: { channel in await onRunning(channel.localAddress?.port ?? port) },
            logger: logger
        )
    }
}

private let processStart = ContinuousClock.now

/// Nanoseconds since the first call in this process.
@Sendable
public func elapsedNanoseconds() -> Int64 {
    let (seconds, attoseconds) = (ContinuousClock.now - processStart).components
    return seconds * 1_000_000_000 + attoseconds / 1_000_000_000
}
