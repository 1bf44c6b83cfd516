public import EventSourcing

/// What ``LogVerifier`` found.
public struct VerificationReport: Hashable, Sendable {
    /// Everything that is not as it should be, in the order of the log.
    public var findings: [LogFinding] = []

    /// The size and shape of the intact part.
    public var statistics = LogStatistics()

    /// The size and the root of the Merkle tree over the intact part.
    public var treeHead = TreeHead(size: 0, root: .emptyRoot)

    /// The last record that was found whole, behind damage or not.
    public var lastSequence = SequenceNumber.none

    /// How many checkpoints there are.
    public var checkpointCount = 0

    /// The newest checkpoint that agrees with the records.
    public var newestCheckpoint: Checkpoint?

    /// Whether the checkpoints' signatures were checked, for which the public key is needed.
    public var checksSignatures = false

    /// The first record of the intact part that did not pass the caller's check.
    public var rejectedRecord: RejectedRecord?

    /// Whether nothing is wrong with the log; a write in flight is not wrong.
    public var isClean: Bool { findings.allSatisfy { $0.kind == .inFlight } }
}

/// How far a verification is.
public struct VerificationProgress: Hashable, Sendable {
    /// Bytes read.
    public var byteCount: Int
    /// Bytes there are to read.
    public var totalByteCount: Int
}
