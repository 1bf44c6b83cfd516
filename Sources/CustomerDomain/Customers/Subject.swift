/// The customer that a command is about, known to stand.
struct Subject {
    let ordinal: CustomerOrdinal
    let standing: CustomerStanding

    var id: CustomerID { standing.id }

    /// What happened to the customer.
    func events(_ events: [Event]) -> [Decided] {
        events.map { Decided(customer: ordinal, event: $0) }
    }
}

extension Decision {
    /// The customer of this identifier, neither merged nor erased, at the expected version.
    func subject(_ id: CustomerID) throws(Rejection) -> Subject {
        let subject = try standingCustomer(id)
        try checkVersion(subject.standing.version)
        return subject
    }

    /// The same, and not disabled either.
    func activeSubject(_ id: CustomerID) throws(Rejection) -> Subject {
        let subject = try subject(id)
        guard subject.standing.status == .active else { throw .customerDisabled(id) }
        return subject
    }

    /// The customer of this identifier, neither merged nor erased, at any version.
    func standingCustomer(_ id: CustomerID) throws(Rejection) -> Subject {
        guard let ordinal = facts.customer(id) else { throw .customerNotFound(id) }
        let standing = facts.standing(of: ordinal)
        switch standing.status {
        case .active, .disabled: return Subject(ordinal: ordinal, standing: standing)
        case .merged: throw .customerMerged(id, into: facts.standing(of: survivor(of: ordinal)).id)
        case .erased: throw .customerErased(id)
        }
    }

    /// Who answers for this customer after all merges.
    func survivor(of customer: CustomerOrdinal) -> CustomerOrdinal {
        var survivor = customer
        while let next = facts.standing(of: survivor).mergedInto { survivor = next }
        return survivor
    }

    func checkVersion(_ actual: UInt32) throws(Rejection) {
        if let expectedVersion, expectedVersion != actual { throw .versionMismatch(actual: actual) }
    }
}
