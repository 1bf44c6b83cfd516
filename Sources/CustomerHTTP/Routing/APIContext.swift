import Hummingbird
import NIOCore

/// What Hummingbird carries along with a request.
struct APIContext: RequestContext {
    var coreContext: CoreRequestContextStorage

    private let channel: any Channel

    /// The other end of the connection.
    var peer: SocketAddress? { channel.remoteAddress }

    init(source: Source) {
        coreContext = CoreRequestContextStorage(source: source)
        channel = source.channel
    }
}
