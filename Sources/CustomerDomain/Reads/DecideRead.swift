extension Decision {
    /// Nothing when the organization does not want to know of such reads; who is not there was not looked at.
    func recordRead(_ kind: ReadKind, _ customers: [CustomerID]) -> [Decided] {
        guard facts.settings.recordedReads.contains(kind) else { return [] }
        var ordinals: [CustomerOrdinal] = []
        for ordinal in customers.compactMap({ facts.customer($0) }) where !ordinals.contains(ordinal) {
            ordinals.append(ordinal)
        }
        guard !ordinals.isEmpty else { return [] }
        return [Decided(customer: nil, event: .personalDataRead(PersonalDataRead(kind: kind, customers: ordinals)))]
    }
}
