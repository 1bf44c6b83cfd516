public import EventSourcing

/// What a snapshot says of itself, by which its reader knows whether it fits.
public struct SnapshotStamp: Hashable, Sendable {
    /// How long digests, fingerprints and hashes are.
    public static let digestByteCount = 32

    /// The last record that is in it.
    public var sequence: SequenceNumber
    /// When that record was recorded.
    public var recordedAt: Timestamp
    /// That record's leaf: the log of which this is a snapshot has a record with this leaf there.
    public var leafHash: MerkleHash
    /// Names the form of the content.
    public var fingerprint: [UInt8]
    /// Hash of the state that the content makes.
    public var stateHash: [UInt8]

    /// A stamp of these parts; the last two have ``digestByteCount`` bytes each.
    public init(
        sequence: SequenceNumber,
        recordedAt: Timestamp,
        leafHash: MerkleHash,
        fingerprint: [UInt8],
        stateHash: [UInt8]
    ) {
        self.sequence = sequence
        self.recordedAt = recordedAt
        self.leafHash = leafHash
        self.fingerprint = fingerprint
        self.stateHash = stateHash
    }
}
