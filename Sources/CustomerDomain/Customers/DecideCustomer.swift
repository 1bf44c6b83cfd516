extension Decision {
    func createCustomer(_ creation: CreateCustomer) throws(Rejection) -> [Decided] {
        try checkVersion(0)
        let created = creation.customer
        guard facts.customer(created.id) == nil else { throw .invalid(field: "id", reason: "is already in use") }
        // E-mail address, phone number and date were checked when they were made.
        try check(created.profile.firstName, "firstName", Limits.name)
        try check(created.profile.lastName, "lastName", Limits.name)
        try check(created.profile.role, "customerRole", Limits.customerRole)
        try check(created.externalID, "externalId", Limits.externalID)
        try check(created.source, "source", Limits.source)
        try checkIsKnownBySomething(created.profile, externalID: created.externalID)
        try checkEmailIsFree(created.profile.email, accountType: created.accountType, for: nil)
        try checkExternalIDIsFree(created.externalID, for: nil)

        var events: [Event] = [.customerCreated(created)]
        events += try addressesAdded(creation.addresses)
        if !creation.metadata.isEmpty {
            try checkMetadata(creation.metadata)
            events.append(.metadataChanged(creation.metadata))
        }
        try checkCustomFields(creation.metadata, before: creation.isTakenOver ? [:] : nil)
        let tags = try distinctTags(creation.tags)
        if !tags.isEmpty {
            try checkTagCount(tags.count)
            events.append(.customerTagged(tags))
        }
        events += try groupsJoined(creation.groups)
        try checkConsents(creation.consents)
        events += creation.consents.map { .consentChanged($0) }
        if creation.isWelcomed {
            if created.profile.email == nil {
                throw .invalid(field: "sendWelcomeEmail", reason: "needs an e-mail address")
            }
            events.append(.welcomeRequested)
        }
        let ordinal = CustomerOrdinal(UInt32(facts.customerCount))
        return events.map { Decided(customer: ordinal, event: $0) }
    }

    func updateCustomer(_ update: UpdateCustomer) throws(Rejection) -> [Decided] {
        let subject = try subject(update.id)
        var events: [Event] = []
        if let updated = try fieldsUpdated(update, of: subject) { events.append(.customerUpdated(updated)) }
        if let edit = update.metadata, let metadata = try metadataChanged(edit, of: subject.ordinal) {
            events.append(.metadataChanged(metadata))
        }
        if let tags = update.tags { events += try tagsReplaced(tags, of: subject.ordinal) }
        if let status = update.status { events += try statusChanged(to: status, of: subject, reason: nil) }
        return subject.events(events)
    }

    private func fieldsUpdated(_ update: UpdateCustomer, of subject: Subject) throws(Rejection) -> CustomerUpdated? {
        try check(update.profile.firstName, "firstName", Limits.name)
        try check(update.profile.lastName, "lastName", Limits.name)
        try check(update.profile.role, "customerRole", Limits.customerRole)
        try check(update.externalID, "externalId", Limits.externalID)
        let profile = facts.profile(of: subject.ordinal)
        let externalID = facts.externalID(of: subject.ordinal)
        var updated = CustomerUpdated(
            profile: update.profile.reduced(against: profile),
            externalID: update.externalID.reduced(against: externalID)
        )
        if updated == CustomerUpdated() { return nil }
        updated.movedContacts = movedContacts(updated.profile, from: profile, of: subject.ordinal)
        try checkIsKnownBySomething(
            updated.profile.applied(to: profile),
            externalID: updated.externalID.applied(to: externalID)
        )
        if case .set(let email) = updated.profile.email {
            try checkEmailIsFree(email, accountType: subject.standing.accountType, for: subject.ordinal)
        }
        if case .set(let externalID) = updated.externalID {
            try checkExternalIDIsFree(externalID, for: subject.ordinal)
        }
        return updated
    }

    func disableCustomer(_ id: CustomerID, reason: String?) throws(Rejection) -> [Decided] {
        let subject = try subject(id)
        return subject.events(try statusChanged(to: .disabled, of: subject, reason: reason))
    }

    func enableCustomer(_ id: CustomerID, reason: String?) throws(Rejection) -> [Decided] {
        let subject = try subject(id)
        return subject.events(try statusChanged(to: .active, of: subject, reason: reason))
    }

    private func statusChanged(
        to status: CustomerStatus,
        of subject: Subject,
        reason: String?
    ) throws(Rejection) -> [Event] {
        try check(reason, "reason", Limits.reason, .paragraphs)
        guard status == .active || status == .disabled else {
            throw .invalid(field: "status", reason: "must be active or disabled")
        }
        if status == subject.standing.status { return [] }
        return [status == .active ? .customerEnabled(reason: reason) : .customerDisabled(reason: reason)]
    }

    func recordLogin(_ id: CustomerID) throws(Rejection) -> [Decided] {
        try activeSubject(id).events([.customerLoggedIn])
    }

    func eraseCustomer(_ id: CustomerID, reason: String?) throws(Rejection) -> [Decided] {
        let subject = try subject(id)
        try check(reason, "reason", Limits.reason, .paragraphs)
        return subject.events([.customerErased(reason: reason)])
    }
}
