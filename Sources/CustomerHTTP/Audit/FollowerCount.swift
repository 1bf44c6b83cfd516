import Synchronization

/// How many streams are open, and how many may be.
final class FollowerCount: Sendable {
    private let limit: Int
    private let count = Mutex(0)

    init(limit: Int) {
        self.limit = limit
    }

    /// A place for one more stream; `nil` when there is none.
    func enter() -> Place? {
        let isFree = count.withLock { count in
            guard count < limit else { return false }
            count += 1
            return true
        }
        return isFree ? Place(self) : nil
    }

    /// The place of one stream, which is free again when nobody holds it any more.
    final class Place: Sendable {
        private let followers: FollowerCount

        fileprivate init(_ followers: FollowerCount) { self.followers = followers }

        deinit { followers.count.withLock { $0 -= 1 } }
    }
}
