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
            self.init(.forbidden, "The credential lacks the permission \(permission.name).")
            missingPermission = permission.name
        case .adminOnly:
            self.init(.forbidden, "Only an admin may do this.")
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

    static let readOnlyDetail = """
        The log is read-only, and reads go on. The server's log of its start says why and what an operator has to do.
        """
    static let failedDetail = """
        A write to the server's disk failed, so nothing more is taken, and reads go on. It was not acknowledged that anything \
        was written: once an operator has looked at the disk and restarted the server, ask again with the same Idempotency-Key.
        """

    /// The problem that a log's refusal is to a client.
    private init(_ error: AppendError) {
        switch error {
        case .storageFull:
            self.init(
                .storageFull,
                """
                The server's disk is full. Nothing was written, and reads go on. When an operator has freed space on the disk \
                of the data directory, writing goes on by itself within a second: then send the same request again.
                """,
                headers: [.retryAfter: "10"]
            )
        case .overloaded:
            self.init(.overloaded, "Nothing was written. Try again shortly.", headers: [.retryAfter: "1"])
        case .batchTooLarge(_, let limit):
            self.init(.bodyTooLarge, "One request may record at most \(limit) bytes. Nothing was written.")
        case .readOnly:
            self.init(.unavailable, Self.readOnlyDetail, headers: [.retryAfter: "60"])
        case .failed:
            self.init(.unavailable, Self.failedDetail, headers: [.retryAfter: "60"])
        case .unexpectedHead, .fenced, .unknown, .closed, .cancelled:
            self.init(
                .unavailable,
                "It was not acknowledged that anything was written. Ask again with the same Idempotency-Key.",
                headers: [.retryAfter: "5"]
            )
        }
    }
}
