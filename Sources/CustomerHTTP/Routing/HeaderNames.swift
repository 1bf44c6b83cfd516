import HTTPTypes

extension HTTPField.Name {
    /// Parsing these constant names cannot fail; the fallback only spares a trap.
    static let requestID = HTTPField.Name("X-Request-ID") ?? .via
    static let idempotencyKey = HTTPField.Name("Idempotency-Key") ?? .via
    static let link = HTTPField.Name("Link") ?? .via
    static let asOfSequence = HTTPField.Name("As-Of-Sequence") ?? .via
    /// What a client of server-sent events has last.
    static let lastEventID = HTTPField.Name("Last-Event-ID") ?? .via
    static let bundlePassphrase = HTTPField.Name("X-Bundle-Passphrase") ?? .via
    static let rateLimit = HTTPField.Name("RateLimit") ?? .via
    static let rateLimitPolicy = HTTPField.Name("RateLimit-Policy") ?? .via
    static let forwardedFor = HTTPField.Name("X-Forwarded-For") ?? .via
    static let acceptPatch = HTTPField.Name("Accept-Patch") ?? .via
}
