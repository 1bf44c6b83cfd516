import CustomerDomain
import CustomerProjections
package import EventSourcing

extension Organization {
    /// Visits the durable events that pass a filter, as lines, without the personal data of people who were erased.
    ///
    /// - Parameters:
    ///   - start: The first sequence number to look at.
    ///   - filter: What passes.
    ///   - isJSON: Whether the lines are JSON.
    ///   - hasChanges: Whether they tell each field before and after; then each thousand events cost the histories of their customers.
    ///   - visit: Gets each line, and where it is.
    /// - Returns: The sequence number to go on from when there is more; `nil` when nothing more can pass.
    /// - Throws: What `visit` throws; ``ControlFailure`` for a customer that is not there.
    package func eachLine(
        from start: UInt64,
        filter: EventFilter,
        isJSON: Bool,
        hasChanges: Bool = false,
        _ visit: (SequenceNumber, String) throws -> Void
    ) throws -> UInt64? {
        var cursor = SequenceNumber(max(start, filter.first) - 1)
        while true {
            let page = try linePage(filter, cursor)
            let changes = hasChanges ? try self.changes(of: page.events) : nil
            for (index, event) in page.events.enumerated() {
                let id = peek { state, _ in event.customer.map { state.standing(of: $0).id } }
                let line =
                    isJSON
                    ? EventLine.json(event, customer: id, changes: changes?[index])
                    : EventLine.text(event, customer: id, changes: changes?[index])
                try visit(event.sequence, line)
            }
            cursor = page.cursor
            guard !page.hasMore else { continue }
            if let last = filter.last, cursor.value >= last { return nil }
            if let until = filter.until, lastRecordingTime > until { return nil }
            return cursor.value + 1
        }
    }

    private func linePage(_ filter: EventFilter, _ cursor: SequenceNumber) throws -> EventPage {
        do {
            return try events(matching: filter, after: cursor, limit: 1_000)
        } catch {
            guard case .noCustomer(let text) = error else { throw error }
            throw ControlFailure(.badRequest, "there is no customer \(text)")
        }
    }

    private var lastRecordingTime: Timestamp { peek { state, _ in state.lastRecordedAt } }
}
