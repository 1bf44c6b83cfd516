/// Rows in the order of a code: in chunks of at most 256 rows, in order from chunk to chunk and in none inside one.
///
/// Moving a row costs a search among the chunks and a look at two of them. Rows with the largest code, which stands for a
/// missing value, are a bitmap beside the chunks. Whoever reads a chunk sorts it, or only counts it.
struct RowIndex: Sendable {
    /// Some rows, none of which comes before the bound.
    struct Chunk: Sendable {
        /// The bound: a code, and a row among those with that code.
        ///
        /// But for the first chunk, some row inside has this code.
        var code: UInt64 = 0
        /// Zero when all rows with that code are inside or behind.
        var row: UInt32 = 0
        fileprivate var slot: UInt32 = 0
        fileprivate(set) var count: UInt32 = 0

        /// Whether rows with the code of the bound may be in the chunk before, too.
        var isLinked: Bool { row > 0 }
    }

    static let capacity = 256

    /// Never empty; the first begins before everything.
    private(set) var chunks: ContiguousArray<Chunk> = [Chunk()]
    /// Rows that have no value.
    private(set) var missing = Bitmap()
    private var slots = ContiguousArray<UInt32>(repeating: 0, count: capacity)
    private var freeSlots: ContiguousArray<UInt32> = []

    /// An index of nothing.
    init() {}

    /// How many bytes the index takes.
    var byteCount: Int { chunks.count * MemoryLayout<Chunk>.stride + slots.count * 4 + missing.words.count * 8 }

    /// The chunk where a row with this code is, or would be.
    func place(of code: UInt64, _ row: UInt32) -> Int {
        chunks.withUnsafeBufferPointer { chunks in
            var (low, high) = (0, chunks.count)
            while high - low > 1 {
                let middle = (low + high) / 2
                let bound = chunks[middle]
                if bound.code < code || bound.code == code && bound.row <= row { low = middle } else { high = middle }
            }
            return low
        }
    }

    /// Gives the rows of a chunk to `body`.
    @inline(__always)
    func withRows<Result>(at place: Int, _ body: (UnsafeBufferPointer<UInt32>) -> Result) -> Result {
        let (start, count) = (Int(chunks[place].slot) * Self.capacity, Int(chunks[place].count))
        return slots.withUnsafeBufferPointer { body(UnsafeBufferPointer(rebasing: $0[start..<start + count])) }
    }

    /// Puts a row in; `values` are those of all rows.
    mutating func insert<Value: SortValue>(_ row: UInt32, code: UInt64, _ values: ContiguousArray<Value>) {
        if code == .max {
            missing[Int(row)] = true
            return
        }
        var place = place(of: code, row)
        if chunks[place].count == Self.capacity {
            split(place, for: code, row, values)
            place = self.place(of: code, row)
        }
        append(row, at: place)
    }

    /// Takes a row out that is in with this code; its value in `values` may be another already.
    mutating func remove<Value: SortValue>(_ row: UInt32, code: UInt64, _ values: ContiguousArray<Value>) {
        if code == .max {
            missing[Int(row)] = false
            return
        }
        let place = place(of: code, row)
        let (start, count) = (Int(chunks[place].slot) * Self.capacity, Int(chunks[place].count))
        slots.withUnsafeMutableBufferPointer { slots in
            var index = start
            while slots[index] != row { index += 1 }
            slots[index] = slots[start + count - 1]
        }
        chunks[place].count -= 1
        guard place > 0 else { return }
        if count == 1 {
            removeChunk(place)
        } else if Int(chunks[place].count + chunks[place - 1].count) <= Self.capacity / 2 {
            withRows(at: place) { Array($0) }.forEach { append($0, at: place - 1) }
            removeChunk(place)
        } else if chunks[place].code == code {
            raiseBound(place, from: code, values)
        }
    }

    /// Adds a chunk behind all others.
    mutating func append(_ rows: some Sequence<UInt32>, code: UInt64, row: UInt32) {
        if chunks.count > 1 || chunks[0].count > 0 {
            let slot = takeSlot()
            chunks.append(Chunk(code: code, row: row, slot: slot))
        }
        for row in rows { append(row, at: chunks.count - 1) }
    }

    /// Makes room for so many rows more.
    mutating func reserve(rowCount: Int) { slots.reserveCapacity(slots.count + rowCount) }

    /// Gives back most of the room that was made and is not needed.
    mutating func trim() {
        guard slots.capacity - slots.count > slots.count / 8 else { return }
        slots = slots.withUnsafeBufferPointer { ContiguousArray($0) }
    }

    /// Says of a row that it has no value.
    mutating func appendMissing(_ row: Int) { missing[row] = true }

    private mutating func append(_ row: UInt32, at place: Int) {
        slots[Int(chunks[place].slot) * Self.capacity + Int(chunks[place].count)] = row
        chunks[place].count += 1
    }

    /// Makes room for a row in a full chunk.
    private mutating func split<Value: SortValue>(
        _ place: Int,
        for code: UInt64,
        _ row: UInt32,
        _ values: ContiguousArray<Value>
    ) {
        var rows = withRows(at: place) { $0.map { (code: values[Int($0)].sortCode, row: $0) } }
        rows.sort { $0.code != $1.code ? $0.code < $1.code : $0.row < $1.row }
        // Rows that come in order fill chunks to the end.
        let last = rows[rows.count - 1]
        let isBehind = last.code < code || last.code == code && last.row < row
        let middle = isBehind ? rows.count : rows.count / 2
        let bound = isBehind ? (code: code, row: row) : rows[middle]
        let isLinked = rows[middle - 1].code == bound.code
        let chunk = Chunk(code: bound.code, row: isLinked ? bound.row : 0, slot: takeSlot())
        chunks.insert(chunk, at: place + 1)
        chunks[place].count = 0
        for row in rows[..<middle] { append(row.row, at: place) }
        for row in rows[middle...] { append(row.row, at: place + 1) }
    }

    /// Lets no chunk be bounded by a code that no row has any more: it may be the beginning of a forgotten name.
    private mutating func raiseBound<Value: SortValue>(
        _ place: Int,
        from code: UInt64,
        _ values: ContiguousArray<Value>
    ) {
        let least = withRows(at: place) { rows in
            var least = UInt64.max
            for row in rows {
                least = min(least, values[Int(row)].sortCode)
                if least == code { break }
            }
            return least
        }
        guard least != code else { return }
        chunks[place].code = least
        chunks[place].row = 0
    }

    private mutating func takeSlot() -> UInt32 {
        if let slot = freeSlots.popLast() { return slot }
        slots.append(contentsOf: repeatElement(0, count: Self.capacity))
        return UInt32(slots.count / Self.capacity - 1)
    }

    private mutating func removeChunk(_ place: Int) {
        freeSlots.append(chunks[place].slot)
        chunks.remove(at: place)
    }
}
