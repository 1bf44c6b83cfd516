extension Decision {
    /// Each change is a line of the ledger, also where it repeats what holds: it has evidence of its own.
    func changeConsents(_ changes: [ConsentChanged], of id: CustomerID) throws(Rejection) -> [Decided] {
        let subject = try subject(id)
        try checkConsents(changes)
        try checkLedger(changes, of: subject.ordinal)
        return subject.events(changes.map { .consentChanged($0) })
    }

    func checkConsents(_ changes: [ConsentChanged]) throws(Rejection) {
        var kinds: Set<ConsentKind> = []
        for (index, change) in changes.enumerated() {
            let path = "consents/\(index)"
            guard kinds.insert(change.kind).inserted else {
                throw .invalid(field: "\(path)/kind", reason: "must be given once")
            }
            try check(change.source, "\(path)/source", Limits.source)
            try check(change.wording, "\(path)/wording", Limits.consentWording)
            try check(change.evidence, "\(path)/evidence", Limits.consentEvidence, .paragraphs)
            try check(change.reason, "\(path)/reason", Limits.reason, .paragraphs)
        }
    }

    /// A full ledger takes nothing but a withdrawal of what is not withdrawn: a no is never refused.
    private func checkLedger(_ changes: [ConsentChanged], of customer: CustomerOrdinal) throws(Rejection) {
        guard facts.consentCount(of: customer) + changes.count > Limits.consentsPerCustomer else { return }
        let current = facts.consents(of: customer)
        let isNeeded = changes.allSatisfy { $0.state == .withdrawn && current[$0.kind]?.state != .withdrawn }
        if !isNeeded { throw .limitReached("changes of consent", limit: Limits.consentsPerCustomer) }
    }
}
