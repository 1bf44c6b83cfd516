import Synchronization

/// The links that were read last, decoded, so that reading a record near them costs a look-up.
///
/// CLOCK: what was used since the hand passed stays for another round. Nothing is read or decoded under its lock, so two
/// readers may decode the same link at once; one of the two stays.
final class BlockCache: Sendable {
    /// A link of a segment, as its file was: what is in a file that was replaced is never given for the new one.
    struct Key: Hashable, Sendable {
        let segment: UInt64
        let generation: Int
        let offset: Int
    }

    fileprivate struct Slot {
        let key: Key
        var link: DecodedLink
        var wasUsed: Bool
    }

    fileprivate struct Contents {
        var slots: [Slot] = []
        var places: [Key: Int] = [:]
        var hand = 0
        var byteCount = 0
    }

    private let byteLimit: Int
    private let contents = Mutex(Contents())

    init(byteLimit: Int) {
        self.byteLimit = byteLimit
    }

    /// What is held, in bytes.
    var byteCount: Int { contents.withLock(\.byteCount) }

    func link(_ key: Key) -> DecodedLink? {
        contents.withLock { contents in
            guard let place = contents.places[key] else { return nil }
            contents.slots[place].wasUsed = true
            return contents.slots[place].link
        }
    }

    /// Keeps a link, in place of what was kept under the key; one that would take more than a quarter of all is not kept.
    func insert(_ link: DecodedLink, for key: Key) {
        guard link.byteCount <= byteLimit / 4 else { return }
        contents.withLock { contents in
            if let place = contents.places[key] { contents.remove(place) }
            contents.makeRoom(for: link.byteCount, limit: byteLimit)
            contents.places[key] = contents.slots.count
            contents.slots.append(Slot(key: key, link: link, wasUsed: false))
            contents.byteCount += link.byteCount
        }
    }
}

extension BlockCache.Contents {
    fileprivate mutating func makeRoom(for byteCount: Int, limit: Int) {
        while self.byteCount + byteCount > limit, !slots.isEmpty {
            if hand >= slots.count { hand = 0 }
            if slots[hand].wasUsed {
                slots[hand].wasUsed = false
                hand += 1
            } else {
                remove(hand)
            }
        }
    }

    /// Takes one out; the last one takes its place.
    fileprivate mutating func remove(_ place: Int) {
        byteCount -= slots[place].link.byteCount
        places[slots[place].key] = nil
        let last = slots.removeLast()
        guard place < slots.count else { return }
        slots[place] = last
        places[last.key] = place
    }
}
