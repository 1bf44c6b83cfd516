public import EventSourcing

/// How a state came to be when its organization was opened.
public struct OpeningReport: Hashable, Sendable {
    /// A snapshot that was there and was not used.
    public struct IgnoredSnapshot: Hashable, Sendable {
        /// The last event in it, as its name says.
        public var sequence: SequenceNumber
        /// Why it was not used.
        public var misfit: SnapshotMisfit
    }

    /// The last event that came out of a snapshot; `none` when all were replayed.
    public internal(set) var snapshot = SequenceNumber.none
    /// Newer snapshots that did not fit.
    public internal(set) var ignored: [IgnoredSnapshot] = []
    /// How many events were replayed.
    public internal(set) var replayedEventCount = 0

    /// What was ignored, in a line for each.
    public var lines: [String] {
        ignored.map { "ignored the snapshot at event \($0.sequence): \($0.misfit)" }
    }
}
