import CustomerDomain
import CustomerProjections
import CustomerService

extension OrganizationState {
    /// The customer of this identifier, when it stands.
    ///
    /// - Throws: The ``Rejection`` for one that never was, was erased, or was merged.
    borrowing func standingCustomer(_ id: CustomerID) throws(CommandError) -> CustomerOrdinal {
        guard let ordinal = customer(id) else { throw .rejected(.customerNotFound(id)) }
        let standing = standing(of: ordinal)
        switch standing.status {
        case .erased: throw .rejected(.customerErased(id))
        case .merged:
            guard let survivor = standing.mergedInto else { throw .rejected(.customerNotFound(id)) }
            throw .rejected(.customerMerged(id, into: self.standing(of: survivor).id))
        case .active, .disabled: return ordinal
        }
    }

    /// The group of this identifier.
    borrowing func knownGroup(_ id: GroupID) throws(CommandError) -> GroupOrdinal {
        guard let ordinal = group(id) else { throw .rejected(.groupNotFound(id)) }
        return ordinal
    }
}
