import CustomerDomain
import CustomerProjections
public import EventSourcing
import Synchronization

// Time that passes is an event like any other: what is due happens through the same writer.
extension Organization {
    /// How many customers' work is done before the disk is waited for.
    private static let runLength = 200
    /// How many loyalty accounts are looked at under one lock.
    private static let reviewLength = 4_096
    private static let microsecondsPerDay: Int64 = 86_400_000_000

    /// The clock's time, for commands that depend on it.
    public var time: Timestamp { now() }

    /// Does everything whose time has come, and returns when that is durable: store credit and points expire, pending points
    /// can be spent, rules give and take away, and once a day (in UTC), and after a start, tiers are reviewed and birthdays
    /// rewarded.
    ///
    /// Costs next to nothing when nothing is due, but for the rules, which cost what their conditions cost, and the review: that
    /// looks at every loyalty account, a few thousand at a time.
    ///
    /// - Returns: What was done.
    /// - Throws: ``CommandError``; what was done until then is recorded, the rest at the next try.
    @discardableResult
    public func doDueWork() async throws(CommandError) -> DueWork {
        var work = DueWork()
        work.expiredCredit = try await expireDueCredit()
        try await repeatWhileDue(&work) { state, time in
            state.customersWithDuePoints(at: time, limit: Self.runLength)
        } _: { id, time in
            .reviewLoyalty(id, at: time)
        }
        let run = try await runRules()
        (work.enteredByRules, work.leftByRules) = (run.entered, run.left)
        let today = now().microseconds / Self.microsecondsPerDay
        guard reviewedDay.withLock({ $0 }) != today else { return work }
        try await reviewLoyalty(&work)
        reviewedDay.withLock { $0 = today }
        return work
    }

    /// Lets all store credit expire whose time has come, and returns when that is durable.
    ///
    /// - Returns: How many lots expired.
    /// - Throws: ``CommandError``; what expired until then is recorded, the rest at the next try.
    @discardableResult
    public func expireDueCredit() async throws(CommandError) -> Int {
        var work = DueWork()
        try await repeatWhileDue(&work) { state, time in
            state.customersWithDueCredit(at: time, limit: Self.runLength)
        } _: { id, time in
            .expireCredit(id, at: time)
        }
        return work.expiredCredit
    }

    /// Runs commands about customers with due work, until there are none or nothing comes of it.
    private func repeatWhileDue(
        _ work: inout DueWork,
        _ due: (borrowing OrganizationState, Timestamp) -> [CustomerID],
        _ command: (CustomerID, Timestamp) -> Command
    ) async throws(CommandError) {
        while true {
            let (ids, time) = peek { state, time in (due(state, time.now), time.now) }
            let last = try submit(ids.map { command($0, time) }, &work)
            guard let last else { return }
            try await waitUntilDurable(last)
        }
    }

    private func reviewLoyalty(_ work: inout DueWork) async throws(CommandError) {
        var first = 0
        while true {
            let (found, time) = peek { state, time in
                (state.customersToReview(at: time.now, accounts: first..<first + Self.reviewLength), time.now)
            }
            if let last = try submit(found.ids.map { .reviewLoyalty($0, at: time) }, &work) {
                try await waitUntilDurable(last)
            }
            guard found.hasMore else { return }
            first += Self.reviewLength
        }
    }

    /// Runs commands and counts what came of them; says the last event, `nil` when there was none.
    private func submit(_ commands: [Command], _ work: inout DueWork) throws(CommandError) -> SequenceNumber? {
        let scope = Scope.local(tool: "schedule", organization: name)
        var last: SequenceNumber?
        for command in commands {
            let result = try submit(command, scope: scope)
            if !result.events.isEmpty { last = result.sequence }
            for event in result.events { work.count(event.event) }
        }
        return last
    }
}

extension DueWork {
    fileprivate mutating func count(_ event: Event) {
        switch event {
        case .creditExpired: expiredCredit += 1
        case .pointsExpired(let parts): expiredPoints += parts.count
        case .pointsActivated(let parts): activatedPoints += parts.count
        case .tierChanged: changedTiers += 1
        case .birthdayRewarded: birthdays += 1
        default: break
        }
    }
}
