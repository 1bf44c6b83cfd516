import CustomerDomain
import EventSourcing
import Synchronization

/// The days on which keys were used, as far as this process saw.
final class KeyUses: Sendable {
    private let days = Mutex<[APIKeyID: Timestamp]>([:])

    func note(_ key: APIKeyID, at time: Timestamp) {
        let day = time.startOfDay
        days.withLock { days in
            if days[key] != day { days[key] = day }
        }
    }

    func day(of key: APIKeyID) -> Timestamp? { days.withLock { $0[key] } }

    /// All that were seen.
    var all: [APIKeyID: Timestamp] { days.withLock { $0 } }

    func forget(_ key: APIKeyID) { days.withLock { $0[key] = nil } }
}
