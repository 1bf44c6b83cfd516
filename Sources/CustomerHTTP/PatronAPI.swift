public import CustomerService
public import Hummingbird
public import Logging
import NIOCore

/// The HTTP API of one organization.
public struct PatronAPI: Sendable {
    private let service: ServiceContext

    /// The API over `organization`.
    ///
    /// - Parameters:
    ///   - organization: What it serves.
    ///   - limits: What a client may ask at most.
    ///   - logReport: Tells of the log for `/metrics` and `/readyz`; called for each such request.
    public init(
        organization: Organization,
        limits: ServerLimits = ServerLimits(),
        logReport: @escaping @Sendable () -> LogReport = { LogReport() }
    ) {
        service = ServiceContext(
            organization: organization,
            limits: limits,
            metrics: RequestMetrics(labels: RouteTable.all.map { ($0.method.rawValue, $0.path) }),
            logReport: logReport
        )
    }

    /// The server, ready to run.
    ///
    /// - Parameters:
    ///   - host: The name or address to listen on.
    ///   - port: The port; 0 picks one.
    ///   - logger: Gets what operators need to know.
    ///   - onRunning: Called with the port once connections are taken.
    public func application(
        host: String,
        port: Int,
        logger: Logger,
        onRunning: @escaping @Sendable (Int) async -> Void = { _ in }
    ) -> some ApplicationProtocol {
        let limits = service.limits
        return Application(
            router: router(),
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

    private func router() -> Router<APIContext> {
        let router = Router(context: APIContext.self, options: [.autoGenerateHeadEndpoints])
        router.add(middleware: FallbackMiddleware(routes: RouteTable.all, service: service))
        for (index, route) in RouteTable.all.enumerated() {
            let endpoint = Endpoint(route: route, index: index, service: service)
            router.on(RouterPath(route.path), method: route.method, responder: endpoint)
        }
        return router
    }
}
