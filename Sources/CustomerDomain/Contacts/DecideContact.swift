import EventSourcing

extension Decision {
    /// A new code takes the place of one that is out for the same.
    func requestCode(_ issued: CodeIssued, for id: CustomerID) throws(Rejection) -> [Decided] {
        let subject = try issued.purpose == .password ? activeSubject(id) : subject(id)
        try checkDigest(issued.digest)
        let profile = facts.profile(of: subject.ordinal)
        var issued = issued
        switch issued.purpose {
        case .email:
            if issued.email?.normalized == profile.email?.normalized { issued.email = nil }
            if let email = issued.email {
                try checkEmailIsFree(email, accountType: subject.standing.accountType, for: subject.ordinal)
            } else if profile.email == nil {
                throw .invalid(field: "email", reason: "is required, since the customer has none")
            }
            return subject.events([.verificationRequested(issued)])
        case .phone:
            if profile.phone == nil { throw .invalid(field: "channel", reason: "has no number: the customer has none") }
            issued.email = nil
            return subject.events([.verificationRequested(issued)])
        case .password:
            guard subject.standing.accountType == .registered else { throw .noPassword(id) }
            if profile.email == nil { throw .noEmail(id) }
            if facts.contacts(of: subject.ordinal).email.suppression != nil { throw .emailSuppressed(id) }
            issued.email = nil
            return subject.events([.passwordResetRequested(issued)])
        }
    }

    private func checkDigest(_ digest: [UInt8]) throws(Rejection) {
        if !digest.isEmpty, digest.count != Limits.secretDigestByteCount {
            throw .invalid(field: "digest", reason: "must have \(Limits.secretDigestByteCount) bytes")
        }
    }

    /// A wrong code is an event, too, so that tries are counted whoever restarts.
    func confirmCode(_ confirmation: ConfirmCode, of id: CustomerID, at now: Timestamp) throws(Rejection) -> [Decided] {
        let purpose = confirmation.purpose
        let subject = try purpose == .password ? activeSubject(id) : subject(id)
        guard let code = facts.contacts(of: subject.ordinal).codes[purpose], !code.digest.isEmpty else {
            throw .codeMissing(id)
        }
        if code.failureCount >= Limits.codeTries { throw .codeSpent(id) }
        if let end = code.expiresAt, end <= now { throw .codeExpired(id) }
        guard code.digest == confirmation.digest else { return subject.events([.verificationFailed(purpose)]) }
        switch purpose {
        case .password: return subject.events([.passwordReset])
        case .phone: return subject.events([.contactVerified(ContactVerified(channel: .phone, method: .code))])
        case .email: return try emailConfirmed(confirmation.email, of: subject)
        }
    }

    /// With the address, the orders of a guest of the same become those of a registered customer.
    private func emailConfirmed(_ new: EmailAddress?, of subject: Subject) throws(Rejection) -> [Decided] {
        let current = facts.profile(of: subject.ordinal).email
        var events: [Event] = []
        if let new, new.normalized != current?.normalized {
            try checkEmailIsFree(new, accountType: subject.standing.accountType, for: subject.ordinal)
            var updated = CustomerUpdated()
            updated.profile.email = .set(new)
            updated.movedContacts = [.email]
            events.append(.customerUpdated(updated))
        }
        events.append(.contactVerified(ContactVerified(channel: .email, method: .code)))
        var decided = subject.events(events)
        guard subject.standing.accountType == .registered, let email = new ?? current,
            let guest = facts.customer(withEmail: email.normalized, accountType: .guest)
        else { return decided }
        let plan = try guestPlan(facts.standing(of: guest).id, into: subject.id)
        if plan.problems.isEmpty { decided.append(plan.event) }
        return decided
    }

    /// The merge of a guest into whoever registered with the same address, whose own address stays.
    private func guestPlan(_ guest: CustomerID, into customer: CustomerID) throws(Rejection) -> MergePlan {
        let choices = MergeChoices(fields: [.email: .survivor])
        return try Decision(facts: facts, expectedVersion: nil, now: now, actor: actor)
            .mergePlan(guest, into: customer, choices)
    }

    /// Only who is known to read the guest's mail gets its orders: by a code, or because the caller says so.
    ///
    /// Where somebody registered with the same address, the guest is merged into that record.
    func claimGuest(_ id: CustomerID, isVerified: Bool) throws(Rejection) -> [Decided] {
        let subject = try subject(id)
        guard subject.standing.accountType == .guest else { throw .notAGuest(id) }
        let profile = facts.profile(of: subject.ordinal)
        let channel: ContactChannel = profile.email == nil ? .phone : .email
        if profile.email == nil, profile.phone == nil { throw .noEmail(id) }
        let isProven = facts.contacts(of: subject.ordinal)[channel].verifiedAt != nil
        let stated = Event.contactVerified(ContactVerified(channel: channel, method: .stated))
        guard let email = profile.email,
            let holder = facts.customer(withEmail: email.normalized, accountType: .registered)
        else {
            if !isProven, !isVerified { throw .contactUnverified(id) }
            return subject.events((isProven ? [] : [stated]) + [.guestClaimed])
        }
        let isHolderProven = facts.contacts(of: holder).email.verifiedAt != nil
        let holderID = facts.standing(of: holder).id
        if !isProven, !isHolderProven, !isVerified { throw .emailTaken(by: holderID) }
        let plan = try guestPlan(id, into: holderID)
        if let problem = plan.problems.first { throw problem }
        let proof = ContactVerified(channel: .email, method: isProven ? .code : .stated)
        let proven = isHolderProven ? [] : [Decided(customer: holder, event: .contactVerified(proof))]
        return proven + [plan.event]
    }

    func changeSuppression(_ change: SuppressionChanged, of id: CustomerID) throws(Rejection) -> [Decided] {
        let subject = try subject(id)
        let present = facts.contacts(of: subject.ordinal)[change.channel].suppression?.reason
        return present == change.reason ? [] : subject.events([.suppressionChanged(change)])
    }

    /// The ways to a customer that an edit of its profile changes, where anything is known of them.
    func movedContacts(_ edit: ProfileEdit, from profile: Profile, of customer: CustomerOrdinal) -> Set<ContactChannel>
    {
        let contacts = facts.contacts(of: customer)
        let new = edit.applied(to: profile)
        var moved: Set<ContactChannel> = []
        if new.email?.normalized != profile.email?.normalized, contacts.isMoved(by: .email) { moved.insert(.email) }
        if new.phone?.digits != profile.phone?.digits, contacts.isMoved(by: .phone) { moved.insert(.phone) }
        return moved
    }
}

extension MergePlan {
    fileprivate var event: Decided {
        Decided(customer: survivor, event: .customersMerged(merged: merged, terms: terms))
    }
}
