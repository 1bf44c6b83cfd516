import Synchronization

/// What has files already, and no first event yet; so that nobody takes the files for left over.
final class Arrivals<ID: Hashable & Sendable>: Sendable {
    private let coming = Mutex<Set<ID>>([])

    func expect(_ id: ID) { coming.withLock { _ = $0.insert(id) } }

    func arrived(_ id: ID) { coming.withLock { _ = $0.remove(id) } }

    func isComing(_ id: ID) -> Bool { coming.withLock { $0.contains(id) } }
}
