public import CustomerDomain
import EventSourcing

extension OrganizationState {
    /// Whether the customer is reached by e-mail and phone, and which codes are out.
    public func contacts(of customer: CustomerOrdinal) -> Contacts { contacts[customer.index] }

    /// Adds what is known of the ways to customers; nothing of it is personal.
    func addContacts(to digest: inout StateDigest) {
        digest.add(Int64(contacts.rows.count))
        for (row, contacts) in contacts.rows.sorted(by: { $0.key < $1.key }) {
            digest.add(UInt64(row))
            for channel in ContactChannel.allCases {
                let way = contacts[channel]
                digest.add(way.verifiedAt?.microseconds ?? noTime)
                digest.add(Int64(way.suppression?.reason.rawValue ?? 0))
                digest.add(way.suppression?.since.microseconds ?? noTime)
            }
            for purpose in CodePurpose.allCases {
                let code = contacts.codes[purpose]
                digest.add(code?.requestedAt.microseconds ?? noTime)
                guard let code else { continue }
                digest.add(ContiguousArray(code.digest))
                digest.add(code.expiresAt?.microseconds ?? noTime)
                digest.add(Int64(code.failureCount))
            }
        }
    }
}
