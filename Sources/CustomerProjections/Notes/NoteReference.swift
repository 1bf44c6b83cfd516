public import CustomerDomain
public import EventSourcing

/// A note without its text, which is read from the log by ``textSequence``.
public struct NoteReference: Hashable, Sendable {
    /// The identifier that clients use.
    public var id: NoteID
    /// What it is about.
    public var type: NoteType
    /// Who wrote it.
    public var author: String
    /// Business time.
    public var at: Timestamp
    /// Where its `noteAdded` event is.
    public var sequence: SequenceNumber
    /// The event that says what it says now.
    public var textSequence: SequenceNumber
    /// Who may see it.
    public var visibility: NoteVisibility
    /// Whether it comes before others.
    public var isPinned: Bool
    /// When it was last changed; `nil` when it never was.
    public var updatedAt: Timestamp?
}

/// Which notes of a customer are asked for, by whom: pinned ones first, then the latest.
public struct NoteQuery: Hashable, Sendable {
    /// Who asks; private notes of others are left out.
    public var reader: Actor
    /// What they are about.
    public var type: NoteType?
    /// The part of the result.
    public var page = PageRequest.offset(limit: 20)

    /// All notes that somebody may see.
    public init(reader: Actor) {
        self.reader = reader
    }
}
