/// Finds customers by words: blocks of rows with an index each, and rows that changed since, which are looked at one by one.
///
/// A block is indexed when it is full, and again when many of its rows have changed, so a change costs the same however
/// many customers there are.
struct SearchIndex: Sendable {
    /// How many rows of a block may have changed before it is indexed again.
    private static let changedLimit = 256

    private var blocks: ContiguousArray<TrigramBlock?> = []
    /// Rows whose texts are not those in their block.
    private var changed = Bitmap()
    private var changedCounts: ContiguousArray<Int> = []

    /// An index of nothing.
    init() {}

    /// The index of these texts; those of the last block, when it is not full, are looked at one by one.
    init(texts: ContiguousArray<Arena.Handle>, arena: Arena) {
        var builder = TrigramBlock.Builder()
        for first in stride(from: 0, to: texts.count, by: TrigramBlock.rowCount) {
            let rows = first..<min(texts.count, first + TrigramBlock.rowCount)
            let isFull = rows.count == TrigramBlock.rowCount
            blocks.append(isFull ? builder.build(texts: texts, rows: rows, arena: arena) : nil)
            changedCounts.append(isFull ? 0 : rows.count)
            if !isFull { for row in rows { changed[row] = true } }
        }
    }

    /// The index of so many texts, of which these are the full blocks.
    init(rowCount: Int, _ full: [TrigramBlock?]) {
        blocks = ContiguousArray(full)
        changedCounts = ContiguousArray(repeating: 0, count: full.count)
        let first = full.count << TrigramBlock.rowBits
        guard first < rowCount else { return }
        blocks.append(nil)
        changedCounts.append(rowCount - first)
        for row in first..<rowCount { changed[row] = true }
    }

    /// How many bytes the blocks take.
    var byteCount: Int { blocks.reduce(0) { $0 + ($1?.byteCount ?? 0) } }

    /// Notes that the text of a row is another from now on.
    mutating func textChanged(of row: Int, texts: ContiguousArray<Arena.Handle>, arena: Arena) {
        let block = row >> TrigramBlock.rowBits
        while blocks.count <= block {
            blocks.append(nil)
            changedCounts.append(0)
        }
        if !changed[row] {
            changed[row] = true
            changedCounts[block] += 1
        }
        let end = (block + 1) << TrigramBlock.rowBits
        guard texts.count >= end, blocks[block] == nil || changedCounts[block] > Self.changedLimit else { return }
        rebuild(block, texts: texts, arena: arena)
    }

    /// Leaves no trace of what the text of a row was before.
    mutating func textErased(of row: Int, texts: ContiguousArray<Arena.Handle>, arena: Arena) {
        let block = row >> TrigramBlock.rowBits
        if block < blocks.count, blocks[block] != nil { rebuild(block, texts: texts, arena: arena) }
    }

    private mutating func rebuild(_ block: Int, texts: ContiguousArray<Arena.Handle>, arena: Arena) {
        let first = block << TrigramBlock.rowBits
        let end = first + TrigramBlock.rowCount
        var builder = TrigramBlock.Builder()
        blocks[block] = builder.build(texts: texts, rows: first..<end, arena: arena)
        changedCounts[block] = 0
        for index in first >> 6..<end >> 6 where index < changed.words.count { changed.words[index] = 0 }
    }

    /// Keeps the rows in which all words occur.
    func filter(_ matches: inout Bitmap, words: [SearchWord], texts: ContiguousArray<Arena.Handle>, arena: Arena) {
        for word in words {
            let isMatch: (Int) -> Bool = { row in arena.withBytes(texts[row]) { word.matches($0) } }
            var looked = matches
            for index in looked.words.indices {
                looked.words[index] &= index < changed.words.count ? changed.words[index] : 0
            }
            looked.filterEach(isMatch)
            for block in blocks.indices {
                let range =
                    block * TrigramBlock.wordCount..<min(matches.words.count, (block + 1) * TrigramBlock.wordCount)
                keep(word, in: block, range, &matches, isMatch)
            }
            for index in matches.words.indices { matches.words[index] |= looked.words[index] }
        }
    }

    /// Keeps, of one block, the rows that are indexed and have the word.
    private func keep(
        _ word: SearchWord,
        in block: Int,
        _ range: Range<Int>,
        _ matches: inout Bitmap,
        _ isMatch: (Int) -> Bool
    ) {
        guard range.contains(where: { matches.words[$0] != 0 }) else { return }
        guard let index = blocks[block] else {
            for place in range { matches.words[place] = 0 }
            return
        }
        var hits = ContiguousArray<UInt64>(repeating: 0, count: TrigramBlock.wordCount)
        var isSure = index.find(word.bytes, into: &hits)
        if let digits = word.phoneDigits {
            var others = ContiguousArray<UInt64>(repeating: 0, count: TrigramBlock.wordCount)
            _ = index.find(digits, into: &others)
            for place in hits.indices { hits[place] |= others[place] }
            isSure = false
        }
        var sure = isSure ? hits : ContiguousArray(repeating: 0, count: TrigramBlock.wordCount)
        if !isSure { index.findDomains(word.bytes, into: &sure) }
        for place in range {
            var word = matches.words[place] & hits[place - range.lowerBound]
            if place < changed.words.count { word &= ~changed.words[place] }
            var kept = word & sure[place - range.lowerBound]
            word &= ~kept
            while word != 0 {
                let bit = word.trailingZeroBitCount
                if isMatch(place << 6 | bit) { kept |= 1 << UInt64(bit) }
                word &= word - 1
            }
            matches.words[place] = kept
        }
    }
}
