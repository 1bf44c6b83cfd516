extension Decision {
    func openDataRequest(_ opening: DataRequestOpened, of id: CustomerID) throws(Rejection) -> [Decided] {
        let subject = try subject(id)
        guard facts.dataRequest(opening.id) == nil else { throw .invalid(field: "id", reason: "is already in use") }
        try check(opening.details, "details", Limits.dataRequestText, .paragraphs)
        if facts.openDataRequestCount(of: subject.ordinal) >= Limits.openDataRequestsPerCustomer {
            throw .limitReached("open requests of a customer", limit: Limits.openDataRequestsPerCustomer)
        }
        return subject.events([.dataRequestOpened(opening)])
    }

    func checkIdentity(_ checked: DataRequestIdentityChecked) throws(Rejection) -> [Decided] {
        let (request, subject) = try openRequest(checked.id)
        guard request.status == .opened else { throw .dataRequestStatus(checked.id, request.status) }
        try check(checked.note, "note", Limits.dataRequestText, .paragraphs)
        return subject.events([.dataRequestIdentityChecked(checked)])
    }

    /// Approving takes a person who is known; refusing goes until it is done.
    func decideDataRequest(_ decision: DataRequestDecided) throws(Rejection) -> [Decided] {
        let (request, subject) = try openRequest(decision.id)
        if decision.refusal == nil, request.status != .identityConfirmed {
            throw .dataRequestStatus(decision.id, request.status)
        }
        try check(decision.reason, "reason", Limits.dataRequestText, .paragraphs)
        return subject.events([.dataRequestDecided(decision)])
    }

    /// For who opened it, and for admins.
    func cancelDataRequest(_ cancellation: DataRequestCancelled) throws(Rejection) -> [Decided] {
        let (request, subject) = try openRequest(cancellation.id)
        guard actor.isAdmin || actor.id == request.openedBy else { throw .dataRequestOfAnother(cancellation.id) }
        try check(cancellation.reason, "reason", Limits.dataRequestText, .paragraphs)
        return subject.events([.dataRequestCancelled(cancellation)])
    }

    /// The erasure comes last: its event is the one that the keys are destroyed by.
    func executeDataRequest(_ execution: DataRequestExecuted) throws(Rejection) -> [Decided] {
        let (request, subject) = try openRequest(execution.id)
        guard request.status == .approved else { throw .dataRequestStatus(execution.id, request.status) }
        guard actor.allows(request.right.permission) else { throw .permissionMissing(request.right.permission) }
        if request.right != .rectification, execution.rectifiedVersion != nil {
            throw .invalid(field: "version", reason: "is for requests for rectification alone")
        }
        var events: [Event] = [.dataRequestExecuted(execution)]
        switch request.right {
        case .access, .portability: break
        case .erasure:
            // Nothing brings a person back, so two people look at it.
            guard actor.isAdmin || actor.id != request.approvedBy else { throw .fourEyes(execution.id) }
            events.append(.customerErased(reason: nil))
        case .rectification: try checkRectification(execution, subject)
        case .objection: events += marketingWithdrawn(by: subject.ordinal)
        }
        return subject.events(events)
    }

    private func checkRectification(_ execution: DataRequestExecuted, _ subject: Subject) throws(Rejection) {
        guard let version = execution.rectifiedVersion else {
            throw .invalid(field: "version", reason: "is required: the customer's version that is right")
        }
        try check(version, "version", 1...subject.standing.version)
    }

    private func marketingWithdrawn(by customer: CustomerOrdinal) -> [Event] {
        let current = facts.consents(of: customer)
        return ConsentKind.allCases.filter { $0.isMarketing && current[$0]?.state != .withdrawn }
            .map { .consentChanged(ConsentChanged(kind: $0, state: .withdrawn, source: "data-request")) }
    }

    /// The request with its customer, when there is something to do.
    private func openRequest(_ id: DataRequestID) throws(Rejection) -> (DataRequestStanding, Subject) {
        guard let request = facts.dataRequest(id) else { throw .dataRequestNotFound(id) }
        guard request.status.isOpen else { throw .dataRequestStatus(id, request.status) }
        return (request, try subject(facts.standing(of: survivor(of: request.customer)).id))
    }
}
