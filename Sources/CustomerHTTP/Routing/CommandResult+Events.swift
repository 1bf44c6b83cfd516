import CustomerDomain
import CustomerService

extension CommandResult {
    /// What a command made, as its event says it: of a retry, what the first attempt made.
    ///
    /// - Parameters:
    ///   - what: What it is, for when it is not there.
    ///   - pick: What to take of an event; `nil` for those of another kind.
    /// - Returns: What was picked of the first event of the kind.
    /// - Throws: ``Problem`` when no event is of the kind.
    func made<Value>(_ what: String, _ pick: (Event) -> Value?) throws(Problem) -> Value {
        try recorded(what, pick).value
    }

    /// The same, with the event itself.
    func recorded<Value>(
        _ what: String,
        _ pick: (Event) -> Value?
    ) throws(Problem) -> (value: Value, event: RecordedEvent) {
        for event in events {
            if let value = pick(event.event) { return (value, event) }
        }
        throw Problem(.internalError, "\(what) cannot be found.")
    }
}
