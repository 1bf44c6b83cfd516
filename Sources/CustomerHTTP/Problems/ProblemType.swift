/// A kind of problem: what the `type` member of a problem document names, always with the same title and status.
struct ProblemType: Hashable, Sendable {
    /// The last part of the type's URI, `/problems/…`; never changes once published.
    var slug: String
    var title: String
    var status: Int

    static let notFound = ProblemType(slug: "not-found", title: "There is nothing here", status: 404)
    static let methodNotAllowed = ProblemType(
        slug: "method-not-allowed",
        title: "This path does not take this method",
        status: 405
    )
    static let malformedBody = ProblemType(slug: "malformed-body", title: "The body is not JSON", status: 400)
    static let invalidParameter = ProblemType(
        slug: "invalid-parameter",
        title: "A parameter or header cannot be taken",
        status: 400
    )
    static let unauthorized = ProblemType(
        slug: "unauthorized",
        title: "A credential that stands is needed",
        status: 401
    )
    static let forbidden = ProblemType(slug: "forbidden", title: "The credential may not do this", status: 403)
    static let rateLimited = ProblemType(slug: "rate-limited", title: "Too many requests", status: 429)
    static let versionMismatch = ProblemType(
        slug: "version-mismatch",
        title: "The resource has changed",
        status: 412
    )
    static let bodyTooLarge = ProblemType(slug: "body-too-large", title: "The body is too large", status: 413)
    static let unsupportedMediaType = ProblemType(
        slug: "unsupported-media-type",
        title: "The body's type is not taken",
        status: 415
    )
    static let invalidFields = ProblemType(slug: "invalid-fields", title: "Fields cannot be taken", status: 422)
    static let idempotencyKeyReused = ProblemType(
        slug: "idempotency-key-reused",
        title: "The idempotency key was used for another request",
        status: 422
    )
    static let bundleTooLarge = ProblemType(
        slug: "bundle-too-large",
        title: "There is more than a bundle may hold",
        status: 409
    )
    static let receiptNotReady = ProblemType(
        slug: "receipt-not-ready",
        title: "There is no receipt yet",
        status: 409
    )
    static let internalError = ProblemType(slug: "internal-error", title: "Something went wrong here", status: 500)
    static let overloaded = ProblemType(slug: "overloaded", title: "Too much is being asked at once", status: 503)
    static let unavailable = ProblemType(slug: "unavailable", title: "Nothing can be written now", status: 503)
    static let storageFull = ProblemType(slug: "storage-full", title: "There is no room to write", status: 507)
}
