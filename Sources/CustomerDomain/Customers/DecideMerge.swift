extension Decision {
    func merge(_ mergedID: CustomerID, into survivorID: CustomerID) throws(Rejection) -> [Decided] {
        let survivor = try subject(survivorID)
        if survivorID == mergedID { throw .mergeWithItself }
        let merged = try standingCustomer(mergedID)
        if merged.standing.accountType == .registered, survivor.standing.accountType == .guest {
            // The survivor becomes registered, with its own e-mail address.
            let email = facts.profile(of: survivor.ordinal).email
            try checkEmailIsFree(email, accountType: .registered, for: survivor.ordinal, merged.ordinal)
        }
        if let one = facts.loyaltyAccount(of: survivor.ordinal), let other = facts.loyaltyAccount(of: merged.ordinal) {
            let most = max(one.balance + other.balance, one.lifetimePoints + other.lifetimePoints)
            if most > Limits.pointsPerAccount {
                throw .limitReached("points in an account", limit: Int(Limits.pointsPerAccount))
            }
        }
        return survivor.events([.customersMerged(merged: merged.ordinal)])
    }
}
