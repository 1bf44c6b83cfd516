import CustomerDomain
import EventSourcing

/// The messages to one endpoint: which events were taken from the log, what became of them, and what is due when.
///
/// A value without clock, chance, disk or network. Each event behind the cursor is in the log, so it need not be here; each before
/// it was looked at, and those that are sent are here until they arrived or used up their attempts. Messages that wait number at
/// most ``limit``: then nothing is taken from the log until there is room.
struct DeliveryQueue: Hashable, Sendable {
    /// How many messages are kept: those that wait, and the last of the others.
    static let limit = 1_000

    /// The last event that was looked at.
    private(set) var cursor: UInt64
    /// The messages, by sequence.
    private(set) var deliveries: [WebhookDelivery] = []
    /// Events that are to be sent again: from the next to the last.
    private(set) var replay: ClosedRange<UInt64>?
    /// Since when every attempt failed.
    private(set) var failingSince: Timestamp?
    /// Whether a message used up its attempts since then.
    private(set) var hasGivenUp = false

    /// A queue of what happens after an event.
    init(after cursor: UInt64) { self.cursor = cursor }

    /// A queue as it was kept.
    init(
        cursor: UInt64,
        deliveries: [WebhookDelivery],
        replay: ClosedRange<UInt64>?,
        failingSince: Timestamp?,
        hasGivenUp: Bool
    ) {
        self.cursor = cursor
        self.deliveries = deliveries
        self.replay = replay
        self.failingSince = failingSince
        self.hasGivenUp = hasGivenUp
    }

    // MARK: Taking in

    /// How many messages wait.
    var pendingCount: Int { deliveries.count { $0.status == .pending } }

    /// How many more may wait.
    var room: Int { max(0, Self.limit - pendingCount) }

    /// Takes events from the log, at most as many as there is room for, and all up to `last` as looked at.
    mutating func take(_ events: [(sequence: UInt64, type: UInt32)], through last: UInt64, at now: Timestamp) {
        for event in events where event.sequence > cursor { enqueue(event.sequence, event.type, now) }
        cursor = max(cursor, last)
    }

    /// Asks for events to be sent again, together with those that were asked for before; what lies behind the cursor comes anyway.
    mutating func replay(_ asked: ClosedRange<UInt64>) {
        guard asked.lowerBound <= cursor else { return }
        let range = asked.lowerBound...min(asked.upperBound, cursor)
        guard let before = replay else { return replay = range }
        replay = min(before.lowerBound, range.lowerBound)...max(before.upperBound, range.upperBound)
    }

    /// Takes events that are to be sent again, as above.
    mutating func takeReplay(_ events: [(sequence: UInt64, type: UInt32)], through last: UInt64, at now: Timestamp) {
        for event in events { enqueue(event.sequence, event.type, now) }
        guard let range = replay else { return }
        replay = last < range.upperBound ? max(range.lowerBound, last + 1)...range.upperBound : nil
    }

    /// Sends a message again that is kept; `false` when it is not, or too much waits.
    mutating func resend(_ sequence: UInt64, at now: Timestamp) -> Bool {
        guard let index = index(of: sequence) else { return false }
        enqueue(sequence, deliveries[index].type, now)
        return true
    }

    /// Sends all messages again that used up their attempts; gives how many.
    mutating func resendFailed(at now: Timestamp) -> Int {
        let failed = deliveries.filter { $0.status == .failed }
        for delivery in failed { enqueue(delivery.sequence, delivery.type, now) }
        return failed.count
    }

    private mutating func enqueue(_ sequence: UInt64, _ type: UInt32, _ now: Timestamp) {
        var delivery = WebhookDelivery(sequence: sequence, type: type)
        delivery.nextAttemptAt = now
        let place = deliveries.partitioningIndex { $0.sequence >= sequence }
        if place < deliveries.count, deliveries[place].sequence == sequence {
            deliveries[place] = delivery
        } else {
            deliveries.insert(delivery, at: place)
        }
        while deliveries.count > Self.limit, let old = deliveries.firstIndex(where: { $0.status != .pending }) {
            deliveries.remove(at: old)
        }
    }

    // MARK: Sending

    /// The first message that was not tried yet.
    var fresh: WebhookDelivery? { deliveries.first { $0.status == .pending && $0.attempts == 0 } }

    /// The message whose next attempt has been due for the longest time.
    func due(at now: Timestamp) -> WebhookDelivery? {
        deliveries.lazy.filter { $0.status == .pending && $0.attempts > 0 }
            .filter { delivery in delivery.nextAttemptAt.map { $0 <= now } ?? true }
            .min { ($0.nextAttemptAt ?? now, $0.sequence) < ($1.nextAttemptAt ?? now, $1.sequence) }
    }

    /// Notes what an attempt came to.
    ///
    /// - Parameters:
    ///   - outcome: What it came to.
    ///   - sequence: Of which message.
    ///   - now: When it ended.
    ///   - random: Spreads the next attempt.
    /// - Returns: Why the endpoint is to be stopped, if it is.
    mutating func note(
        _ outcome: WebhookOutcome,
        of sequence: UInt64,
        at now: Timestamp,
        random: UInt64
    ) -> WebhookStop? {
        guard let index = index(of: sequence), deliveries[index].status == .pending else { return nil }
        deliveries[index].attempts += 1
        deliveries[index].lastAttemptAt = now
        (deliveries[index].statusCode, deliveries[index].failure) =
            switch outcome {
            case .answered(let code): (UInt16(clamping: code), outcome.isSuccess ? nil : .status)
            case .failed(let failure): (0, failure)
            }
        if outcome.isSuccess {
            deliveries[index].status = .delivered
            deliveries[index].nextAttemptAt = nil
            resume()
            return nil
        }
        let since = failingSince ?? now
        failingSince = since
        if let delay = WebhookSchedule.delay(after: deliveries[index].attempts, random: random) {
            deliveries[index].nextAttemptAt = Timestamp(microseconds: now.microseconds + delay)
        } else {
            deliveries[index].status = .failed
            deliveries[index].nextAttemptAt = nil
            hasGivenUp = true
        }
        if outcome == .answered(410) { return .gone }
        let isLost = hasGivenUp && now.microseconds - since.microseconds >= WebhookSchedule.patience
        return isLost ? .failing : nil
    }

    /// Forgets that attempts failed: one arrived, or somebody let the endpoint go on.
    mutating func resume() { (failingSince, hasGivenUp) = (nil, false) }

    private func index(of sequence: UInt64) -> Int? {
        let place = deliveries.partitioningIndex { $0.sequence >= sequence }
        return place < deliveries.count && deliveries[place].sequence == sequence ? place : nil
    }
}

extension Array {
    /// The first index whose element belongs to the second part, of an array in two parts.
    fileprivate func partitioningIndex(_ belongsToSecond: (Element) -> Bool) -> Int {
        var (low, high) = (0, count)
        while low < high {
            let middle = (low + high) / 2
            if belongsToSecond(self[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
