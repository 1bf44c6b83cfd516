import HTTPTypes
import Hummingbird

/// The router, and problem documents for what no route serves: an unknown path, or a known one with another method.
struct APIResponder: HTTPResponder {
    typealias Context = APIContext

    private let router: RouterResponder<APIContext>
    private let service: ServiceContext
    private let paths: [(segments: [Substring], methods: [HTTPRequest.Method])]

    init(routes: [Route], service: ServiceContext) {
        self.service = service
        let router = Router(context: APIContext.self, options: [.autoGenerateHeadEndpoints])
        for (index, route) in routes.enumerated() {
            let endpoint = Endpoint(route: route, index: index, service: service)
            router.on(RouterPath(route.path), method: route.method, responder: endpoint)
        }
        self.router = router.buildResponder()
        paths = Dictionary(grouping: routes, by: \.path)
            .map { path, routes in
                let methods = routes.map(\.method)
                return (path.split(separator: "/"), methods.contains(.get) ? methods + [.head] : methods)
            }
    }

    func respond(to request: Request, context: APIContext) async throws -> Response {
        let response = try await router.respond(to: request, context: context)
        // Routes give every answer its request identifier, so one without it comes from no route.
        guard response.headers[.requestID] == nil else { return response }
        let requestID = RequestIdentifier.choose(request.headers[.requestID])
        var answer = problem(for: request).response(requestID: requestID)
        answer.headers[.requestID] = requestID
        service.metrics.record(route: service.metrics.unmatched, status: answer.status.code, duration: .zero)
        return answer
    }

    private func problem(for request: Request) -> Problem {
        let segments = request.uri.path.split(separator: "/")
        // As the router does: names that are spelt out come before parameters.
        let found = paths.filter { matches(segments, $0.segments) }
            .min { parameterCount($0.segments) < parameterCount($1.segments) }
        guard let methods = found?.methods else {
            return Problem(.notFound, "There is nothing at this path; /openapi.json lists what there is.")
        }
        let names = Set(methods.map(\.rawValue)).sorted()
        return Problem(
            .methodNotAllowed,
            "This path takes \(names.joined(separator: ", ")).",
            headers: [.allow: names.joined(separator: ", ")]
        )
    }

    private func parameterCount(_ template: [Substring]) -> Int { template.count { $0.hasPrefix("{") } }

    private func matches(_ segments: [Substring], _ template: [Substring]) -> Bool {
        segments.count == template.count
            && zip(segments, template).allSatisfy { $0 == $1 || $1.hasPrefix("{") }
    }
}
