import CustomerDomain
import LogStorage

/// The files of an organization's webhooks; each call waits for the disk on a thread of its own.
///
/// Each endpoint has a lot: its secrets, sealed, each in a file named by its number, and its queue.
struct WebhookFiles: Sendable {
    let sealed: SealedFiles

    private static let queue = "queue"

    private func run<Value: Sendable>(
        _ work: @escaping @Sendable (SealedFiles) throws(LogStorageError) -> Value
    ) async throws(LogStorageError) -> Value {
        let outcome = await Threads.run { [sealed] in Result { () throws(LogStorageError) in try work(sealed) } }
        return try outcome.get()
    }

    private static func part(_ secret: UInt64) -> String { "secret-" + String(secret, radix: 16) }

    /// Keeps a secret; returns once that is durable.
    func write(_ secret: WebhookSecret, _ number: UInt64, of id: WebhookID) async throws(LogStorageError) {
        try await run { (sealed) throws(LogStorageError) in
            let lot = id.description
            let known = try sealed.key(of: lot)
            let key = if let known { known } else { try sealed.begin(lot) }
            var file = try SealedFileWriter(Self.part(number), of: lot, in: sealed, key: key)
            defer { file.close() }
            try file.append(secret.bytes, isLast: true)
            try file.sync()
        }
    }

    /// The secret of this number; `nil` when it is not there, or not what was written.
    func secret(_ number: UInt64, of id: WebhookID) async throws(LogStorageError) -> WebhookSecret? {
        try await run { (sealed) throws(LogStorageError) -> WebhookSecret? in
            let lot = id.description
            guard let key = try sealed.key(of: lot) else { return nil }
            do throws(LogStorageError) {
                guard var file = try SealedFileReader(Self.part(number), of: lot, in: sealed, key: key) else {
                    return nil
                }
                defer { file.close() }
                guard let bytes = try file.next(), file.isAtEnd else { return nil }
                return WebhookSecret(bytes: bytes)
            } catch {
                guard error.code == .damaged else { throw error }
                return nil
            }
        }
    }

    /// Forgets a secret.
    func remove(_ number: UInt64, of id: WebhookID) async throws(LogStorageError) {
        try await run { (sealed) throws(LogStorageError) in try sealed.remove(Self.part(number), of: id.description) }
    }

    /// Keeps a queue; returns once that is durable.
    func write(_ queue: DeliveryQueue, of id: WebhookID) async throws(LogStorageError) {
        let bytes = queue.bytes
        try await run { (sealed) throws(LogStorageError) in try sealed.place(bytes, Self.queue, of: id.description) }
    }

    /// The queue that was kept; `nil` when there is none, or it is not what was written.
    func queue(of id: WebhookID) async throws(LogStorageError) -> DeliveryQueue? {
        try await run { (sealed) throws(LogStorageError) -> DeliveryQueue? in
            try sealed.placed(Self.queue, of: id.description).flatMap { DeliveryQueue(bytes: $0) }
        }
    }

    /// Destroys the files of all that `isKept` does not want.
    func destroyOthers(isKept: @escaping @Sendable (WebhookID) -> Bool) async throws(LogStorageError) {
        try await run { (sealed) throws(LogStorageError) in
            for name in try sealed.names() {
                guard let id = WebhookID(name), !isKept(id) else { continue }
                try sealed.destroy(name)
            }
        }
    }
}
