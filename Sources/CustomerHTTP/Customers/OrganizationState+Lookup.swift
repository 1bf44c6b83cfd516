import CustomerDomain
import CustomerProjections

extension OrganizationState {
    /// The customer of this identifier, when it stands.
    ///
    /// - Throws: ``Rejection`` for one that never was, was erased, or was merged.
    borrowing func standingCustomer(_ id: CustomerID) throws(Rejection) -> CustomerOrdinal {
        guard let ordinal = customer(id) else { throw .customerNotFound(id) }
        let standing = standing(of: ordinal)
        switch standing.status {
        case .erased: throw .customerErased(id)
        case .merged:
            guard let survivor = standing.mergedInto else { throw .customerNotFound(id) }
            throw .customerMerged(id, into: self.standing(of: survivor).id)
        case .active, .disabled: return ordinal
        }
    }

    /// The group of this identifier.
    borrowing func knownGroup(_ id: GroupID) throws(Rejection) -> GroupOrdinal {
        guard let ordinal = group(id) else { throw .groupNotFound(id) }
        return ordinal
    }
}
