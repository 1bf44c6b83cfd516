public import EventSourcing

extension SegmentedLog {
    /// What names the log for ever; `nil` when it has no segment that says so.
    package var logID: LogID? { core.withState { $0.segments.first?.header.logID } }

    /// The snapshots beside this log; `nil` when the log has no segment that names it.
    public var snapshots: SnapshotStore? {
        guard let logID, let parent = Paths.parent(core.directory) else { return nil }
        return SnapshotStore(
            directory: Paths.join(parent, SnapshotStore.directoryName),
            logID: logID,
            fileSystem: core.fileSystem,
            now: core.options.now
        )
    }

    /// The leaf of a durable record in the Merkle tree, the same before and after redaction; `nil` beyond the head.
    ///
    /// Costs one look-up and one bounded decode.
    public func leafHash(of sequence: SequenceNumber) throws -> MerkleHash? {
        var hash: MerkleHash?
        try read(from: sequence, through: sequence) { found, body in
            if found == sequence { hash = RecordLeaf.hash(body) }
            return false
        }
        return hash
    }
}
