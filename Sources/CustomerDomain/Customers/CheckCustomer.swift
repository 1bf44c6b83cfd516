extension Decision {
    /// A customer without any name, contact or external id could never be found again.
    func checkIsKnownBySomething(_ profile: Profile, externalID: String?) throws(Rejection) {
        guard
            profile.email == nil, profile.phone == nil, profile.firstName == nil, profile.lastName == nil,
            externalID == nil
        else { return }
        throw .invalid(
            field: "email",
            reason: "is required when there is no phone, externalId, firstName or lastName"
        )
    }

    /// At most one registered customer and one guest stand with an e-mail address.
    ///
    /// - Parameters:
    ///   - email: The address; `nil` is free for everybody.
    ///   - accountType: What its holder will be.
    ///   - customers: Those who may hold it already.
    /// - Throws: ``Rejection/emailTaken(by:)``.
    func checkEmailIsFree(
        _ email: EmailAddress?,
        accountType: AccountType,
        for customers: CustomerOrdinal?...
    ) throws(Rejection) {
        guard let email else { return }
        guard let holder = facts.customer(withEmail: email.normalized, accountType: accountType) else { return }
        if !customers.contains(holder) { throw .emailTaken(by: facts.standing(of: holder).id) }
    }

    func checkExternalIDIsFree(_ externalID: String?, for customer: CustomerOrdinal?) throws(Rejection) {
        guard let externalID, let holder = facts.customer(withExternalID: externalID) else { return }
        if holder != customer { throw .externalIDTaken(by: facts.standing(of: holder).id) }
    }
}
