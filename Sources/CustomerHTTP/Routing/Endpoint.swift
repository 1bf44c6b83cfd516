import Crypto
import CustomerDomain
import CustomerProjections
import CustomerService
import EventSourcing
import HTTPTypes
import Hummingbird
import Logging

/// One route at work: reads a request as the route declares it, calls the handler, and answers problems.
struct Endpoint: HTTPResponder {
    typealias Context = APIContext

    let route: Route
    /// The route's index in the metrics.
    let index: Int
    let service: ServiceContext
    private let rules: QueryRules
    private let headerParameters: [(name: HTTPField.Name, parameter: Parameter)]

    init(route: Route, index: Int, service: ServiceContext) {
        self.route = route
        self.index = index
        self.service = service
        let parameters = route.allParameters
        rules = QueryRules(parameters)
        headerParameters = parameters.filter { $0.place == .header }
            .compactMap { parameter in HTTPField.Name(parameter.name).map { ($0, parameter) } }
    }

    func respond(to request: Request, context: APIContext) async throws -> Response {
        let start = ContinuousClock.now
        let requestID = RequestIdentifier.choose(request.headers[.requestID])
        guard service.metrics.begin(limit: service.limits.concurrentRequestCount) else {
            return finish(.overload(requestID), requestID, start)
        }
        defer { service.metrics.end() }
        var allowance: HTTPFields = [:]
        var response: Response
        do {
            let caller = try identify(request, context)
            allowance = try admit(caller)
            response = try await handle(request, context, caller, requestID)
        } catch {
            response = answer(to: error, request, context, requestID)
        }
        if !allowance.isEmpty { response.headers.append(contentsOf: allowance) }
        return finish(response, requestID, start)
    }

    /// Who asks; nobody in particular on an open route.
    private func identify(_ request: Request, _ context: APIContext) throws(Problem) -> Caller? {
        guard route.access != .open else { return nil }
        return try service.authenticator.caller(
            request.headers,
            address: service.origin(of: request.headers, context)
        )
    }

    /// What the answer tells of how much more the caller may ask.
    private func admit(_ caller: Caller?) throws -> HTTPFields {
        guard let caller else { return [:] }
        var headers: HTTPFields = [:]
        if let limiter = service.rates.requests {
            let credential = RateLimits.Credential(
                organization: caller.scope.organization,
                actor: caller.scope.actor
            )
            let standing = limiter.take(route.cost, from: credential)
            headers = standing.headers(limiter.limit)
            guard standing.isTaken else {
                throw Problem(
                    .rateLimited,
                    "This credential asks too much at once. Try again in \(standing.retryAfter) s.",
                    headers: headers
                )
            }
        }
        return headers
    }

    private func finish(_ response: Response, _ requestID: String, _ start: ContinuousClock.Instant) -> Response {
        var response = response
        response.headers[.requestID] = requestID
        service.metrics.record(route: index, status: response.status.code, duration: .now - start)
        return response
    }

    private func answer(
        to error: any Error,
        _ request: Request,
        _ context: APIContext,
        _ requestID: String
    ) -> Response {
        if case .rejected(.customerMerged(let merged, let survivor)) = error as? CommandError, route.method == .get {
            return redirect(request, from: merged, to: survivor)
        }
        let problem = problem(of: error)
        if problem.type.status >= 500 {
            context.logger.error("\(route.operation) failed: \(error)", metadata: ["request": "\(requestID)"])
        }
        return problem.response(requestID: requestID)
    }

    private func problem(of error: any Error) -> Problem {
        switch error {
        case let problem as Problem: problem
        case let error as CommandError: Problem(error)
        case let error as Rejection: Problem(error)
        case let error as QueryError: Problem(error)
        default: Problem(.internalError, "The server's log has more under this instance.")
        }
    }

    /// What was asked of a merged customer, asked of the one who answers for it.
    private func redirect(_ request: Request, from merged: CustomerID, to survivor: CustomerID) -> Response {
        let target = (request.head.path ?? "/").replacing(merged.description, with: survivor.description)
        return Response(status: .permanentRedirect, headers: [.location: target, .cacheControl: "no-store"])
    }

    private func handle(
        _ request: Request,
        _ context: APIContext,
        _ caller: Caller?,
        _ requestID: String
    ) async throws -> Response {
        if let caller { try route.check(caller.scope) }
        let place = try heavyPlace()
        defer { withExtendedLifetime(place) {} }
        let target = RequestTarget(request.head.path ?? "/")
        let query = try QueryString(target.query, taking: rules)
        try checkHeaders(request.headers)
        if route.streamsBody, let rule = route.body { try checkMediaType(request.headers[.contentType], rule) }
        let bytes = route.streamsBody ? [] : try await body(of: request)
        let body = route.streamsBody ? .null : try decode(bytes)
        let past = try await past(query, caller)
        let call = Call(
            service: service,
            method: route.method,
            target: target,
            headers: request.headers,
            query: query,
            body: body,
            requestID: requestID,
            organization: caller?.organization ?? service.organizations[0],
            caller: caller?.scope,
            idempotency: idempotency(of: request, target, bytes),
            requestContext: context,
            parameters: context.parameters,
            past: past,
            upload: route.streamsBody ? request.body : nil
        )
        var response = try await route.handler(call)
        if let past { response.headers[.asOfSequence] = String(past.sequence.value) }
        if route.method == .get, route.isPersonal, response.status == .ok,
            let id = context.parameters["id"].flatMap({ CustomerID(String($0)) })
        {
            try await call.recordRead(.profile, [id])
        }
        return response
    }

    /// The moment that a query asks about; `nil` for now.
    private func past(_ query: QueryString, _ caller: Caller?) async throws -> PastState? {
        guard route.offersPast, let caller, let point = AsOf.point(query) else { return nil }
        try caller.scope.require(.viewAudit)
        return try await AsOf.past(point, caller.organization)
    }

    /// A place among the few requests that look at a whole organization.
    private func heavyPlace() throws(Problem) -> Places.Place? {
        guard route.isHeavy else { return nil }
        guard let place = service.heavyRequests.enter() else {
            throw Problem(
                .overloaded,
                "\(service.heavyRequests.limit) requests like this are being worked on. Try again shortly.",
                headers: [.retryAfter: "1"]
            )
        }
        return place
    }

    private func checkHeaders(_ headers: HTTPFields) throws(Problem) {
        for (name, parameter) in headerParameters {
            guard let value = headers[name] else { continue }
            if let reason = parameter.refusal(of: value) { throw .header(parameter.name, reason) }
        }
    }

    private func body(of request: Request) async throws -> [UInt8] {
        let limit = service.limits.bodyByteCount
        if let announced = request.headers[.contentLength].flatMap({ Int($0) }), announced > limit {
            throw Problem.tooLarge(limit)
        }
        // Without either header there is no body (RFC 9112, 6.3).
        if route.body == nil, !request.headers.contains(.contentLength), !request.headers.contains(.transferEncoding) {
            return []
        }
        var bytes: [UInt8] = []
        for try await chunk in request.body {
            guard bytes.count + chunk.readableBytes <= limit else { throw Problem.tooLarge(limit) }
            bytes.append(contentsOf: chunk.readableBytesView)
        }
        guard let rule = route.body else { return [] }
        guard !bytes.isEmpty || rule.isRequired else { return bytes }
        try checkMediaType(request.headers[.contentType], rule)
        return bytes
    }

    private func checkMediaType(_ header: String?, _ rule: RequestBodyRule) throws(Problem) {
        let parts = (header ?? "").split(separator: ";", omittingEmptySubsequences: false)
        let type = (parts.first ?? "").filter { $0 != " " && $0 != "\t" }.lowercased()
        guard rule.mediaTypes.contains(type) else {
            throw Problem(
                .unsupportedMediaType,
                "Send the body as \(rule.mediaTypes.joined(separator: " or ")).",
                headers: route.method == .patch ? [.acceptPatch: rule.mediaTypes.joined(separator: ", ")] : [:]
            )
        }
    }

    private func decode(_ bytes: [UInt8]) throws(Problem) -> JSONValue {
        guard let rule = route.body, !bytes.isEmpty || rule.isRequired else { return .null }
        let value: JSONValue
        do {
            value = try JSONParser.parse(bytes)
        } catch {
            throw Problem(.malformedBody, "At byte \(error.offset): \(error.reason).")
        }
        let errors = rule.schema.errors(in: value)
        guard errors.isEmpty else { throw .invalid(errors) }
        return value
    }

    private func idempotency(
        of request: Request,
        _ target: RequestTarget,
        _ bytes: [UInt8]
    ) -> Idempotency? {
        guard route.takesIdempotencyKey, let header = request.headers[.idempotencyKey],
            let key = IdempotencyKey(header)
        else { return nil }
        var hash = SHA256()
        hash.update(data: Array("\(route.method.rawValue) \(target.text)\n".utf8))
        hash.update(data: bytes)
        let fingerprint = hash.finalize().prefix(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        return Idempotency(key: key.text, fingerprint: fingerprint)
    }
}

extension Problem {
    static func tooLarge(_ limit: Int) -> Problem {
        Problem(.bodyTooLarge, "A body may have at most \(limit) bytes.", headers: [.connection: "close"])
    }
}

extension Response {
    fileprivate static func overload(_ requestID: String) -> Response {
        Problem(.overloaded, "Too many requests are being worked on. Try again shortly.", headers: [.retryAfter: "1"])
            .response(requestID: requestID)
    }
}
