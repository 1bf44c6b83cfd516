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
    @inline(__always)
    mutating func note(_ event: RecordView) {
        if first < queue.count { prune(before: event.recordedAt.microseconds - Self.lifetimeMicroseconds) }
        if let idempotency = event.idempotency {
            open(idempotency, event)
        } else if open != nil {
            extend(with: event)
        }
    }

    private mutating func open(_ idempotency: IdempotencyView, _ event: RecordView) {
        let key = Key(
            actor: event.actor.map { String($0) } ?? "",
            key: idempotency.key.map { String($0) } ?? ""
        )
        entries[key] = IdempotencyEntry(
            fingerprint: idempotency.fingerprint,
            firstSequence: event.sequence,
            eventCount: 1,
            recordedAt: event.recordedAt,
            customer: event.customer
        )
        queue.append((key, event.sequence))
        open = event.requestID.map { (key, String($0)) }
    }

    /// Further events of the same request follow at once, with its identifier.
    private mutating func extend(with event: RecordView) {
        guard let (key, requestID) = open else { return }
        if let asked = event.requestID, asked.isEqual(to: requestID), isText(key.actor, event.actor?.bytes) {
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
