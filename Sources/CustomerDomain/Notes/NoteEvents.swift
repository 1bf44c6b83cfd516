/// Somebody of the team wrote something down.
public struct NoteAdded: Hashable, Sendable {
    /// The note's identifier.
    public var id: NoteID
    /// What it is about.
    public var type: NoteType
    /// What was written; personal.
    public var text: String
    /// Who may see it.
    public var visibility: NoteVisibility
    /// Whether it comes before others.
    public var isPinned: Bool
    /// The API key that it was written for; `nil` when its actor is the author.
    public var author: String?

    /// A note of these parts.
    public init(
        id: NoteID,
        type: NoteType,
        text: String,
        visibility: NoteVisibility = .team,
        isPinned: Bool = false,
        author: String? = nil
    ) {
        self.id = id
        self.type = type
        self.text = text
        self.visibility = visibility
        self.isPinned = isPinned
        self.author = author
    }
}

/// A note was changed, or shall be; what stays is `nil`.
public struct NoteChanged: Hashable, Sendable {
    /// The note.
    public var id: NoteID
    /// What it is about now.
    public var type: NoteType?
    /// What it says now; personal.
    public var text: String?
    /// Who may see it now.
    public var visibility: NoteVisibility?
    /// Whether it comes before others now.
    public var isPinned: Bool?

    /// A change of these parts.
    public init(
        id: NoteID,
        type: NoteType? = nil,
        text: String? = nil,
        visibility: NoteVisibility? = nil,
        isPinned: Bool? = nil
    ) {
        self.id = id
        self.type = type
        self.text = text
        self.visibility = visibility
        self.isPinned = isPinned
    }
}

/// A note is not shown any longer.
public struct NoteRemoved: Hashable, Sendable {
    /// The note.
    public var id: NoteID

    /// The end of this note.
    public init(id: NoteID) {
        self.id = id
    }
}

/// What deciding knows of a note.
public struct NoteStanding: Hashable, Sendable {
    /// Who wrote it.
    public var author: String
    /// What it is about.
    public var type: NoteType
    /// Who may see it.
    public var visibility: NoteVisibility
    /// Whether it comes before others.
    public var isPinned: Bool
    /// Whether it was removed.
    public var isRemoved: Bool

    /// A standing of these parts.
    public init(author: String, type: NoteType, visibility: NoteVisibility, isPinned: Bool, isRemoved: Bool) {
        self.author = author
        self.type = type
        self.visibility = visibility
        self.isPinned = isPinned
        self.isRemoved = isRemoved
    }

    /// Whether somebody who may see notes may see this one.
    public func isVisible(to actor: Actor) -> Bool {
        visibility == .team || actor.isAdmin || author == actor.id
    }
}

extension Event {
    /// The note that the event is about.
    public var changedNote: NoteID? {
        switch self {
        case .noteAdded(let note): note.id
        case .noteChanged(let change): change.id
        case .noteRemoved(let removed): removed.id
        default: nil
        }
    }
}
