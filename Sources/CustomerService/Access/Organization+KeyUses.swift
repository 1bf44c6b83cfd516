import CustomerDomain
public import CustomerProjections
public import EventSourcing

// When a key was last used is known to the day. This process notes each use; the log is told once a day for each key.
extension Organization {
    /// Records the days on which keys were used that the log does not know of yet, and returns when that is durable.
    ///
    /// Costs next to nothing when there are none.
    ///
    /// - Returns: How many keys it was recorded for.
    /// - Throws: ``CommandError``; what was not recorded is so at the next try.
    @discardableResult
    public func recordKeyUses() async throws(CommandError) -> Int {
        let uses = keyUses.all
        guard !uses.isEmpty else { return 0 }
        let due = peek { state, _ in
            uses.filter { id, day in (state.lastUse(of: id).map { $0 < day }) ?? true }
        }
        let scope = Scope.local(tool: "schedule", organization: name)
        var (count, last) = (0, SequenceNumber.none)
        for (id, day) in due.sorted(by: { $0.key < $1.key }) {
            let result = try submit(.recordKeyUse(id, at: day), scope: scope)
            if result.events.isEmpty { keyUses.forget(id) }
            count += result.events.count
            last = result.sequence
        }
        if count > 0 { try await waitUntilDurable(last) }
        return count
    }

    /// The day on which a key was last used, as far as the log or this process knows.
    public func lastUse(of key: StandingKey) -> Timestamp? {
        guard let seen = keyUses.day(of: key.key.id) else { return key.lastUsedOn }
        return max(seen, key.lastUsedOn ?? seen)
    }
}
