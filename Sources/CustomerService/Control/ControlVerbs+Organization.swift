import CustomerProjections
import EventSourcing
import LogStorage

extension ControlVerbs {
    /// The verbs that every server offers: `info`, `sync` and `tail`.
    ///
    /// - Parameter organization: The organization at work.
    /// - Returns: The verbs, to which others can be added.
    public static func basic(_ organization: Organization) -> ControlVerbs {
        var verbs = ControlVerbs()
        verbs.register("info") { _, _ in organization.controlInfo() }
        verbs.register("sync") { _, progress in try organization.controlSync(progress) }
        verbs.register("tail") { request, progress in try organization.controlTail(request, progress) }
        return verbs
    }
}

extension Organization {
    /// The live figures, under the names that `patronctl info --json` has.
    fileprivate func controlInfo() -> ControlResult {
        let (head, hash) = peek { state, _ in (state.head, state.stateHash()) }
        let digits = Hexadecimal.text(hash)
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

    /// Sends the events that pass the request's filter, as they become durable, until the tool goes away.
    ///
    /// Without a first sequence number it begins with the next event.
    fileprivate func controlTail(
        _ request: ControlRequest,
        _ progress: (ControlProgress) throws -> Void
    ) throws -> ControlResult {
        let filter = try EventFilter(arguments: request.arguments)
        let isJSON = request.arguments["json"] == "true"
        var next = request.arguments["first"] == nil ? head.durable.value + 1 : filter.first
        var restCount = 0
        // The tool may rely on all that is durable from now on.
        try progress(ControlProgress(done: next - 1, total: nil, unit: "events"))
        while true {
            let following = try eachLine(from: next, filter: filter, isJSON: isJSON) { sequence, line in
                try progress(ControlProgress(done: sequence.value, total: nil, unit: "events", line: line))
            }
            guard let following else { return ControlResult("there is nothing more to follow") }
            next = following
            // A sign of life every now and then, which notices that the tool went away.
            restCount += 1
            if restCount % 20 == 0 { try progress(ControlProgress(done: next - 1, total: nil, unit: "events")) }
            sleepShortly(25)
        }
    }

    /// Waits until everything taken so far is durable.
    fileprivate func controlSync(_ progress: (ControlProgress) throws -> Void) throws -> ControlResult {
        let wanted = head.appended
        while head.durable < wanted {
            if let refusal = storage?.refusal { throw CommandError.unavailable(refusal) }
            try progress(ControlProgress(done: head.durable.value, total: wanted.value, unit: "events"))
            sleepShortly(2)
        }
        return ControlResult("durable up to event \(wanted)", values: ["durable": .number(Int(wanted.value))])
    }
}
