public import EventSourcing

extension SegmentedLog {
    /// The tree sizes for which the log has written a checkpoint, in order.
    ///
    /// - Returns: The sizes; none where the log has no checkpoints.
    /// - Throws: When the directory cannot be read.
    public func writtenCheckpointSizes() throws(LogStorageError) -> [Int] {
        do {
            return try store.sizes()
        } catch {
            throw LogStorageError(error)
        }
    }

    /// A checkpoint that the log has written.
    ///
    /// - Parameter size: One of ``writtenCheckpointSizes()``.
    /// - Returns: The checkpoint, whose signature was not checked.
    /// - Throws: `damaged` when the file is no checkpoint.
    public func writtenCheckpoint(size: Int) throws(LogStorageError) -> Checkpoint {
        let checkpoint: Checkpoint?
        do {
            checkpoint = try store.read(size: size)
        } catch {
            guard error.isNotFound else { throw LogStorageError(error) }
            throw LogStorageError(.notFound, "No checkpoint of size \(size) was written", path: store.directory)
        }
        if let checkpoint { return checkpoint }
        throw LogStorageError(.damaged, "The checkpoint of size \(size) is none", path: store.directory)
    }

    /// The newest checkpoint in an organization's directory; `nil` when there is none, or none that can be read.
    ///
    /// Beside a writer, ask before the log is opened: then the log has its records, unless they were taken away.
    ///
    /// - Parameter directory: The organization's directory.
    /// - Returns: The checkpoint, whose signature was not checked.
    /// - Throws: When a file cannot be read.
    public static func newestCheckpoint(directory: String) throws(LogStorageError) -> Checkpoint? {
        let store = CheckpointStore(fileSystem: POSIXFileSystem(), organizationDirectory: directory)
        do {
            for size in try store.sizes().reversed() {
                if let checkpoint = try store.read(size: size) { return checkpoint }
            }
            return nil
        } catch {
            throw LogStorageError(error)
        }
    }

    /// Whether a checkpoint is of this log, and says of its records what they are; reads at most 1,024 of them.
    ///
    /// - Throws: What reading throws.
    public func agrees(with checkpoint: Checkpoint) throws -> Bool {
        guard checkpoint.origin == checkpointOrigin, checkpoint.head.size <= treeHead.size else { return false }
        return try treeHead(at: checkpoint.head.size) == checkpoint.head
    }

    /// The log's name in checkpoints, which is also the name of its key; `nil` when it was closed.
    public var checkpointOrigin: String? {
        core.withState { state in
            state.segments.first.map {
                CheckpointSigner.origin(organization: $0.header.organization, logID: $0.header.logID)
            }
        }
    }

    /// Signs the head of the tree as it is now, or as it was at some size.
    ///
    /// Any two that the log ever signs are consistent: what is signed is what its writer wrote, or found at opening to agree
    /// with the newest checkpoint.
    ///
    /// - Throws: `notFound` for a log that has no key, `invalidArgument` when there are not so many durable records.
    public func makeCheckpoint(size: Int? = nil) throws -> Checkpoint {
        guard let keeper = core.checkpoints else {
            throw LogStorageError(.notFound, "The log signs no checkpoints", path: core.directory)
        }
        let head = try size.map { try treeHead(at: $0) } ?? treeHead
        return try keeper.signer.sign(head, origin: keeper.origin)
    }

    /// The key with which ``makeCheckpoint(size:)`` signs; `nil` for a log that has none.
    public var checkpointKey: CheckpointKey? {
        core.checkpoints.map { $0.signer.key(for: $0.origin) }
    }

    /// Shows that a record is in the log of a checkpoint.
    ///
    /// - Throws: `damaged` when the records are not those of the checkpoint; as ``inclusionProof(of:in:)``.
    public func inclusionDocument(of sequence: SequenceNumber, in checkpoint: Checkpoint) throws -> ProofDocument {
        let proof = try inclusionProof(of: sequence, in: checkpoint.head.size)
        try require(proof.head, is: checkpoint)
        var body: [UInt8] = []
        try read(from: sequence, through: sequence) { _, bytes in
            body = unsafe bytes.withUnsafeBytes { unsafe Array($0) }
            return true
        }
        return .inclusion(body: body, sequence: sequence, path: proof.path, checkpoint: checkpoint)
    }

    /// Shows that the log of a checkpoint begins with that of an earlier one.
    ///
    /// - Throws: `damaged` when the records are not those of the checkpoints; as ``consistencyProof(from:to:)``.
    public func consistencyDocument(from old: Checkpoint, to new: Checkpoint) throws -> ProofDocument {
        let proof = try consistencyProof(from: old.head.size, to: new.head.size)
        try require(proof.old, is: old)
        try require(proof.new, is: new)
        return .consistency(path: proof.path, old: old, new: new)
    }

    /// Shows that records are in the log of a checkpoint.
    ///
    /// Reads at most 1,024 records for each of them; sealed with the log's key where there are words and it has one.
    ///
    /// - Parameters:
    ///   - sequences: The records, in order.
    ///   - claim: What they are all of.
    ///   - checkpoint: The log that they are in.
    ///   - words: What each says in words; `nil` to leave that out.
    ///   - isWithheld: Of which nothing but the leaf hash is shown; husks never are.
    /// - Returns: The document.
    /// - Throws: `damaged` when the records are not those of the checkpoint; what reading throws.
    public func recordsDocument(
        of sequences: [SequenceNumber],
        claim: RecordsProof.Claim,
        in checkpoint: Checkpoint,
        words: ((SequenceNumber) throws -> String?)? = nil,
        isWithheld: (SequenceNumber) -> Bool
    ) throws -> ProofDocument {
        let path = try subsetPath(of: sequences, in: checkpoint.head.size)
        var entries: [RecordsProof.Entry] = []
        for sequence in sequences {
            try read(from: sequence, through: sequence) { _, body in
                let isShown = !isWithheld(sequence) && RecordLeaf.huskHash(body) == nil
                entries.append(
                    RecordsProof.Entry(
                        sequence: sequence,
                        content: isShown
                            ? .body(unsafe body.withUnsafeBytes { unsafe Array($0) })
                            : .withheld(RecordLeaf.hash(body)),
                        words: isShown ? try words?(sequence) : nil
                    )
                )
                return true
            }
        }
        var proof = RecordsProof(claim: claim, entries: entries, path: path, checkpoint: checkpoint)
        try require(try treeHead(at: checkpoint.head.size), is: checkpoint)
        if words != nil, let keeper = core.checkpoints {
            proof = proof.sealed(with: try keeper.signer.sign(proof.sealText, name: keeper.origin))
        }
        return .records(proof)
    }

    private func require(_ head: TreeHead, is checkpoint: Checkpoint) throws {
        guard head != checkpoint.head else { return }
        throw LogStorageError(
            .damaged,
            "The records are not those of the checkpoint of size \(checkpoint.head.size); run 'patronctl verify'",
            path: core.directory
        )
    }

    private var store: CheckpointStore {
        CheckpointStore(
            fileSystem: core.fileSystem,
            organizationDirectory: Paths.parent(core.directory) ?? core.directory
        )
    }
}
