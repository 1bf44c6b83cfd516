public import EventSourcing

/// What one backup of an organization's log holds.
public struct BackupManifest: Hashable, Sendable {
    /// A segment, or the part of one that was durable.
    public struct Segment: Hashable, Sendable {
        /// The file's name in the log.
        public var name: String
        /// How many bytes were copied.
        public var byteCount: Int
        /// The SHA-256 of these bytes, which names the file in the backup.
        public var sha256: String
        /// The first record.
        public var firstSequence: SequenceNumber
        /// The last record; before the first one in a segment without records.
        public var lastSequence: SequenceNumber
        /// The digest that the footer of a sealed segment gives; `nil` when the copy has no footer.
        public var digest: String?
    }

    /// A signed tree head.
    public struct Checkpoint: Hashable, Sendable {
        /// The file's name in `checkpoints/`.
        public var name: String
        /// The file's size.
        public var byteCount: Int
        /// The SHA-256 of the file, which names it in the backup.
        public var sha256: String
    }

    /// 1, 2, 3 … in one target.
    public var number: Int
    /// The organization.
    public var organization: String
    /// The log's name for ever, in hexadecimal digits.
    public var logID: String
    /// The last record in the backup.
    public var head: SequenceNumber
    /// When the backup was made.
    public var time: Timestamp
    /// The SHA-256 of the manifest before; `nil` in the first.
    public var previous: String?
    /// The hash of the state at ``head``, if the caller gave one.
    public var stateHash: String?
    /// The Merkle root at ``head``; `nil` in backups of earlier versions.
    public var root: String?
    /// In the order of the log.
    public var segments: [Segment]
    /// In the order of their names.
    public var checkpoints: [Checkpoint]

    /// The size of all files that the backup holds or shares.
    public var byteCount: Int {
        segments.reduce(0) { $0 + $1.byteCount } + checkpoints.reduce(0) { $0 + $1.byteCount }
    }

    /// The names in the target of all files it needs.
    var fileNames: [String] { segments.map(\.sha256) + checkpoints.map(\.sha256) }
}

/// What a caller can add to a manifest, for verification to compare.
public struct BackupFacts: Hashable, Sendable {
    /// The hash of the state; one word.
    public var stateHash: String?

    /// Facts about a log up to some record.
    public init(stateHash: String? = nil) {
        self.stateHash = stateHash
    }
}

extension BackupManifest.Segment {
    /// Its records, for messages.
    var description: String { "records \(firstSequence) to \(lastSequence)" }
}

extension LogID {
    var hexadecimal: String {
        Hexadecimal.text(
            [high, low].flatMap { number in (0..<8).map { UInt8(truncatingIfNeeded: number >> ($0 * 8)) } }
        )
    }
}
