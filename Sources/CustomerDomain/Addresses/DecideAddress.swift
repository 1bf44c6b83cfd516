extension Decision {
    func addAddress(_ addition: AddAddress) throws(Rejection) -> [Decided] {
        let subject = try subject(addition.customer)
        let current = facts.addresses(of: subject.ordinal)
        let added = try addressAdded(addition.address, to: current.map(\.id), path: "")
        return subject.events([added])
    }

    /// The first addresses of a customer being created.
    func addressesAdded(_ addresses: [Address]) throws(Rejection) -> [Event] {
        var events: [Event] = []
        var present: [AddressID] = []
        for (index, address) in addresses.enumerated() {
            events.append(try addressAdded(address, to: present, path: "addresses/\(index)/"))
            present.append(address.id)
        }
        return events
    }

    /// A customer's only address is the default for everything, unless it is marked as the default for one thing.
    private func addressAdded(_ address: Address, to present: [AddressID], path: String) throws(Rejection) -> Event {
        if present.count >= Limits.addressesPerCustomer {
            throw .limitReached("addresses", limit: Limits.addressesPerCustomer)
        }
        if present.contains(address.id) { throw .invalid(field: path + "id", reason: "is already in use") }
        try checkAddress(address.fields, path: path)
        var added = address
        if present.isEmpty, !address.isDefaultShipping, !address.isDefaultBilling {
            added.isDefaultShipping = true
            added.isDefaultBilling = true
        }
        return .addressAdded(added)
    }

    func updateAddress(_ update: UpdateAddress) throws(Rejection) -> [Decided] {
        let subject = try subject(update.customer)
        let addresses = facts.addresses(of: subject.ordinal)
        guard let address = addresses.first(where: { $0.id == update.address }) else {
            throw .addressNotFound(update.address)
        }
        var events: [Event] = []
        let fields = update.fields.applied(to: address.fields)
        if fields != address.fields {
            try checkAddress(fields, path: "")
            events.append(.addressUpdated(address.id, fields))
        }
        let before = DefaultAddresses(of: addresses)
        var after = before
        after.shipping.move(to: address.id, if: update.isDefaultShipping)
        after.billing.move(to: address.id, if: update.isDefaultBilling)
        if after != before { events.append(after.event) }
        return subject.events(events)
    }

    /// No other address takes the place of a default that goes; the events say so.
    func removeAddress(_ id: AddressID, of customer: CustomerID) throws(Rejection) -> [Decided] {
        let subject = try subject(customer)
        let addresses = facts.addresses(of: subject.ordinal)
        guard addresses.contains(where: { $0.id == id }) else { throw .addressNotFound(id) }
        let before = DefaultAddresses(of: addresses)
        let after = DefaultAddresses(of: addresses.filter { $0.id != id })
        return subject.events([.addressRemoved(id)] + (after == before ? [] : [after.event]))
    }

    /// Refuses an address without any field, and fields that cannot be written on an envelope.
    func checkAddress(_ fields: AddressFields, path: String) throws(Rejection) {
        if fields == AddressFields() {
            throw .invalid(field: path + "line1", reason: "is required when the address has no other field")
        }
        for field in AddressTextField.allCases {
            try check(fields[keyPath: field.keyPath], path + field.name, Limits.addressField)
        }
    }
}

/// Which addresses of a customer are the defaults.
private struct DefaultAddresses: Hashable {
    var shipping: AddressID?
    var billing: AddressID?

    init(of addresses: [Address]) {
        shipping = addresses.first(where: \.isDefaultShipping)?.id
        billing = addresses.first(where: \.isDefaultBilling)?.id
    }

    var event: Event { .defaultAddressesChanged(shipping: shipping, billing: billing) }
}

extension AddressID? {
    /// Makes `id` the default, or no longer the default; `nil` leaves everything.
    fileprivate mutating func move(to id: AddressID, if isDefault: Bool?) {
        if isDefault == true { self = id }
        if isDefault == false, self == id { self = nil }
    }
}
