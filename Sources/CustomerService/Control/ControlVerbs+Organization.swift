import CustomerProjections
import EventSourcing
import LogStorage

extension ControlVerbs {
    /// The verbs that every server offers: `info`, `sync` and `shutdown`.
    ///
    /// - Parameters:
    ///   - organization: The organization at work.
    ///   - shutdown: Starts the server's orderly end, and returns at once.
    /// - Returns: The verbs, to which others can be added.
    public static func basic(
        _ organization: Organization,
        shutdown: @escaping @Sendable () -> Void
    ) -> ControlVerbs {
        var verbs = ControlVerbs()
        verbs.register("info") { _, _ in organization.controlInfo() }
        verbs.register("sync") { _, progress in try organization.controlSync(progress) }
        verbs.register("shutdown") { _, _ in
            shutdown()
            return ControlResult("the server stops: it finishes what was taken, and syncs")
        }
        return verbs
    }
}

extension Organization {
    /// The live figures, under the names that `patronctl info --json` has.
    fileprivate func controlInfo() -> ControlResult {
        let (head, hash) = peek { state, _ in (state.head, state.stateHash()) }
        let digits = hash.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
        var values: [String: ControlValue] = [
            "head": .number(Int(head.value)), "durable": .number(Int(self.head.durable.value)),
            "stateHash": .text(digits),
        ]
        if let statistics = storage?.statistics {
            values["events"] = .number(statistics.events)
            values["segments"] = .number(statistics.segments)
            values["storedBytes"] = .number(statistics.storedBytes)
            values["rawBytes"] = .number(statistics.rawBytes)
            values["firstAt"] = statistics.firstAt.map { .text($0.rfc3339) }
            values["lastAt"] = statistics.lastAt.map { .text($0.rfc3339) }
        }
        if let refusal = status.refusal { values["refusal"] = .text("\(refusal)") }
        return ControlResult("\(head) events, state hash \(digits)", values: values)
    }

    /// Waits until everything taken so far is durable.
    fileprivate func controlSync(_ progress: (ControlProgress) throws -> Void) throws -> ControlResult {
        let wanted = head.appended
        while head.durable < wanted {
            if let refusal = storage?.refusal { throw CommandError.unavailable(refusal) }
            try progress(ControlProgress(done: head.durable.value, total: wanted.value, unit: "events"))
            sleepShortly()
        }
        return ControlResult("durable up to event \(wanted)", values: ["durable": .number(Int(wanted.value))])
    }
}
