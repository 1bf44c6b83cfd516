import CustomerDomain
import EventSourcing

extension IdempotencyTable {
    func archive(into writer: inout ArchiveWriter) throws {
        let all = all
        try writer.add(UInt64(all.count))
        for (key, entry) in all {
            try writer.add(key.actor)
            try writer.add(key.key)
            try writer.add(entry.fingerprint)
            try writer.add(entry.firstSequence.value)
            try writer.add(Int64(entry.eventCount))
            try writer.add(entry.recordedAt.microseconds)
            try writer.add(entry.customer.map { UInt64($0.value) } ?? .max)
        }
        try writer.add(open?.key.actor)
        try writer.add(open?.key.key)
        try writer.add(open?.requestID)
    }

    mutating func load(from reader: inout ArchiveReader) throws {
        for _ in 0..<(try reader.count(of: 42)) {
            let key = Key(actor: try reader.text(), key: try reader.text())
            let fingerprint: UInt64 = try reader.number()
            let sequence = SequenceNumber(try reader.number())
            let eventCount: Int64 = try reader.number()
            let recordedAt = Timestamp(microseconds: try reader.number())
            let customer: UInt64 = try reader.number()
            entries[key] = IdempotencyEntry(
                fingerprint: fingerprint,
                firstSequence: sequence,
                eventCount: Int(eventCount),
                recordedAt: recordedAt,
                customer: UInt32(exactly: customer).map { CustomerOrdinal($0) }
            )
            queue.append((key, sequence))
        }
        let (actor, key, requestID) = (
            try reader.optionalText(), try reader.optionalText(), try reader.optionalText()
        )
        if let actor, let key, let requestID { open = (Key(actor: actor, key: key), requestID) }
    }
}
