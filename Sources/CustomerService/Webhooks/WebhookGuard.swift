import CustomerDomain
import LogStorage

/// Where messages may be sent: keeps whoever may set an address from reaching what the server can reach and they cannot.
public struct WebhookGuard: Sendable {
    /// Whether private addresses, `http` and all ports may be used, too: for tests and networks of one's own.
    public let allowsPrivate: Bool
    let resolve: @Sendable (String) async -> [IPAddress]

    /// A guard.
    ///
    /// - Parameters:
    ///   - allowsPrivate: Whether all may be used.
    ///   - resolve: Gives the addresses of a host; `nil` for the system's resolver.
    public init(allowsPrivate: Bool = false, resolve: (@Sendable (String) async -> [IPAddress])? = nil) {
        self.allowsPrivate = allowsPrivate
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
        let addresses = found.isEmpty ? await resolve(address.host) : found
        guard let first = addresses.first else { return .unknownHost }
        // One that is not public is enough: who answers so may answer anything.
        guard allowsPrivate || addresses.allSatisfy(\.isPublic) else {
            return .refused("must name a host with public addresses alone")
        }
        return .allowed(first)
    }
}
