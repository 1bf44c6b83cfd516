import CustomerDomain
import CustomerProjections
public import EventSourcing

// Time that passes is an event like any other: what of store credit is due expires through the same writer.
extension Organization {
    /// How many customers' credit expires before the disk is waited for.
    private static let runLength = 200

    /// The clock's time, for commands that depend on it.
    public var time: Timestamp { now() }

    /// Lets all store credit expire whose time has come, and returns when that is durable.
    ///
    /// Costs next to nothing when nothing is due.
    ///
    /// - Returns: How many lots expired.
    /// - Throws: ``CommandError``; what expired until then is recorded, the rest at the next try.
    @discardableResult
    public func expireDueCredit() async throws(CommandError) -> Int {
        let scope = Scope.local(tool: "schedule", organization: name)
        var count = 0
        while true {
            let (due, time) = peek { state, time in
                (state.customersWithDueCredit(at: time.now, limit: Self.runLength), time.now)
            }
            let before = count
            var last = SequenceNumber.none
            for customer in due {
                let result = try submit(.expireCredit(customer, at: time), scope: scope)
                count += result.events.count
                last = result.sequence
            }
            guard count > before else { return count }
            try await waitUntilDurable(last)
        }
    }
}
