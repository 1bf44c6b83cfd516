/// A kind of problem: what the `type` member of a problem document names, always with the same title and status.
struct ProblemType: Hashable, Sendable {
    /// The last part of the type's URI, `/problems/…`; never changes once published.
    var slug: String
    var title: String
    var status: Int

    init(_ status: Int, _ slug: String, _ title: String) {
        (self.slug, self.title, self.status) = (slug, title, status)
    }

    static let notFound = Self(404, "not-found", "There is nothing here")
    static let methodNotAllowed = Self(405, "method-not-allowed", "This path does not take this method")
    static let malformedBody = Self(400, "malformed-body", "The body is not JSON")
    static let invalidParameter = Self(400, "invalid-parameter", "A parameter or header cannot be taken")
    static let unauthorized = Self(401, "unauthorized", "A credential that stands is needed")
    static let forbidden = Self(403, "forbidden", "The credential may not do this")
    static let rateLimited = Self(429, "rate-limited", "Too many requests")
    static let versionMismatch = Self(412, "version-mismatch", "The resource has changed")
    static let bodyTooLarge = Self(413, "body-too-large", "The body is too large")
    static let unsupportedMediaType = Self(415, "unsupported-media-type", "The body's type is not taken")
    static let invalidFields = Self(422, "invalid-fields", "Fields cannot be taken")
    static let idempotencyKeyReused = Self(
        422,
        "idempotency-key-reused",
        "The idempotency key was used for another request"
    )
    static let bundleTooLarge = Self(409, "bundle-too-large", "There is more than a bundle may hold")
    static let receiptNotReady = Self(409, "receipt-not-ready", "There is no receipt yet")
    static let internalError = Self(500, "internal-error", "Something went wrong here")
    static let overloaded = Self(503, "overloaded", "Too much is being asked at once")
    static let unavailable = Self(503, "unavailable", "Nothing can be written now")
    static let storageFull = Self(507, "storage-full", "There is no room to write")
}
