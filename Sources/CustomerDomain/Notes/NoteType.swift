/// What a note is about.
public enum NoteType: UInt8, Hashable, Sendable, CaseIterable {
    case general = 1
    case supportInteraction = 2
    case accountAlert = 3
    case paymentIssue = 4
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
