import Hummingbird
import NIOCore

/// What Hummingbird carries along with a request.
struct APIContext: RequestContext {
    var coreContext: CoreRequestContextStorage

    /// The other end of the connection.
    let peer: SocketAddress?

    init(source: Source) {
        coreContext = CoreRequestContextStorage(source: source)
        peer = source.channel.remoteAddress
    }
}
