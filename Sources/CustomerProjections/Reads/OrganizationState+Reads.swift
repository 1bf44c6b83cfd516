public import CustomerDomain
public import EventSourcing

extension OrganizationState {
    mutating func note(_ read: PersonalDataRead, at sequence: SequenceNumber) {
        for customer in read.customers where customer.index < customers.count {
            reads.append(sequence.value, customer: customer.value)
        }
    }

    /// Where recorded looks at a customer are in the log, those at merged customers among them, the latest first.
    ///
    /// Costs time in proportion to these looks.
    public func reads(of customer: CustomerOrdinal, page: PageRequest) throws(QueryError) -> Page<SequenceNumber> {
        let sequences = Set(identities(of: customer).flatMap { reads.sequences(of: $0.index) }).sorted()
        return try places(sequences.count, page, kind: 20, isNewestFirst: true).map { SequenceNumber(sequences[$0]) }
    }
}
