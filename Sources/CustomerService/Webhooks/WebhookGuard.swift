import CustomerDomain
import LogStorage

/// Where messages may be sent: keeps whoever may set an address from reaching what the server can reach and they cannot.
public struct WebhookGuard: Sendable {
    /// Whether private addresses, `http` and all ports may be used, too: for tests and networks of one's own.
    public let allowsPrivate: Bool
    /// How long is waited for the addresses of a host; one whose addresses come later is not known.
    public static let lookupTimeLimit = Duration.seconds(3)
    let resolve: @Sendable (String) async -> [IPAddress]
    private let lookupTimeLimit: Duration

    /// A guard.
    ///
    /// - Parameters:
    ///   - allowsPrivate: Whether all may be used.
    ///   - lookupTimeLimit: How long is waited for the addresses of a host.
    ///   - resolve: Gives the addresses of a host; `nil` for the system's resolver.
    public init(
        allowsPrivate: Bool = false,
        lookupTimeLimit: Duration = Self.lookupTimeLimit,
        resolve: (@Sendable (String) async -> [IPAddress])? = nil
    ) {
        self.allowsPrivate = allowsPrivate
        self.lookupTimeLimit = lookupTimeLimit
        self.resolve = resolve ?? { host in await Threads.run { IPAddress.addresses(of: host) } }
    }

    /// What a look at an address came to.
    enum Verdict: Hashable, Sendable {
        /// Connect to this, and to nothing else.
        case allowed(IPAddress)
        /// The host has no address now.
        case unknownHost
        /// Why nothing is sent there, as the rest of a sentence.
        case refused(String)
    }

    /// Looks a host up, once, and at all that it has.
    func verdict(on address: WebhookAddress) async -> Verdict {
        if !allowsPrivate {
            guard address.isSecure else { return .refused("must begin with https://") }
            guard address.port == 443 else { return .refused("must have port 443") }
        }
        let found = IPAddress(address.host).map { [$0] } ?? []
        let addresses = found.isEmpty ? await lookUp(address.host) : found
        guard let first = addresses.first else { return .unknownHost }
        // One that is not public is enough: who answers so may answer anything.
        guard allowsPrivate || addresses.allSatisfy(\.isPublic) else {
            return .refused("must name a host with public addresses alone")
        }
        return .allowed(first)
    }

    /// The addresses of a host, if they come in time; a resolver that is late is not waited for, and goes on by itself.
    private func lookUp(_ host: String) async -> [IPAddress] {
        let (answers, arrival) = AsyncStream.makeStream(of: [IPAddress].self, bufferingPolicy: .bufferingOldest(1))
        Task { [resolve] in arrival.yield(await resolve(host)) }
        let alarm = Task { [lookupTimeLimit] in
            try await Task.sleep(for: lookupTimeLimit)
            arrival.yield([])
        }
        defer { alarm.cancel() }
        return await answers.first { _ in true } ?? []
    }
}
