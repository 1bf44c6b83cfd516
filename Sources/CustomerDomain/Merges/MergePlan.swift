import EventSourcing

/// What a merge would come to: the terms, what moves besides, and what stands in its way.
///
/// The decision itself is made from it, so a preview never promises what a merge refuses.
public struct MergePlan: Hashable, Sendable {
    /// Who would answer for both.
    public var survivor: CustomerOrdinal
    /// Who would be merged.
    public var merged: CustomerOrdinal
    /// What the survivor would take.
    public var terms: MergeTerms
    /// The survivor's profile as it is.
    public var survivorProfile: Profile
    /// The merged customer's profile.
    public var mergedProfile: Profile
    /// Which side each field has without a choice.
    public var defaults: [MergeField: MergeSide]
    /// The side that was chosen or follows.
    public var sides: [MergeField: MergeSide]
    /// Whose value stays of a metadata key that both have.
    public var metadataSide: MergeSide
    /// The addresses of the merged customer that the survivor has already.
    public var duplicateAddresses: [AddressID]
    /// The metadata keys that both have, with different values.
    public var metadataConflicts: [String]
    /// The survivor's profile afterwards.
    public var profile: Profile
    /// What forbids it; empty when it can be done.
    public var problems: [Rejection]
}

/// Plans a merge of two customers who stand, without doing it.
///
/// - Parameters:
///   - merged: Who would be merged.
///   - survivor: Who would answer for both.
///   - choices: What the client wants kept.
///   - facts: The organization as it is.
/// - Returns: The plan; what forbids it is in its `problems`.
/// - Throws: The ``Rejection`` when one of them does not stand, or both are the same.
public func planMerge(
    _ merged: CustomerID,
    into survivor: CustomerID,
    choices: MergeChoices = MergeChoices(),
    facts: some OrganizationFacts
) throws(Rejection) -> MergePlan {
    try Decision(facts: facts, expectedVersion: nil, now: Timestamp(microseconds: 0), actor: .admin)
        .mergePlan(merged, into: survivor, choices)
}

extension Decision {
    func mergePlan(
        _ mergedID: CustomerID,
        into survivorID: CustomerID,
        _ choices: MergeChoices
    ) throws(Rejection) -> MergePlan {
        let survivor = try subject(survivorID)
        if survivorID == mergedID { throw .mergeWithItself }
        let merged = try standingCustomer(mergedID)
        let own = facts.profile(of: survivor.ordinal)
        let other = facts.profile(of: merged.ordinal)

        var defaults: [MergeField: MergeSide] = [:]
        var sides: [MergeField: MergeSide] = [:]
        var terms = MergeTerms()
        for field in MergeField.allCases {
            let isFilled = own.text(of: field) == nil && other.text(of: field) != nil
            defaults[field] = isFilled ? .merged : .survivor
            let side = choices.fields[field] ?? (isFilled ? .merged : .survivor)
            sides[field] = side
            // Where both say the same, the survivor keeps its own.
            if side == .merged, own.text(of: field) != other.text(of: field) { terms.fields.insert(field) }
        }
        let (metadata, otherMetadata) = (facts.metadata(of: survivor.ordinal), facts.metadata(of: merged.ordinal))
        terms.metadata = choices.metadata ?? .survivor
        if terms.metadata(metadata, taking: otherMetadata) == metadata { terms.metadata = nil }
        let present = facts.addresses(of: survivor.ordinal)
        let addresses = facts.addresses(of: merged.ordinal)
        terms.addresses = addresses.filter { other in !present.contains { $0.fields.covers(other.fields) } }.map(\.id)

        var plan = MergePlan(
            survivor: survivor.ordinal,
            merged: merged.ordinal,
            terms: terms,
            survivorProfile: own,
            mergedProfile: other,
            defaults: defaults,
            sides: sides,
            metadataSide: choices.metadata ?? .survivor,
            duplicateAddresses: addresses.map(\.id).filter { !terms.addresses.contains($0) },
            metadataConflicts: metadata.keys
                .filter { otherMetadata[$0] != nil && otherMetadata[$0] != metadata[$0] }
                .sorted(),
            profile: terms.profile(own, taking: other),
            problems: []
        )
        plan.problems = mergeProblems(plan, survivor, merged)
        return plan
    }

    private func mergeProblems(_ plan: MergePlan, _ survivor: Subject, _ merged: Subject) -> [Rejection] {
        var problems: [Rejection] = []
        func note(_ check: () throws(Rejection) -> Void) {
            do throws(Rejection) { try check() } catch { problems.append(error) }
        }
        func limit(_ what: String, _ own: Int, _ coming: Int, _ limit: Int) {
            if coming > 0, own + coming > limit { problems.append(.limitReached(what, limit: limit)) }
        }
        note { () throws(Rejection) in
            try checkIsKnownBySomething(plan.profile, externalID: facts.externalID(of: survivor.ordinal))
        }
        let isRegistered = survivor.standing.accountType == .registered || merged.standing.accountType == .registered
        note { () throws(Rejection) in
            try checkEmailIsFree(
                plan.profile.email,
                accountType: isRegistered ? .registered : .guest,
                for: survivor.ordinal,
                merged.ordinal
            )
        }
        let addressCount = facts.addresses(of: survivor.ordinal).count
        limit("addresses", addressCount, plan.terms.addresses.count, Limits.addressesPerCustomer)
        let tags = facts.tags(of: survivor.ordinal)
        let newTags = facts.tags(of: merged.ordinal).filter { !tags.contains($0) }
        limit("tags", tags.count, newTags.count, Limits.tagsPerCustomer)
        let metadata = facts.metadata(of: survivor.ordinal)
        let newKeys = facts.metadata(of: merged.ordinal).keys.filter { metadata[$0] == nil }
        limit("metadata keys", metadata.count, newKeys.count, Limits.metadataKeysPerCustomer)
        let lots = facts.openCreditLots(of: survivor.ordinal).count
        let newLots = facts.openCreditLots(of: merged.ordinal).count
        limit("lots of store credit", lots, newLots, Limits.creditLotsPerCustomer)
        if let one = facts.loyaltyAccount(of: survivor.ordinal), let other = facts.loyaltyAccount(of: merged.ordinal) {
            let balance = one.balance + one.pending + other.balance + other.pending
            let most = max(balance, one.lifetimePoints + other.lifetimePoints)
            if most > Limits.pointsPerAccount {
                problems.append(.limitReached("points in an account", limit: Int(Limits.pointsPerAccount)))
            }
        }
        return problems
    }
}
