public import EventSourcing

/// What a customer said to each kind of consent, and what those said who were merged into it.
public struct ConsentHistory: Hashable, Sendable {
    /// A line, or a merge, in its place.
    public enum Item: Hashable, Sendable {
        /// The customer said something.
        case said(Line)
        /// From here on the customer answers for another one, who had said this.
        case merged(CustomerOrdinal, ConsentHistory)
    }

    /// A line of the ledger in its place.
    public struct Line: Hashable, Sendable {
        /// The event that brought it.
        public var sequence: SequenceNumber
        /// When it was said; a time in the future counts as that of recording.
        public var at: Timestamp
        /// What was said.
        public var change: ConsentChanged
    }

    /// In the order of the log.
    public internal(set) var items: [Item] = []

    /// All lines, of those who were merged, too, in the order of the log.
    public var lines: [Line] {
        items.flatMap { item in
            switch item {
            case .said(let line): [line]
            case .merged(_, let other): other.lines
            }
        }
        .sorted { $0.sequence < $1.sequence }
    }

    /// What holds now: what was said last, in business time; at a merge what forbids more.
    public func current(_ kind: ConsentKind) -> Consent? { outcome(kind).current }

    private func outcome(_ kind: ConsentKind) -> (current: Consent?, newest: Timestamp?) {
        var current: Consent?
        var newest: Timestamp?
        for item in items {
            switch item {
            case .said(let line) where line.change.kind == kind:
                // What is older than anything known comes too late to change anything.
                if let newest, line.at < newest { continue }
                newest = line.at
                current = Consent(
                    state: line.change.state,
                    optInLevel: line.change.optInLevel,
                    at: line.at,
                    sequence: line.sequence
                )
            case .said: continue
            case .merged(_, let history):
                let other = history.outcome(kind)
                current = Self.stricter(current, other.current)
                newest = [newest, other.newest].compactMap { $0 }.max()
            }
        }
        return (current, newest)
    }

    /// Of what two people said, what forbids more; of two that forbid the same, the later.
    private static func stricter(_ one: Consent?, _ other: Consent?) -> Consent? {
        let restrictions = (ConsentState.restriction(of: one?.state), ConsentState.restriction(of: other?.state))
        if restrictions.0 != restrictions.1 { return restrictions.0 > restrictions.1 ? one : other }
        guard let one, let other else { return nil }
        return (one.at, one.sequence) < (other.at, other.sequence) ? other : one
    }
}

extension ConsentHistory {
    /// The same without what proves or explains it.
    var withoutPersonalData: ConsentHistory {
        var history = self
        history.items = items.map { item in
            switch item {
            case .said(var line):
                (line.change.evidence, line.change.reason) = (nil, nil)
                return .said(line)
            case .merged(let customer, let other): return .merged(customer, other.withoutPersonalData)
            }
        }
        return history
    }
}
