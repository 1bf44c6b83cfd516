public import CustomerDomain
import CustomerProjections
import EventSourcing

/// What a rule did.
public struct RuleRun: Hashable, Sendable {
    /// How many customers got what it gives.
    public var entered = 0
    /// How many lost it.
    public var left = 0
    /// How many are left for the next round.
    public var rest = 0

    /// Nothing.
    public init() {}
}

// What a rule gives follows from what holds of customers, often by nothing but the passing of time; so it is looked at now and then.
extension Organization {
    /// Lets all rules that are at work give and take away, and returns when that is durable.
    ///
    /// Costs what their conditions cost, and the events.
    ///
    /// - Parameter limit: How many customers a rule moves; the rest come at the next call.
    /// - Returns: What they did.
    /// - Throws: ``CommandError``; what was done until then stays, the rest comes at the next try.
    @discardableResult
    public func runRules(limit: Int = Limits.ruleMovesPerRound) async throws(CommandError) -> RuleRun {
        let scope = Scope.local(tool: "schedule", organization: name)
        var total = RuleRun()
        // One by one, so that nobody waits for the conditions of all, and so that each sees what those before it did.
        for id in peek({ state, _ in state.rules.filter(\.terms.isActive).map(\.id) }) {
            do throws(CommandError) {
                let run = try await runRule(id, scope: scope, limit: limit)
                total.entered += run.entered
                total.left += run.left
                total.rest += run.rest
            } catch {
                switch error {
                // Somebody was quicker; there is nothing to do for it.
                case .rejected(.ruleNotFound), .rejected(.ruleInactive): continue
                default: throw error
                }
            }
        }
        return total
    }

    /// Lets a rule give and take away, and returns when that is durable.
    ///
    /// Costs what its condition costs, and the events.
    ///
    /// - Parameters:
    ///   - id: The rule.
    ///   - scope: Who asks.
    ///   - context: What the events say of the request.
    ///   - limit: How many customers it moves; the rest come at the next call.
    /// - Returns: What it did.
    /// - Throws: ``CommandError``: there is no such rule, or it is not at work; what was done until then stays.
    public func runRule(
        _ id: RuleID,
        scope: Scope,
        context: CommandContext = CommandContext(),
        limit: Int = Limits.ruleMovesPerRound
    ) async throws(CommandError) -> RuleRun {
        try scope.require(.manageRules)
        var (moves, isAnswered) = moves(by: id, limit)
        while !isAnswered {
            try await indexProducts()
            (moves, isAnswered) = self.moves(by: id, limit)
        }
        // Refuses what is not there or not at work.
        guard let moves else {
            _ = try await execute(.applyRule(ApplyRule(id: id)), scope: scope, context: context)
            return RuleRun()
        }
        var run = RuleRun()
        run.rest = moves.rest
        for piece in moves.moves.pieces(of: Limits.ruleMovesPerCommand) {
            let result = try await execute(.applyRule(piece), scope: scope, context: context)
            for event in result.events {
                switch event.event {
                case .ruleAssigned(let move): if move.isChange { run.entered += 1 }
                case .ruleWithdrew(let move): if move.isChange { run.left += 1 }
                default: break
                }
            }
        }
        return run
    }

    /// Whom a rule moves; not to be believed unless its condition was answered.
    private func moves(by id: RuleID, _ limit: Int) -> ((moves: ApplyRule, rest: Int)?, isAnswered: Bool) {
        peek { state, time in
            let moves = state.moves(by: id, limit: limit, at: time)
            return (moves, isAnswered: !time.products.wasMissed)
        }
    }
}

extension ApplyRule {
    /// The same in pieces of at most so many customers.
    fileprivate func pieces(of length: Int) -> [ApplyRule] {
        func pieces(_ ids: [CustomerID]) -> [[CustomerID]] {
            stride(from: 0, to: ids.count, by: length).map { Array(ids[$0..<min($0 + length, ids.count)]) }
        }
        return pieces(leaving).map { ApplyRule(id: id, leaving: $0) }
            + pieces(entering).map { ApplyRule(id: id, entering: $0) }
    }
}
