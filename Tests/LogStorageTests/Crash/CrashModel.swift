import EventSourcing
import TestSupport

@testable import LogStorage

/// What a log must hold: plain, and obviously right.
struct CrashModel {
    /// Every record that was taken, in order.
    private(set) var bodies: [[UInt8]] = []

    /// How many of them were acknowledged.
    private(set) var acknowledgedCount = 0

    /// The counts at which a batch that is not acknowledged yet ends.
    private var batchEnds: [Int] = []

    var head: SequenceNumber { SequenceNumber(UInt64(bodies.count)) }

    mutating func take(_ batch: [[UInt8]]) {
        bodies += batch
        batchEnds.append(bodies.count)
    }

    /// The log says that this much is durable.
    mutating func acknowledge(_ durable: SequenceNumber) throws(Violation) {
        let count = Int(durable.value)
        try require(count >= acknowledgedCount, "the durable head went back from \(acknowledgedCount) to \(count)")
        try require(isWhole(count), "acknowledged \(count) records, which is not the end of a batch")
        acknowledgedCount = count
        batchEnds.removeAll { $0 <= count }
    }

    /// The log was opened again and holds this; whatever else was taken is gone.
    mutating func reopen(with records: [(sequence: SequenceNumber, body: [UInt8])]) throws(Violation) {
        try require(
            records.count >= acknowledgedCount,
            "LOST: \(acknowledgedCount) records were acknowledged, \(records.count) are there"
        )
        try require(
            isWhole(records.count),
            "\(records.count) records are there, which is in the middle of a batch; ends are \(batchEnds)"
        )
        try compare(records, from: 1)
        bodies.removeSubrange(records.count...)
        acknowledgedCount = records.count
        batchEnds = []
    }

    /// Throws unless the records from `first` on are those that were taken.
    func compare(_ records: [(sequence: SequenceNumber, body: [UInt8])], from first: Int) throws(Violation) {
        for (index, record) in records.enumerated() {
            let number = first + index
            try require(record.sequence.value == UInt64(number), "record \(number) is numbered \(record.sequence)")
            try require(number <= bodies.count, "INVENTED: record \(number), when \(bodies.count) were taken")
            let taken = bodies[number - 1]
            try require(
                record.body.isSame(as: taken) || Self.husk(of: taken).map(record.body.isSame) ?? false,
                "WRONG: record \(number) is not what was taken"
            )
        }
    }

    /// What compaction may make of a record; `nil` when it must stay.
    static func husk(of body: [UInt8]) -> [UInt8]? {
        guard let first = body.first, first % 4 == 1 else { return nil }
        return makeHusk(of: body.span.bytes)
    }

    /// The root of the tree over the first records.
    func root(of count: Int) -> MerkleHash {
        var tree = MerkleTree()
        for body in bodies[..<count] { tree.append(.leaf(body.span.bytes)) }
        return tree.root
    }

    private func isWhole(_ count: Int) -> Bool {
        count == acknowledgedCount || batchEnds.contains(count)
    }
}
