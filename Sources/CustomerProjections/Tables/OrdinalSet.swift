/// A set of ordinals that stays small when sparse and quick when dense.
///
/// 65,536 ordinals a chunk: a sorted array up to 4,096 members, a bitmap beyond. The shape of Roaring bitmaps
/// (Chambi, Lemire, Kaser, Godin: "Better bitmap performance with Roaring bitmaps").
struct OrdinalSet: Sendable {
    private enum Chunk: Sendable {
        case sparse(ContiguousArray<UInt16>)
        case dense(ContiguousArray<UInt64>)
    }

    private static let sparseLimit = 4_096
    private var chunks: ContiguousArray<Chunk> = []
    private(set) var count = 0

    func contains(_ ordinal: UInt32) -> Bool {
        let index = Int(ordinal >> 16)
        guard index < chunks.count else { return false }
        let low = UInt16(truncatingIfNeeded: ordinal)
        switch chunks[index] {
        case .sparse(let members):
            let position = members.lowerBound(of: low)
            return position < members.count && members[position] == low
        case .dense(let words): return words[Int(low >> 6)] >> UInt64(low & 63) & 1 == 1
        }
    }

    /// Adds an ordinal; says whether it was not in.
    @discardableResult
    mutating func insert(_ ordinal: UInt32) -> Bool {
        let index = Int(ordinal >> 16)
        while chunks.count <= index { chunks.append(.sparse([])) }
        let low = UInt16(truncatingIfNeeded: ordinal)
        switch chunks[index] {
        case .sparse(var members):
            let position = members.lowerBound(of: low)
            if position < members.count, members[position] == low { return false }
            chunks[index] = .sparse([])
            if members.count < Self.sparseLimit {
                members.insert(low, at: position)
                chunks[index] = .sparse(members)
            } else {
                var words = ContiguousArray<UInt64>(repeating: 0, count: 1_024)
                for member in members { words[Int(member >> 6)] |= 1 << UInt64(member & 63) }
                words[Int(low >> 6)] |= 1 << UInt64(low & 63)
                chunks[index] = .dense(words)
            }
        case .dense(var words):
            if words[Int(low >> 6)] >> UInt64(low & 63) & 1 == 1 { return false }
            chunks[index] = .sparse([])
            words[Int(low >> 6)] |= 1 << UInt64(low & 63)
            chunks[index] = .dense(words)
        }
        count += 1
        return true
    }

    /// Takes an ordinal out; says whether it was in.
    @discardableResult
    mutating func remove(_ ordinal: UInt32) -> Bool {
        guard contains(ordinal) else { return false }
        let index = Int(ordinal >> 16)
        let low = UInt16(truncatingIfNeeded: ordinal)
        switch chunks[index] {
        case .sparse(var members):
            chunks[index] = .sparse([])
            members.remove(at: members.lowerBound(of: low))
            chunks[index] = .sparse(members)
        case .dense(var words):
            chunks[index] = .sparse([])
            words[Int(low >> 6)] &= ~(1 << UInt64(low & 63))
            chunks[index] = .dense(words)
        }
        count -= 1
        return true
    }

    /// Calls `body` for each member, by rising number.
    func forEach(_ body: (UInt32) -> Void) {
        for (index, chunk) in chunks.enumerated() {
            let base = UInt32(index) << 16
            switch chunk {
            case .sparse(let members):
                for member in members { body(base | UInt32(member)) }
            case .dense(let words):
                for (wordIndex, word) in words.enumerated() {
                    var rest = word
                    while rest != 0 {
                        body(base | UInt32(wordIndex << 6 | rest.trailingZeroBitCount))
                        rest &= rest - 1
                    }
                }
            }
        }
    }

    /// Adds all members to a bitmap that has room for them.
    func formUnion(into bitmap: inout Bitmap) {
        for (index, chunk) in chunks.enumerated() {
            let base = index << 10
            switch chunk {
            case .sparse(let members):
                for member in members { bitmap.words[base + Int(member >> 6)] |= 1 << UInt64(member & 63) }
            case .dense(let words):
                for (wordIndex, word) in words.enumerated() where word != 0 { bitmap.words[base + wordIndex] |= word }
            }
        }
    }
}

extension RandomAccessCollection where Element: Comparable, Index == Int {
    /// The index of the first element that is not less than `value`, in a sorted collection that begins with index 0.
    func lowerBound(of value: Element) -> Int {
        var low = 0
        var high = count
        while low < high {
            let middle = (low + high) / 2
            if self[middle] < value {
                low = middle + 1
            } else {
                high = middle
            }
        }
        return low
    }
}
