public import CustomerDomain

/// What customers are compared by to find duplicates: hashes, so that a million of them take 24 MB and no texts.
public struct DuplicateKeys: Sendable {
    /// By reason: the hash and the ordinal of each customer that has what the reason compares.
    var entries: [DuplicateReason: ContiguousArray<Entry>] = [:]

    struct Entry: Sendable {
        var hash: Int
        var row: UInt32
    }

    /// No keys.
    public init() {}

    /// Those who are likely one person, and why: each group once, with all reasons that hold for all of it.
    ///
    /// Groups of different people stay apart, even where they share some. Sorted by falling score, then by ordinals.
    ///
    /// - Parameters:
    ///   - reason: Only groups with this reason; `nil` for any.
    ///   - minimumScore: Only groups with this score at least.
    /// - Returns: The groups.
    public func groups(reason: DuplicateReason? = nil, minimumScore: Int = 0) -> [DuplicateGroup] {
        var reasons: [[CustomerOrdinal]: Set<DuplicateReason>] = [:]
        for (reason, entries) in entries {
            let sorted = entries.sorted { ($0.hash, $0.row) < ($1.hash, $1.row) }
            var start = 0
            while start < sorted.count {
                var end = start + 1
                while end < sorted.count, sorted[end].hash == sorted[start].hash { end += 1 }
                if end - start > 1 {
                    reasons[sorted[start..<end].map { CustomerOrdinal($0.row) }, default: []].insert(reason)
                }
                start = end
            }
        }
        return reasons.map { DuplicateGroup(customers: $0, reasons: $1) }
            .filter { group in group.score >= minimumScore && reason.map { group.reasons.contains($0) } ?? true }
            .sorted { $0.precedes($1) }
    }

    /// Who is likely the same person as this customer, and why: the likeliest first, then by ordinal.
    public func duplicates(of customer: CustomerOrdinal) -> [DuplicateGroup] {
        var reasons: [UInt32: Set<DuplicateReason>] = [:]
        for (reason, entries) in entries {
            guard let own = entries.first(where: { $0.row == customer.value }) else { continue }
            for entry in entries where entry.hash == own.hash && entry.row != own.row {
                reasons[entry.row, default: []].insert(reason)
            }
        }
        return reasons.map { DuplicateGroup(customers: [CustomerOrdinal($0)], reasons: $1) }
            .sorted { $0.precedes($1) }
    }
}

/// Customers who are likely one person.
public struct DuplicateGroup: Hashable, Sendable {
    /// By ordinal.
    public var customers: [CustomerOrdinal]
    /// What all of them have in common.
    public var reasons: Set<DuplicateReason>

    /// How likely it is, of 100.
    public var score: Int { DuplicateReason.score(reasons) }

    /// The reasons as a number, which with score and first customer tells groups apart: a customer is in one group of a reason.
    var mask: Int64 { reasons.reduce(0) { $0 | Int64($1.rawValue) } }

    func precedes(_ other: DuplicateGroup) -> Bool { order < other.order }

    private var order: (Int, UInt32, Int64) { (-score, customers.first?.value ?? 0, mask) }
}
