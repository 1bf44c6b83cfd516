public import EventSourcing

/// What is damaged in a log, and what can be done about it.
public struct RepairPlan: Hashable, Sendable {
    /// A damaged segment.
    public struct Segment: Hashable, Sendable {
        /// Why it can be rebuilt, or cannot.
        public enum Verdict: String, Hashable, Sendable {
            /// Every byte can be rebuilt.
            case rebuildable
            /// There is no parity file, or none of this segment as it was last packed.
            case noParity
            /// More is damaged than the parity file makes up for.
            case tooMuch
        }

        /// The file's name.
        public var name: String
        /// How many bytes lie in cells that are damaged, where there is a parity file.
        public var damagedByteCount: Int?
        /// What can be done.
        public var verdict: Verdict
        /// What verification found in it.
        public var findings: [LogFinding]
    }

    /// The damaged segments, in order.
    public var segments: [Segment] = []

    /// Parity files that are damaged, but that nothing needs: they are written anew.
    public var parity: [LogFinding] = []

    /// Findings about anything else, which no repair mends.
    public var others: [LogFinding] = []

    /// The records that no parity brings back; those that rebuilding brings back are not among them.
    public var lost: [RecordRange] = []

    /// Records that are whole by their checksums, but that the tree cannot prove: behind lost ones, or not those that were
    /// signed.
    public var doubtful: [RecordRange] = []

    /// Whether there is nothing to repair.
    public var isClean: Bool { segments.isEmpty && parity.isEmpty && others.isEmpty }

    /// What can be rebuilt.
    public var rebuildable: [Segment] { segments.filter { $0.verdict == .rebuildable } }
}

extension RepairPlan {
    /// Works out which records are lost and which are doubtful.
    ///
    /// - Parameters:
    ///   - firstSequences: Of all segments that are there, in order.
    ///   - last: The last record that was found, behind damage or not.
    mutating func judgeRecords(firstSequences: [UInt64], last: UInt64) {
        let findings = segments.filter { $0.verdict != .rebuildable }.flatMap(\.findings) + others
        var ranges: [RecordRange] = []
        for finding in findings where [.rotten, .missing, .brokenChain].contains(finding.kind) {
            guard let first = finding.firstSequence else { continue }
            let next = firstSequences.first { $0 > first.value }
            ranges.append(
                RecordRange(first: first, last: finding.lastSequence ?? next.map { SequenceNumber($0 - 1) })
            )
        }
        lost = RecordRange.merged(ranges)
        judgeRecordsBehindLost(last: last)
        for finding in findings where finding.kind == .tampered {
            guard let first = finding.firstSequence else { continue }
            doubtful.append(RecordRange(first: first, last: finding.lastSequence))
        }
        doubtful = RecordRange.merged(doubtful)
    }

    private mutating func judgeRecordsBehindLost(last: UInt64) {
        guard let start = lost.first?.first, last > start.value else { return }
        var next = start.value
        for range in lost {
            if next < range.first.value {
                doubtful.append(RecordRange(first: SequenceNumber(next), last: SequenceNumber(range.first.value - 1)))
            }
            guard let end = range.last else { return }
            next = end.value + 1
        }
        if next <= last { doubtful.append(RecordRange(first: SequenceNumber(next), last: SequenceNumber(last))) }
    }
}

/// Some records, one after another.
public struct RecordRange: Hashable, Sendable, CustomStringConvertible {
    /// The first of them.
    public var first: SequenceNumber
    /// The last of them; `nil` when nobody knows how many there were.
    public var last: SequenceNumber?

    /// `7`, `7–9`, or `7–?`.
    public var description: String {
        last == first ? "\(first)" : "\(first)–\(last.map(\.description) ?? "?")"
    }

    /// The same records in the fewest ranges, in order.
    static func merged(_ ranges: [RecordRange]) -> [RecordRange] {
        var merged: [RecordRange] = []
        for range in ranges.sorted(by: { $0.first < $1.first }) {
            guard let previous = merged.last else {
                merged.append(range)
                continue
            }
            guard let end = previous.last else { break }
            if range.first.value > end.value + 1 {
                merged.append(range)
            } else {
                merged[merged.count - 1].last = range.last.map { max($0, end) }
            }
        }
        return merged
    }
}
