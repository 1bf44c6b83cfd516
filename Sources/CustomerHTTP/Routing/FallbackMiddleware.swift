import HTTPTypes
import Hummingbird

/// Answers what no route serves: an unknown path, or a known one with another method.
struct FallbackMiddleware: RouterMiddleware {
    typealias Context = APIContext

    let service: ServiceContext
    private let paths: [(segments: [Substring], methods: [HTTPRequest.Method])]

    init(routes: [Route], service: ServiceContext) {
        self.service = service
        paths = Dictionary(grouping: routes, by: \.path).map { path, routes in
            (path.split(separator: "/"), routes.map(\.method))
        }
    }

    func handle(
        _ request: Request,
        context: APIContext,
        next: (Request, APIContext) async throws -> Response
    ) async throws -> Response {
        // Routes answer their own problems, so whatever is thrown here found no route.
        do {
            return try await next(request, context)
        } catch let error as HTTPError where error.status == .notFound {
            let requestID = RequestIdentifier.choose(request.headers[.requestID])
            var response = problem(for: request).response(requestID: requestID)
            response.headers[.requestID] = requestID
            service.metrics.record(route: service.metrics.unmatched, status: response.status.code, duration: .zero)
            return response
        }
    }

    private func problem(for request: Request) -> Problem {
        let segments = request.uri.path.split(separator: "/")
        let methods = paths.filter { matches(segments, $0.segments) }.flatMap(\.methods)
        guard !methods.isEmpty else {
            return Problem(.notFound, "There is nothing at this path; /openapi.json lists what there is.")
        }
        let names = Set(methods.map(\.rawValue)).sorted()
        return Problem(
            .methodNotAllowed,
            "This path takes \(names.joined(separator: ", ")).",
            headers: [.allow: names.joined(separator: ", ")]
        )
    }

    private func matches(_ segments: [Substring], _ template: [Substring]) -> Bool {
        segments.count == template.count
            && zip(segments, template).allSatisfy { $0 == $1 || $1.hasPrefix("{") }
    }
}
