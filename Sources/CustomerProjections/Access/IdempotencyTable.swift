import CustomerDomain
import EventSourcing

/// The retryable requests of the last 24 hours of recorded time.
struct IdempotencyTable: Sendable {
    struct Key: Hashable, Sendable {
        var actor: String
        var key: String
    }

    static let lifetimeMicroseconds: Int64 = 24 * 3_600 * 1_000_000

    var entries: [Key: IdempotencyEntry] = [:]
    /// Keys by the time of their requests; those before `first` are gone.
    var queue: ContiguousArray<(key: Key, sequence: SequenceNumber)> = []
    private var first = 0
    var open: (key: Key, requestID: String)?

    func entry(_ key: Key) -> IdempotencyEntry? { entries[key] }

    /// The entries that are kept, oldest first.
    var all: [(Key, IdempotencyEntry)] {
        queue[first...]
            .compactMap { place in
                guard let entry = entries[place.key], entry.firstSequence == place.sequence else { return nil }
                return (place.key, entry)
            }
    }

    /// Takes the next event in, and drops what has become too old by it.
    mutating func note(_ event: RecordedEvent) {
        if first < queue.count { prune(before: event.recordedAt.microseconds - Self.lifetimeMicroseconds) }
        guard let idempotency = event.idempotency else {
            extend(with: event)
            return
        }
        let key = Key(actor: event.actor, key: idempotency.key)
        entries[key] = IdempotencyEntry(
            fingerprint: idempotency.fingerprint,
            firstSequence: event.sequence,
            eventCount: 1,
            recordedAt: event.recordedAt,
            customer: event.customer
        )
        queue.append((key, event.sequence))
        open = event.requestID.map { (key, $0) }
    }

    /// Further events of the same request follow at once, with its identifier.
    private mutating func extend(with event: RecordedEvent) {
        guard let (key, requestID) = open else { return }
        if event.requestID == requestID, event.actor == key.actor {
            entries[key]?.eventCount += 1
        } else {
            open = nil
        }
    }

    private mutating func prune(before oldest: Int64) {
        while first < queue.count {
            let place = queue[first]
            if let entry = entries[place.key], entry.firstSequence == place.sequence {
                if entry.recordedAt.microseconds >= oldest { break }
                entries[place.key] = nil
            }
            first += 1
        }
        if first > 1_024, first * 2 > queue.count {
            queue.removeFirst(first)
            first = 0
        }
    }
}
