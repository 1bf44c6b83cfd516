/// One bit for each row, 64 rows a word.
struct Bitmap: Sendable {
    var words: ContiguousArray<UInt64> = []

    /// No rows.
    init() {}

    /// Room for this many rows, none of them in.
    init(rowCount: Int) {
        words = ContiguousArray(repeating: 0, count: (rowCount + 63) / 64)
    }

    /// How many rows are in.
    var count: Int { words.reduce(0) { $0 + $1.nonzeroBitCount } }

    /// Whether this is a copy of `other` that nothing was done to; says no of some that are, never yes of another.
    func isSame(as other: Bitmap) -> Bool {
        words.withUnsafeBufferPointer { mine in
            other.words.withUnsafeBufferPointer { mine.baseAddress == $0.baseAddress && mine.count == $0.count }
        }
    }

    /// Whether a row is in; rows beyond the end are not.
    ///
    /// Setting makes room.
    subscript(row: Int) -> Bool {
        get { row >> 6 < words.count && words[row >> 6] >> UInt64(row & 63) & 1 == 1 }
        set {
            while words.count <= row >> 6 { words.append(0) }
            let bit = UInt64(1) << UInt64(row & 63)
            if newValue {
                words[row >> 6] |= bit
            } else {
                words[row >> 6] &= ~bit
            }
        }
    }

    /// Puts all rows in that there are.
    mutating func insertAll(rowCount: Int) {
        words = ContiguousArray(repeating: .max, count: (rowCount + 63) / 64)
        if rowCount & 63 != 0 { words[words.count - 1] = 1 << UInt64(rowCount & 63) - 1 }
    }

    /// Keeps the rows that are in `other`, too.
    mutating func formIntersection(_ other: Bitmap) {
        for index in words.indices { words[index] &= index < other.words.count ? other.words[index] : 0 }
    }

    /// Adds the rows that are in `other`, of the same room.
    mutating func formUnion(_ other: Bitmap) {
        for index in words.indices { words[index] |= other.words[index] }
    }

    /// Takes out the rows that are in `other`.
    mutating func subtract(_ other: Bitmap) {
        for index in words.indices where index < other.words.count { words[index] &= ~other.words[index] }
    }

    /// Calls `body` for each row that is in, by rising number.
    @inline(__always)
    func forEach(_ body: (Int) -> Void) {
        for index in words.indices {
            var word = words[index]
            while word != 0 {
                body(index << 6 | word.trailingZeroBitCount)
                word &= word - 1
            }
        }
    }

    /// Up to so many rows of a word are asked one by one.
    private static let sparseCount = 12

    /// Keeps the rows for which `predicate` holds; asked for all 64 rows of a word that has many, without branches.
    @inline(__always)
    mutating func filter(rowCount: Int, _ predicate: (Int) -> Bool) {
        words.withUnsafeMutableBufferPointer { words in
            for index in words.indices where words[index] != 0 {
                let first = index << 6
                var mask: UInt64 = 0
                if words[index].nonzeroBitCount <= Self.sparseCount {
                    var rest = words[index]
                    while rest != 0 {
                        let bit = rest.trailingZeroBitCount
                        mask |= (predicate(first + bit) ? 1 : 0) << UInt64(bit)
                        rest &= rest - 1
                    }
                } else {
                    for bit in 0..<min(64, rowCount - first) {
                        mask |= (predicate(first + bit) ? 1 : 0) << UInt64(bit)
                    }
                }
                words[index] &= mask
            }
        }
    }

    /// Keeps the rows for which `predicate` holds; asked only for rows that are in.
    @inline(__always)
    mutating func filterEach(_ predicate: (Int) -> Bool) {
        words.withUnsafeMutableBufferPointer { words in
            for index in words.indices {
                var rest = words[index]
                var mask: UInt64 = 0
                while rest != 0 {
                    let bit = rest.trailingZeroBitCount
                    if predicate(index << 6 | bit) { mask |= 1 << UInt64(bit) }
                    rest &= rest - 1
                }
                words[index] = mask
            }
        }
    }
}
