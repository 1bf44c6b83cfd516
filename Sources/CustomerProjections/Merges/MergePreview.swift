public import CustomerDomain

/// What a merge would come to, for somebody who decides about it.
public struct MergePreview: Hashable, Sendable {
    /// Who would answer for both.
    public var survivor: CustomerID
    /// Who would be merged.
    public var merged: CustomerID
    /// What would become of the fields; `nil` when one of them does not stand, or both are the same.
    public var plan: MergePlan?
    /// What forbids it; empty when it can be done.
    public var problems: [Rejection]
    /// What would come to the survivor.
    public var moves = Moves()

    /// What would come to the survivor, besides fields.
    public struct Moves: Hashable, Sendable {
        /// Orders that were not cancelled, in all currencies.
        public var orderCount: Int64 = 0
        /// Notes.
        public var noteCount = 0
        /// Addresses that the survivor does not have.
        public var addressCount = 0
        /// Addresses that the survivor has already.
        public var duplicateAddressCount = 0
        /// Tags that the survivor does not have.
        public var tags: [String] = []
        /// The names of groups that the survivor is not in.
        public var groups: [String] = []
        /// Points that could be spent.
        public var points: Int64 = 0
        /// Store credit, by currency.
        public var credit: [CreditBalance] = []
    }
}

extension OrganizationState {
    /// What a merge would come to; planned as the command is.
    ///
    /// - Parameters:
    ///   - merged: Who would be merged.
    ///   - survivor: Who would answer for both.
    ///   - choices: Which side is wanted.
    /// - Returns: The preview; whatever forbids the merge is among its problems.
    /// - Throws: ``Rejection/customerNotFound(_:)`` for somebody who never was.
    public func mergePreview(
        _ merged: CustomerID,
        into survivor: CustomerID,
        choices: MergeChoices
    ) throws(Rejection) -> MergePreview {
        for id in [survivor, merged] where customer(id) == nil { throw .customerNotFound(id) }
        var preview = MergePreview(survivor: survivor, merged: merged, plan: nil, problems: [])
        do throws(Rejection) {
            let plan = try planMerge(merged, into: survivor, choices: choices, facts: self)
            preview.plan = plan
            preview.problems = plan.problems
            preview.moves = moves(plan)
        } catch {
            preview.problems = [error]
        }
        return preview
    }

    private func moves(_ plan: MergePlan) -> MergePreview.Moves {
        let (row, survivor) = (plan.merged.index, plan.survivor)
        let own = tags(of: survivor)
        let account = customers.loyaltyAccount[row]
        return MergePreview.Moves(
            orderCount: customers.orderCount[row],
            noteCount: noteCount(of: row),
            addressCount: plan.terms.addresses.count,
            duplicateAddressCount: plan.duplicateAddresses.count,
            tags: tags(of: plan.merged).filter { !own.contains($0) },
            groups: arena.numbers(at: customers.groups[row])
                .filter { !isMember(survivor, of: GroupOrdinal($0)) && !groups.rows[Int($0)].isDeleted }
                .map { groups.rows[Int($0)].name },
            points: account == noRow ? 0 : loyalty.accounts[Int(account)].balance,
            credit: creditBalances(of: plan.merged)
        )
    }
}
