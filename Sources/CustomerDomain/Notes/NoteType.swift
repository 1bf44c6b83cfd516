/// What a note is about.
public enum NoteType: UInt8, Hashable, Sendable, Named {
    /// Anything.
    case general = 1
    /// A talk with support.
    case supportInteraction = 2
    /// Something to mind about the account.
    case accountAlert = 3
    /// A payment that went wrong.
    case paymentIssue = 4
    /// A suspicion of fraud.
    case fraudConcern = 5

    /// The type's name on the wire.
    public var name: String {
        switch self {
        case .general: "general"
        case .supportInteraction: "support_interaction"
        case .accountAlert: "account_alert"
        case .paymentIssue: "payment_issue"
        case .fraudConcern: "fraud_concern"
        }
    }
}

/// Who may see a note, besides admins.
public enum NoteVisibility: UInt8, Hashable, Sendable, Named {
    /// Everybody who may see notes.
    case team = 1
    /// Its author alone.
    case `private` = 2

    /// The name on the wire.
    public var name: String {
        switch self {
        case .team: "team"
        case .private: "private"
        }
    }
}
