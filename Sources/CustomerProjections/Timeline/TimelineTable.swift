/// For each event of the log, how far back the event before it of the same customer is: two to three bytes an event.
///
/// Distances are varints, in blocks of 4,096 events, with the place of every 64th.
struct TimelineTable: Sendable {
    private struct Block: Sendable {
        var bytes: ContiguousArray<UInt8> = []
        /// Where every 64th distance begins.
        var starts: ContiguousArray<UInt16> = []
    }

    private static let blockBits = 12
    private static let blockCount = 1 << blockBits
    private static let strideBits = 6

    private var blocks: ContiguousArray<Block> = []
    /// How many events there are distances of; those of the organization behind the last of a customer are not among them.
    private(set) var count = 0

    /// Notes the event `sequence`, which follows `previous` (zero for none); nothing when it is not behind all that were noted.
    mutating func append(_ sequence: UInt64, after previous: UInt64) {
        guard sequence > count else { return }
        while count + 1 < Int(sequence) { append(0) }
        // More than 4 billion events lie between two of one customer only in logs whose tables no memory holds.
        append(previous == 0 ? 0 : UInt32(clamping: sequence - previous))
    }

    /// Notes the distance of the next event; zero where there is none before.
    mutating func append(_ distance: UInt32) {
        if count & (Self.blockCount - 1) == 0 {
            if let last = blocks.indices.last {
                // Room that is not needed would be lost in each block.
                blocks[last].bytes = blocks[last].bytes.withUnsafeBufferPointer { ContiguousArray($0) }
            }
            blocks.append(Block())
            blocks[blocks.count - 1].starts.reserveCapacity(Self.blockCount >> Self.strideBits)
        }
        let last = blocks.count - 1
        if count & (1 << Self.strideBits - 1) == 0 { blocks[last].starts.append(UInt16(blocks[last].bytes.count)) }
        blocks[last].bytes.appendVarint(Int(distance))
        count += 1
    }

    /// The event before this one of the same customer; zero for none.
    func previous(of sequence: UInt64) -> UInt64 {
        let index = Int(sequence) - 1
        let block = blocks[index >> Self.blockBits]
        let distance = block.bytes.withUnsafeBufferPointer { bytes in
            var position = Int(block.starts[(index & (Self.blockCount - 1)) >> Self.strideBits])
            for _ in 0..<index & (1 << Self.strideBits - 1) { _ = readVarint(bytes, &position) }
            return readVarint(bytes, &position)
        }
        return distance == 0 ? 0 : sequence - UInt64(distance)
    }

    /// All distances, in the order of the events.
    var distances: Distances { Distances(table: self) }

    struct Distances: IteratorProtocol, Sequence {
        fileprivate let table: TimelineTable
        private var index = 0
        private var position = 0

        fileprivate init(table: TimelineTable) { self.table = table }

        mutating func next() -> UInt32? {
            guard index < table.count else { return nil }
            if index & (TimelineTable.blockCount - 1) == 0 { position = 0 }
            index += 1
            return table.blocks[(index - 1) >> TimelineTable.blockBits].bytes
                .withUnsafeBufferPointer { UInt32(truncatingIfNeeded: readVarint($0, &position)) }
        }
    }
}
