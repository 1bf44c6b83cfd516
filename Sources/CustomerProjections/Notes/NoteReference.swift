public import CustomerDomain
public import EventSourcing

/// A note without its text, which is read from the log by ``sequence``.
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
}
