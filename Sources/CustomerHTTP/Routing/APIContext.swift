import Hummingbird
import NIOCore

/// What Hummingbird carries along with a request.
struct APIContext: RequestContext {
    var coreContext: CoreRequestContextStorage

    /// The address of the other end of the connection, without the port.
    let peer: String?

    init(source: Source) {
        coreContext = CoreRequestContextStorage(source: source)
        peer = source.channel.remoteAddress?.ipAddress
    }
}
