public import EventSourcing

/// What snapshots and self-checks have told so far.
public struct OrganizationHealth: Hashable, Sendable {
    /// The newest snapshot that was used or written since the organization was opened.
    public internal(set) var lastSnapshot: SequenceNumber?
    /// Through which event the last self-check without an alarm went.
    public internal(set) var lastSelfCheck: SequenceNumber?
    /// Why the last snapshot or self-check did not come to an end, and will be tried again.
    public internal(set) var lastFailure: String?
    /// States that should be equal and are not: a fault of the program or of the machine.
    ///
    /// The log is the truth; a restart makes the state from it.
    public internal(set) var alarms: [String] = []

    /// How many alarms are kept.
    static let alarmLimit = 20

    mutating func raise(_ alarm: String) {
        if alarms.count < Self.alarmLimit, !alarms.contains(alarm) { alarms.append(alarm) }
    }
}
