import EventSourcing

/// Compares a log's checkpoints with its records.
struct CheckpointVerification {
    private let store: CheckpointStore
    /// The public key; `nil` when signatures cannot be checked.
    private let publicKey: [UInt8]?
    /// The sizes there are checkpoints for.
    let sizes: [Int]

    /// Lists the checkpoints, before the records are read: beside a writer, none of them is newer than the records.
    init(_ store: CheckpointStore, publicKey: [UInt8]?) throws(LogStorageError) {
        self.store = store
        self.publicKey = publicKey
        do {
            sizes = try store.sizes()
        } catch {
            throw LogStorageError(error)
        }
    }

    /// What comparing came to.
    struct Comparison {
        /// A finding for each checkpoint that does not agree.
        var findings: [LogFinding] = []
        /// The newest that agrees.
        var newest: Checkpoint?
    }

    /// Compares all checkpoints.
    ///
    /// - Parameters:
    ///   - organization: The organization's name.
    ///   - logID: The log's name.
    ///   - trees: The walk over all records, which was asked for the roots at ``sizes``.
    /// - Returns: What is wrong, and what agrees.
    /// - Throws: When a file cannot be read.
    func compare(
        _ organization: String,
        _ logID: LogID,
        _ trees: TreeWalk
    ) throws(LogStorageError) -> Comparison {
        let origin = CheckpointSigner.origin(organization: organization, logID: logID)
        var result = Comparison()
        for size in sizes {
            let read: Checkpoint?
            do {
                read = try store.read(size: size)
            } catch {
                // A running writer may have thinned it away meanwhile.
                if error.isNotFound { continue }
                throw LogStorageError(error)
            }
            guard let checkpoint = read, isSigned(checkpoint) else {
                result.findings.append(.strange(size))
                continue
            }
            guard checkpoint.origin == origin else {
                let isReplaced = publicKey != nil && checkpoint.isOfOrganization(organization)
                result.findings.append(isReplaced ? .replaced(checkpoint) : .strange(size))
                continue
            }
            if let root = trees.roots[size] {
                if root == checkpoint.head.root {
                    result.newest = checkpoint
                } else {
                    result.findings.append(.tampered(checkpoint, from: result.newest?.head.size ?? 0))
                }
            } else if !trees.isBroken {
                result.findings.append(.missing(through: checkpoint, from: trees.tree.size))
            }
        }
        return result
    }

    private func isSigned(_ checkpoint: Checkpoint) -> Bool {
        guard let publicKey else { return true }
        return checkpoint.isSigned(by: CheckpointKey(name: checkpoint.origin, publicKey: publicKey))
    }
}

extension LogFinding {
    /// Records differ from what was signed; those of the first `size` do not.
    static func tampered(_ checkpoint: Checkpoint, from size: Int) -> LogFinding {
        signed(.tampered, checkpoint, from: size, Kind.tampered.meaning)
    }

    /// Records that were signed are not there.
    static func missing(through checkpoint: Checkpoint, from size: Int) -> LogFinding {
        signed(
            .missing,
            checkpoint,
            from: size,
            "These records were signed, but the log ends before them. Restore the log from a backup."
        )
    }

    /// The organization signed another log than this one.
    static func replaced(_ checkpoint: Checkpoint) -> LogFinding {
        signed(
            .tampered,
            checkpoint,
            from: 0,
            "The organization's log was another one when this was signed: history was replaced. Restore the log from a backup."
        )
    }

    static func strange(_ size: Int) -> LogFinding {
        LogFinding(
            segment: "checkpoints/" + CheckpointStore.name(size: size),
            offset: 0,
            kind: .checkpoint,
            meaning: Kind.checkpoint.meaning
        )
    }

    private static func signed(
        _ kind: Kind,
        _ checkpoint: Checkpoint,
        from size: Int,
        _ meaning: String
    ) -> LogFinding {
        LogFinding(
            segment: "checkpoints/" + CheckpointStore.name(size: checkpoint.head.size),
            offset: 0,
            firstSequence: SequenceNumber(UInt64(size + 1)),
            lastSequence: SequenceNumber(UInt64(checkpoint.head.size)),
            kind: kind,
            meaning: meaning
        )
    }
}
