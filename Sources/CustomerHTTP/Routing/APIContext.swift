import Hummingbird

/// What Hummingbird carries along with a request.
struct APIContext: RequestContext {
    var coreContext: CoreRequestContextStorage

    init(source: Source) {
        coreContext = CoreRequestContextStorage(source: source)
    }
}
