import CustomerDomain
import CustomerService
import HTTPTypes
import Hummingbird

/// One operation of the API, declared once: the router serves it and the OpenAPI document describes it.
struct Route: Sendable {
    typealias Handler = @Sendable (Call) async throws -> Response

    var method: HTTPRequest.Method
    /// The path with its parameters in braces.
    var path: String
    /// The operation's name in the document, unique.
    var operation: String
    var summary: String
    /// The chapter of the document.
    var chapter: String
    var access: Access
    /// A permission that it needs besides that of ``access``.
    var alsoNeeds: Permission?
    var parameters: [Parameter] = []
    var body: RequestBodyRule?
    var answers: [Answer]
    /// Problems beyond those that every route of its kind may answer with.
    var problems: [ProblemType] = []
    /// Whether it may look at a whole organization, so that it costs more, and few are worked on at once.
    var isHeavy = false
    /// Whether its body is taken piece by piece, by the handler, which has a limit of its own.
    var streamsBody = false
    /// Whether it also answers as of a moment before; see ``AsOf``.
    var offersPast = false
    /// Whether it shows something personal of the customer in its path, so that looking at it may be recorded.
    var isPersonal = true
    var handler: Handler

    /// Does nothing when the actor may use it.
    func check(_ scope: Scope) throws {
        try access.check(scope)
        if let alsoNeeds { try scope.require(alsoNeeds) }
    }

    /// What stands for the parameters of its path; `nil` when it does not serve this one.
    func parameters(in path: String) -> Parameters? {
        let (segments, template) = (path.split(separator: "/"), self.path.split(separator: "/"))
        guard segments.count == template.count else { return nil }
        var parameters = Parameters()
        for (segment, part) in zip(segments, template) {
            if part.hasPrefix("{") {
                parameters[part.dropFirst().dropLast()] = segment
            } else if segment != part {
                return nil
            }
        }
        return parameters
    }

    /// The problem types it may answer with, besides ``problems`` those that come with its access, body and method.
    var allProblems: [ProblemType] {
        guard access != .open else { return [.invalidParameter, .overloaded] + problems }
        var all: [ProblemType] = [
            .invalidParameter, .unauthorized, .forbidden, .rateLimited, .internalError, .overloaded, .unavailable,
            .storageFull,
        ]
        if body != nil { all += [.malformedBody, .bodyTooLarge, .unsupportedMediaType, .invalidFields] }
        if takesIdempotencyKey { all += [.idempotencyKeyReused] }
        if parameters.contains(where: { $0.name == "If-Match" }) { all += [.versionMismatch] }
        if path.contains("{") || offersPast { all += [.notFound] }
        return all + problems
    }

    /// Units of ``ServerLimits/requestRate`` that it takes.
    var cost: Int {
        if isHeavy { return 20 }
        return method == .get ? 1 : 2
    }

    /// Whether a retry with the same `Idempotency-Key` is answered as the first attempt was.
    var takesIdempotencyKey: Bool { method == .post && access != .open }

    /// The parameters with those that come with the method.
    var allParameters: [Parameter] {
        parameters + (takesIdempotencyKey ? [.idempotencyKey] : []) + (offersPast ? AsOf.parameters : [])
    }

    /// The same, which, when it only reads, answers as of a moment before, too.
    var offeringPast: Route {
        var route = self
        guard method == .get else { return route }
        route.offersPast = true
        for index in route.answers.indices { route.answers[index].headers.append(.asOfSequence) }
        return route
    }
}

/// What a route takes as its body.
struct RequestBodyRule: Sendable {
    var schema: Schema
    var isRequired = true
    /// The media types taken, the first preferred.
    var mediaTypes = ["application/json"]

    static func json(_ schema: Schema) -> RequestBodyRule { RequestBodyRule(schema: schema) }

    static func optionalJSON(_ schema: Schema) -> RequestBodyRule {
        RequestBodyRule(schema: schema, isRequired: false)
    }

    /// RFC 7396.
    static func mergePatch(_ schema: Schema) -> RequestBodyRule {
        RequestBodyRule(schema: schema, mediaTypes: ["application/merge-patch+json", "application/json"])
    }
}

/// What a route answers with when all goes well.
struct Answer: Sendable {
    var status: Int
    var description: String
    var schema: Schema?
    var mediaType = "application/json"
    /// The media type of a stream that a client can ask for instead.
    var streamMediaType: String?
    /// Names of the headers it carries, from ``AnswerHeader``.
    var headers: [AnswerHeader] = []
}

/// A header that answers may carry.
enum AnswerHeader: String, Sendable, CaseIterable {
    case entityTag = "ETag"
    case location = "Location"
    case link = "Link"
    case bundlePassphrase = "X-Bundle-Passphrase"
    case asOfSequence = "As-Of-Sequence"

    var description: String {
        switch self {
        case .entityTag: "The version of the resource, as a strong entity tag."
        case .location: "Where the resource is."
        case .asOfSequence: "The last event that counts, when the answer is as of a moment before."
        case .bundlePassphrase: "The passphrase, where the server made it; it is nowhere else."
        case .link: "The next page, and the page before (RFC 8288)."
        }
    }
}

extension Parameter {
    static let idempotencyKey = Parameter.header(
        "Idempotency-Key",
        .text(
            TextRule(
                length: 1...255,
                pattern: #"^(?:[!#-~][!-~]*|"(?:[ !#-\[\]-~]|\\["\\])+")$"#,
                check: {
                    IdempotencyKey($0) == nil ? "must be an RFC 8941 string or visible ASCII without blanks" : nil
                }
            )
        ),
        "Makes the request safe to send again: the same key with the same request is answered as the first time."
    )

    static let ifMatch = Parameter.header(
        "If-Match",
        .text(
            TextRule(
                length: 1...256,
                pattern: #"^(?:\*|(?:W/)?"[!#-~]*"(?:, ?(?:W/)?"[!#-~]*")*)$"#,
                check: { EntityTags($0) == nil ? "must be * or entity tags in quotes" : nil }
            )
        ),
        "Do it only if the resource still has this entity tag; otherwise 412."
    )

    static let ifNoneMatch = Parameter.header(
        "If-None-Match",
        .text(
            TextRule(
                length: 1...256,
                pattern: #"^(?:\*|(?:W/)?"[!#-~]*"(?:, ?(?:W/)?"[!#-~]*")*)$"#,
                check: { EntityTags($0) == nil ? "must be * or entity tags in quotes" : nil }
            )
        ),
        "Answer 304 without a body if the resource still has this entity tag."
    )
}
