import Synchronization

/// How often each thing happened in a campaign, so that a campaign in which nothing happens does not pass.
struct CrashCoverage: CustomStringConvertible {
    enum Event: String, CaseIterable {
        case crashed, crashedWhileOpening, failedReadWhileOpening, tornTail, lostUnacknowledged, keptUnacknowledged
        case rolled, marked, closed, refusedFull, refusedOverloaded, recoveredFromFull
        case rottedUnread
        case sealed, packed, unpacked, compacted, crashedWhilePacking
        case failedSync, failedWrite, failedRead, rotted, groupCommit
    }

    private(set) var counts: [Event: Int] = [:]

    mutating func note(_ event: Event) { counts[event, default: 0] += 1 }

    mutating func add(_ other: CrashCoverage) { counts.merge(other.counts, uniquingKeysWith: +) }

    var missing: [Event] { Event.allCases.filter { counts[$0] == nil } }

    var description: String {
        Event.allCases.map { "\($0.rawValue) \(counts[$0] ?? 0)" }.joined(separator: ", ")
    }
}

/// The coverage of seeds that run on several threads.
final class SharedCoverage: Sendable {
    private let coverage = Mutex(CrashCoverage())

    func add(_ other: CrashCoverage) { coverage.withLock { $0.add(other) } }

    var total: CrashCoverage { coverage.withLock { $0 } }
}
