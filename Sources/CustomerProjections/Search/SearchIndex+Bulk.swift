extension SearchIndex {
    /// The index of all these texts at once: for a state that was loaded, and for the end of a replay that went without.
    ///
    /// Costs one indexing of each row, however often it changed before.
    init(texts: ContiguousArray<Arena.Handle>, arena: Arena) {
        self.init()
        let fullCount = texts.count >> TrigramBlock.rowBits
        for block in 0..<fullCount {
            let first = block << TrigramBlock.rowBits
            blocks.append(TrigramBlock(texts: texts, rows: first..<first + TrigramBlock.rowCount, arena: arena))
            changedCounts.append(0)
        }
        let first = fullCount << TrigramBlock.rowBits
        guard first < texts.count else { return }
        // As for rows that were added one by one: those of a block that is not full are looked at one by one.
        blocks.append(nil)
        changedCounts.append(texts.count - first)
        for row in first..<texts.count { changed[row] = true }
    }
}
