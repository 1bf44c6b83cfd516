public import EventSourcing

/// One thing about a log's files that is not as it should be.
public struct LogFinding: Hashable, Sendable {
    /// What was found.
    public enum Kind: String, Hashable, Sendable, CaseIterable {
        /// The rest of one write that was interrupted before it was acknowledged.
        case tornTail
        /// A write that a running writer has not finished; nothing is wrong.
        case inFlight
        /// Bytes that are not what was written.
        case rotten
        /// A block or segment that does not follow the one before it.
        case brokenChain
        /// A segment, or a part of one, that is not there.
        case missing
        /// A file that belongs to another log, or is no segment.
        case foreign
        /// A segment that only a newer version can read.
        case newerFormat
        /// Bytes in the unused room that no interrupted write explains.
        case stray
        /// A footer that does not say what its segment holds; the records themselves are intact.
        case footer
        /// Records whose time goes back.
        case time
        /// A parity file that is not what was written, or not of its segment; the records themselves are intact.
        case parity
        /// Records that agree with their checksums, but not with what was signed.
        case tampered
        /// A checkpoint that the log did not sign.
        case checkpoint
    }

    /// The segment's file name; of a checkpoint, with its directory.
    public var segment: String
    /// Where in the file, in bytes.
    public var offset: Int
    /// How many bytes are concerned, where that is known.
    public var byteCount: Int?
    /// The first record at stake; `nil` when none is.
    public var firstSequence: SequenceNumber?
    /// The last record at stake; `nil` when none is, or when it is not known.
    public var lastSequence: SequenceNumber?
    /// What was found.
    public var kind: Kind
    /// What it means, and what to do.
    public var meaning: String

    /// A finding.
    public init(
        segment: String,
        offset: Int,
        byteCount: Int? = nil,
        firstSequence: SequenceNumber? = nil,
        lastSequence: SequenceNumber? = nil,
        kind: Kind,
        meaning: String
    ) {
        self.segment = segment
        self.offset = offset
        self.byteCount = byteCount
        self.firstSequence = firstSequence
        self.lastSequence = lastSequence
        self.kind = kind
        self.meaning = meaning
    }

    /// The file, from the organization's directory on.
    var path: String { segment.contains("/") ? segment : Paths.join("log", segment) }

    /// Whether acknowledged bytes are concerned: anything but a torn tail and a write in flight.
    public var isDamage: Bool { kind != .tornTail && kind != .inFlight }
}

extension LogFinding: CustomStringConvertible {
    /// Place, records, kind and meaning on one line.
    public var description: String {
        var text = "\(segment) at \(offset)"
        if let byteCount { text += ", \(byteCount) bytes" }
        if let firstSequence { text += ", records \(firstSequence)–\(lastSequence.map(\.description) ?? "?")" }
        return "\(text): \(kind.rawValue): \(meaning)"
    }
}
