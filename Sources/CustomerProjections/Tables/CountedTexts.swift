/// Texts that repeat, each known by a small code for as long as somebody has it.
///
/// A text that nobody has any longer is overwritten at once, and its code is used again: what only one person had may tell
/// who that is. Zero is the code of no text.
struct CountedTexts<Code: FixedWidthInteger & UnsignedInteger & Sendable>: Sendable {
    /// The code of what has none here, since there are too many or it is more than one text: it is to be read where it lies.
    static var elsewhere: Code { .max }

    private(set) var arena = Arena()
    /// By code; ``Arena/none`` for codes that are free.
    private var handles: ContiguousArray<Arena.Handle> = [Arena.none]
    private var counts: ContiguousArray<UInt32> = [0]
    private var free: [Code] = []
    private var index = HashIndex()
    /// How many have the code ``elsewhere``.
    private var elsewhereCount = 0

    /// How many texts somebody has.
    var count: Int { index.count }

    /// Replaces the text of a code by another, or by none.
    mutating func change(_ code: inout Code, to text: UnsafeBufferPointer<UInt8>?) {
        if let text, code != 0, code != Self.elsewhere, isText(text, at: Int(code)) { return }
        release(code)
        code = text.map { retain($0) } ?? 0
        if code == Self.elsewhere { elsewhereCount += 1 }
    }

    /// Replaces the text of a code by what is to be read where it lies.
    mutating func changeToElsewhere(_ code: inout Code) {
        release(code)
        code = Self.elsewhere
        elsewhereCount += 1
    }

    /// What `holds` says of the texts, by code; `false` for codes that nobody has.
    func map(_ holds: (UnsafeBufferPointer<UInt8>) -> Bool) -> ContiguousArray<Bool> {
        ContiguousArray(handles.map { $0 != Arena.none && arena.withBytes($0, holds) })
    }

    /// Keeps the rows of a column of codes whose text `holds` is true of; asked once for each text, not for each row.
    ///
    /// - Parameters:
    ///   - column: The codes, by row.
    ///   - matches: The rows.
    ///   - none: Whether rows without a text are kept.
    ///   - holds: Whether rows with this text are kept.
    ///   - elsewhere: Whether a row is kept whose text has no code; 32 bits have one for each text.
    func keep(
        _ column: ContiguousArray<Code>,
        in matches: inout Bitmap,
        none: Bool,
        where holds: (UnsafeBufferPointer<UInt8>) -> Bool,
        elsewhere: (Int) -> Bool = { _ in false }
    ) {
        var isIn = map(holds)
        isIn[0] = none
        let last = isIn.count
        isIn.append(true)
        isIn.withUnsafeBufferPointer { isIn in
            column.withUnsafeBufferPointer { column in
                matches.filter(rowCount: column.count) { isIn[min(Int(truncatingIfNeeded: column[$0]), last)] }
                if elsewhereCount > 0 { matches.filterEach { column[$0] != Self.elsewhere || elsewhere($0) } }
            }
        }
    }

    private func isText(_ text: UnsafeBufferPointer<UInt8>, at row: Int) -> Bool {
        arena.withBytes(handles[row]) { CustomerProjections.isText($0, text) }
    }

    private mutating func retain(_ text: UnsafeBufferPointer<UInt8>) -> Code {
        let hash = Hashing.hash(text)
        if let row = index.find(hash, { isText(text, at: Int($0)) }) {
            counts[Int(row)] += 1
            return Code(row)
        }
        guard let code = free.popLast() ?? append() else { return Self.elsewhere }
        handles[Int(code)] = arena.insert(text)
        counts[Int(code)] = 1
        index.insert(hash, UInt32(code))
        return code
    }

    /// A new code; `nil` when there is none left.
    private mutating func append() -> Code? {
        guard let code = Code(exactly: handles.count), code != Self.elsewhere else { return nil }
        handles.append(Arena.none)
        counts.append(0)
        return code
    }

    private mutating func release(_ code: Code) {
        if code == Self.elsewhere { elsewhereCount -= 1 }
        guard code != 0, code != Self.elsewhere else { return }
        let row = Int(code)
        counts[row] -= 1
        guard counts[row] == 0 else { return }
        index.remove(arena.withBytes(handles[row]) { Hashing.hash($0) }, UInt32(code))
        arena.remove(&handles[row])
        free.append(code)
    }
}
