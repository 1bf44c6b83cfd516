import Synchronization

/// A search index that is made on another thread, of texts that do not change meanwhile.
struct SearchInTheMaking {
    private let blocks: SharedBlocks
    private let waitForOther: () -> Void

    /// Begins.
    init(texts: ContiguousArray<Arena.Handle>, arena: Arena, _ beside: OrganizationState.Beside) {
        let blocks = SharedBlocks(texts: texts, arena: arena)
        self.blocks = blocks
        waitForOther = beside { blocks.makeAll() }
    }

    /// Helps with what is still to do, and gives the index.
    func finished() -> SearchIndex {
        blocks.makeAll()
        waitForOther()
        return SearchIndex(rowCount: blocks.texts.count, blocks.made)
    }

    /// The full blocks; each thread makes the next that nobody makes yet.
    private final class SharedBlocks: Sendable {
        let texts: ContiguousArray<Arena.Handle>
        private let arena: Arena
        private let count: Int
        private let next = Atomic(0)
        private let done: Mutex<[TrigramBlock?]>

        init(texts: ContiguousArray<Arena.Handle>, arena: Arena) {
            self.texts = texts
            self.arena = arena
            count = texts.count >> TrigramBlock.rowBits
            done = Mutex([TrigramBlock?](repeating: nil, count: count))
        }

        func makeAll() {
            var builder = TrigramBlock.Builder()
            while true {
                let block = next.wrappingAdd(1, ordering: .relaxed).oldValue
                guard block < count else { return }
                let first = block << TrigramBlock.rowBits
                let made = builder.build(texts: texts, rows: first..<first + TrigramBlock.rowCount, arena: arena)
                done.withLock { $0[block] = made }
            }
        }

        /// All blocks, once every thread is through.
        var made: [TrigramBlock?] { done.withLock { $0 } }
    }
}
