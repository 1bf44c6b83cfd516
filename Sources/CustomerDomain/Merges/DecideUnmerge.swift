extension Decision {
    /// Nothing of the merged customer may have gone into what was recorded of the survivor since: it stays there, sealed
    /// with the survivor's key.
    func unmerge(_ mergedID: CustomerID, from survivorID: CustomerID) throws(Rejection) -> [Decided] {
        let survivor = try subject(survivorID)
        guard let merged = facts.customer(mergedID) else { throw .customerNotFound(mergedID) }
        guard facts.standing(of: merged).mergedInto == survivor.ordinal, let merge = facts.merge(of: merged) else {
            throw .notMerged(mergedID, into: survivorID)
        }
        switch merge {
        case .covered(let latest): throw .mergeNotLatest(facts.standing(of: latest).id)
        case .fixed(let obstacle): throw .mergeFixed(obstacle)
        case .open(let email, let type):
            try checkEmailsAreFree(of: survivor.ordinal, email, type, and: merged)
        }
        return survivor.events([.customersUnmerged(merged: merged)])
    }

    /// Both would stand again, each with its own address.
    private func checkEmailsAreFree(
        of survivor: CustomerOrdinal,
        _ email: EmailAddress?,
        _ type: AccountType,
        and merged: CustomerOrdinal
    ) throws(Rejection) {
        try checkEmailIsFree(email, accountType: type, for: survivor)
        let other = facts.profile(of: merged).email
        let otherType = facts.standing(of: merged).accountType
        try checkEmailIsFree(other, accountType: otherType, for: survivor)
        if let email, let other, email.normalized == other.normalized, type == otherType {
            throw .emailTaken(by: facts.standing(of: survivor).id)
        }
    }
}
