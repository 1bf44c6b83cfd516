import Crypto
import CustomerDomain
import EventSourcing

// The queue as its file keeps it (docs/FORMAT.md, webhooks): nothing personal.
extension DeliveryQueue {
    private static let magic = Array("PTRNHOOK".utf8) + [1, 0, 0, 0, 0, 0, 0, 0]
    private static let digestByteCount = 32

    /// The file's bytes; the last 32 are the SHA-256 of the others.
    var bytes: [UInt8] {
        var writer = PlanWriter()
        writer.add(cursor)
        writer.add(replay?.lowerBound ?? 0)
        writer.add(replay?.upperBound ?? 0)
        writer.add(Self.number(failingSince))
        writer.add(hasGivenUp ? 1 : 0 as UInt64)
        writer.add(UInt64(deliveries.count))
        for delivery in deliveries {
            writer.add(delivery.sequence)
            var packed = UInt64(delivery.type)
            packed |= UInt64(delivery.statusCode) << 32
            packed |= UInt64(delivery.attempts) << 48
            packed |= UInt64(delivery.status.rawValue) << 56
            packed |= UInt64(delivery.failure?.rawValue ?? 0) << 60
            writer.add(packed)
            writer.add(Self.number(delivery.lastAttemptAt))
            writer.add(Self.number(delivery.nextAttemptAt))
        }
        let content = Self.magic + writer.bytes
        return content + Array(SHA256.hash(data: content))
    }

    /// The queue of a file's bytes; `nil` when they are not what was written.
    init?(bytes: [UInt8]) {
        let content = Array(bytes.dropLast(Self.digestByteCount))
        guard content.starts(with: Self.magic),
            Array(SHA256.hash(data: content)) == Array(bytes.suffix(Self.digestByteCount)),
            let queue = try? Self.read(Array(content.dropFirst(Self.magic.count)))
        else { return nil }
        self = queue
    }

    private static func read(_ content: [UInt8]) throws(PlanReader.Malformed) -> DeliveryQueue {
        var reader = PlanReader(content)
        let cursor = try reader.number()
        let (first, last) = (try reader.number(), try reader.number())
        let failingSince = Self.time(try reader.number())
        let hasGivenUp = try reader.number() == 1
        var deliveries: [WebhookDelivery] = []
        for _ in 0..<(try reader.number()) {
            var delivery = WebhookDelivery(sequence: try reader.number(), type: 0)
            let packed = try reader.number()
            guard let status = WebhookDelivery.Status(rawValue: UInt8(packed >> 56 & 15)) else {
                throw PlanReader.Malformed()
            }
            delivery.type = UInt32(truncatingIfNeeded: packed)
            delivery.statusCode = UInt16(truncatingIfNeeded: packed >> 32)
            delivery.attempts = Int(packed >> 48 & 255)
            delivery.status = status
            delivery.failure = WebhookFailure(rawValue: UInt8(packed >> 60))
            delivery.lastAttemptAt = Self.time(try reader.number())
            delivery.nextAttemptAt = Self.time(try reader.number())
            deliveries.append(delivery)
        }
        return DeliveryQueue(
            cursor: cursor,
            deliveries: deliveries,
            replay: last == 0 || first > last ? nil : first...last,
            failingSince: failingSince,
            hasGivenUp: hasGivenUp
        )
    }

    /// A time as a number; 0 for none.
    private static func number(_ time: Timestamp?) -> UInt64 { time.map { UInt64(bitPattern: $0.microseconds) } ?? 0 }

    private static func time(_ number: UInt64) -> Timestamp? {
        number == 0 ? nil : Timestamp(microseconds: Int64(bitPattern: number))
    }
}
