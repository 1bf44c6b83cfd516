import CustomerDomain
import CustomerProjections
import EventSourcing

/// What an import needs to know of the customers it meets; remembers those it met lately.
struct ImportedCustomers {
    /// A customer, and the country that imports gave it.
    struct Known {
        var id: CustomerID
        var ordinal: CustomerOrdinal
        /// The address that holds nothing but a country, if there is one.
        var countryAddress: AddressID?
        var country: CountryCode?
        /// Whether it has an address of which the import must keep its hands off.
        var hasFullAddress: Bool
    }

    private var known: [String: Known] = [:]

    /// The customer with this external id; `nil` when there is none.
    mutating func find(_ externalID: String, in organization: Organization) -> Known? {
        if let found = known[externalID] { return found }
        let found: Known? = organization.peek { state, _ in
            guard let ordinal = state.customer(withExternalID: externalID) else { return nil }
            var customer = Known(id: state.standing(of: ordinal).id, ordinal: ordinal, hasFullAddress: false)
            for address in state.addresses(of: ordinal) {
                if address.fields.isCountryOnly {
                    customer.countryAddress = address.id
                    customer.country = address.fields.country
                } else {
                    customer.hasFullAddress = true
                }
            }
            return customer
        }
        if let found { remember(externalID, found) }
        return found
    }

    /// Keeps what became of a customer.
    mutating func remember(_ externalID: String, _ customer: Known) {
        if known.count >= rememberedCount { known.removeAll(keepingCapacity: true) }
        known[externalID] = customer
    }
}

private let rememberedCount = 1 << 16

extension AddressFields {
    /// Whether the country is all that is known.
    fileprivate var isCountryOnly: Bool {
        var fields = AddressFields()
        fields.country = country
        return self == fields
    }
}
