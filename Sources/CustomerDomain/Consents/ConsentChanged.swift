public import EventSourcing

/// A customer said yes or no to a kind of consent; one line of its ledger.
public struct ConsentChanged: Hashable, Sendable {
    /// What was asked.
    public var kind: ConsentKind
    /// What was said.
    public var state: ConsentState
    /// How sure that is.
    public var optInLevel: OptInLevel
    /// Where it was collected: `checkout`, `footer-form`.
    public var source: String?
    /// Which version of the wording was shown.
    public var wording: String?
    /// What proves it, such as an IP address or the id of a form; personal.
    public var evidence: String?
    /// Why, when told; personal.
    public var reason: String?

    /// A line of these parts.
    public init(
        kind: ConsentKind,
        state: ConsentState,
        optInLevel: OptInLevel = .unknown,
        source: String? = nil,
        wording: String? = nil,
        evidence: String? = nil,
        reason: String? = nil
    ) {
        self.kind = kind
        self.state = state
        self.optInLevel = optInLevel
        self.source = source
        self.wording = wording
        self.evidence = evidence
        self.reason = reason
    }
}

/// What holds of one kind of consent now, and which line of the ledger says so.
public struct Consent: Hashable, Sendable {
    /// What was said.
    public var state: ConsentState
    /// How sure that is.
    public var optInLevel: OptInLevel
    /// When it was said.
    public var at: Timestamp
    /// The event that says it.
    public var sequence: SequenceNumber

    /// A consent of these parts.
    public init(state: ConsentState, optInLevel: OptInLevel, at: Timestamp, sequence: SequenceNumber) {
        self.state = state
        self.optInLevel = optInLevel
        self.at = at
        self.sequence = sequence
    }
}
