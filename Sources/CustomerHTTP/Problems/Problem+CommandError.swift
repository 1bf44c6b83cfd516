import CustomerDomain
import CustomerService
import EventSourcing
import HTTPTypes

extension Problem {
    /// The problem that a use case's error is to a client.
    init(_ error: CommandError) {
        switch error {
        case .rejected(let rejection): self.init(rejection)
        case .forbidden(let permission):
            self.init(.forbidden, "The API key lacks the permission \(permission.name).")
        case .adminOnly:
            self.init(.forbidden, "Only an API key with the role admin may do this.")
        case .idempotencyKeyReused:
            self.init(
                .idempotencyKeyReused,
                "The Idempotency-Key was used before, for another request. Use a new key for a new request."
            )
        case .unavailable(let cause): self.init(cause)
        case .unreadable:
            self.init(.internalError, "A record could not be read back; the server's log says which.")
        }
    }

    /// The problem that a log's refusal is to a client.
    private init(_ error: AppendError) {
        switch error {
        case .storageFull:
            self.init(.storageFull, "Nothing was written. Writing goes on by itself when there is room again.")
        case .overloaded:
            self.init(.overloaded, "Nothing was written. Try again shortly.", headers: [.retryAfter: "1"])
        case .batchTooLarge(_, let limit):
            self.init(.bodyTooLarge, "One request may record at most \(limit) bytes. Nothing was written.")
        case .readOnly:
            self.init(.unavailable, "The log is read-only until an operator repairs it.", headers: [.retryAfter: "60"])
        case .unexpectedHead, .fenced, .unknown, .failed, .closed, .cancelled:
            self.init(
                .unavailable,
                "It was not acknowledged that anything was written. Ask again with the same Idempotency-Key.",
                headers: [.retryAfter: "5"]
            )
        }
    }
}
