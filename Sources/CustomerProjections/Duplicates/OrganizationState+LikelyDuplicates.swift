public import CustomerDomain

// Who is likely one person, asked about one number or one customer: by indexes, without looking at everybody.
extension OrganizationState {
    /// Who stands with the digits of this phone number, by ordinal.
    ///
    /// Costs as much as a search.
    public func customers(withPhone phone: PhoneNumber) -> [CustomerOrdinal] {
        let digits = ContiguousArray(phone.digits.utf8)
        var matches = customers.standing
        let word = SearchWord(bytes: digits, phoneDigits: nil)
        search.filter(&matches, words: [word], texts: customers.searchText, arena: arena)
        var found: [CustomerOrdinal] = []
        matches.forEach { row in
            let isSame = arena.withBytes(customers.searchText[row]) { text in
                SearchText.digits(in: text).dropFirst().dropLast().elementsEqual(digits)
            }
            if isSame { found.append(CustomerOrdinal(UInt32(row))) }
        }
        return found
    }

    /// As ``DuplicateKeys/duplicates(of:)`` with the keys of everybody.
    ///
    /// Costs as much as a search where the customer has a phone number, and about a microsecond for each customer with the same
    /// name, where it has a name and a postal code.
    public func likelyDuplicates(of customer: CustomerOrdinal) -> [DuplicateGroup] {
        let profile = profile(of: customer)
        var reasons: [CustomerOrdinal: Set<DuplicateReason>] = [:]
        if let email = profile.email {
            for type in AccountType.allCases {
                guard let other = self.customer(withEmail: email.normalized, accountType: type) else { continue }
                reasons[other, default: []].insert(.email)
            }
        }
        if let phone = profile.phone {
            for other in customers(withPhone: phone) { reasons[other, default: []].insert(.phone) }
        }
        for other in namesakes(of: customer.index) { reasons[other, default: []].insert(.nameAndPostalCode) }
        reasons[customer] = nil
        return reasons.map { DuplicateGroup(customers: [$0], reasons: $1) }.sorted { $0.precedes($1) }
    }

    /// Who stands with the same full name and the same postal code, this one with them.
    private func namesakes(of row: Int) -> [CustomerOrdinal] {
        guard isFullyNamed(row), let code = postalCode(of: row) else { return [] }
        let name = arena.withBytes(customers.searchText[row]) { ContiguousArray(SearchText.name(in: $0)) }
        var matches = customers.standing
        let nameCode = customers.nameCode[row]
        customers.nameCode.keep(nameCode...nameCode, in: &matches)
        var found: [CustomerOrdinal] = []
        matches.forEach { other in
            let isSame = arena.withBytes(customers.searchText[other]) { SearchText.name(in: $0).elementsEqual(name) }
            guard isSame, isFullyNamed(other), postalCode(of: other) == code else { return }
            found.append(CustomerOrdinal(UInt32(other)))
        }
        return found
    }

    private func isFullyNamed(_ row: Int) -> Bool {
        arena.withBytes(customers.profile[row]) { profile in
            ProfileRecord.text(.firstName, in: profile) != nil && ProfileRecord.text(.lastName, in: profile) != nil
        }
    }
}
