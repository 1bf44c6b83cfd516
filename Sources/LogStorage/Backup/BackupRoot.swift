import EventSourcing

/// The Merkle root of the records in some segments, from the nodes in their footers and the records behind the last of those.
struct BackupRoot {
    private var tree = MerkleTree()

    /// The root so far.
    var root: MerkleHash { tree.root }

    /// Takes the nodes of the next segment; `false` when its footer does not give them, so that all records from here on
    /// must be read.
    mutating func takeNodes(of segment: BackupManifest.Segment, in file: StorageFile) throws(LogStorageError) -> Bool {
        let footer = try withFileErrors { () throws(FileError) in
            try SegmentFooter(endOf: file.file, byteCount: segment.byteCount)
        }
        guard let footer, footer.firstSequence == segment.firstSequence.value,
            footer.nodes.count == MerkleTree.chunkCount(from: footer.firstSequence, to: footer.nextSequence)
        else { return false }
        for node in footer.nodes { tree.append(chunk: node) }
        return true
    }

    /// Whether records of the segment are not in the tree yet.
    func lacks(_ segment: BackupManifest.Segment) -> Bool { segment.lastSequence.value > UInt64(tree.size) }

    /// Takes the records of the next segment that are not in the tree yet.
    mutating func takeRecords(of segment: BackupManifest.Segment, in file: StorageFile) throws(LogStorageError) {
        var blocks = try SegmentBlocks(segment, file)
        while let header = try blocks.next() {
            guard header.nextSequence > UInt64(tree.size) + 1 else { continue }
            try blocks.visitRecords(of: header) { (sequence, body) in
                if sequence > UInt64(tree.size) { tree.append(RecordLeaf.hash(body)) }
            }
        }
    }
}
