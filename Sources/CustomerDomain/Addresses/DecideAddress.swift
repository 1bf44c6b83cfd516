extension Decision {
    func addAddress(_ addition: AddAddress) throws(Rejection) -> [Decided] {
        let subject = try subject(addition.customer)
        let current = facts.addresses(of: subject.ordinal)
        try checkIsNew(addition.address.fields, among: current)
        let added = try addressAdded(addition.address, to: current, path: "")
        return subject.events([added])
    }

    /// The first addresses of a customer being created.
    func addressesAdded(_ addresses: [Address]) throws(Rejection) -> [Event] {
        var events: [Event] = []
        var present: [Address] = []
        for (index, address) in addresses.enumerated() {
            if let same = present.firstIndex(where: { $0.fields.isSamePlace(as: address.fields) }) {
                throw .invalid(field: "addresses/\(index)", reason: "is the same address as addresses/\(same)")
            }
            events.append(try addressAdded(address, to: present, path: "addresses/\(index)/"))
            present.append(address)
        }
        return events
    }

    /// A customer's only address is the default for all that it is for, unless it is marked as the default for one.
    private func addressAdded(_ address: Address, to present: [Address], path: String) throws(Rejection) -> Event {
        if present.count >= Limits.addressesPerCustomer {
            throw .limitReached("addresses", limit: Limits.addressesPerCustomer)
        }
        if present.contains(where: { $0.id == address.id }) {
            throw .invalid(field: path + "id", reason: "is already in use")
        }
        try checkAddress(address.fields, path: path)
        try checkPostalCode(address.fields, path: path)
        try checkDefaults(address.isDefaultShipping, address.isDefaultBilling, of: address.fields, path: path)
        var added = address
        added.verification = nil
        if present.isEmpty, !address.isDefaultShipping, !address.isDefaultBilling {
            added.isDefaultShipping = address.fields.use != .billing
            added.isDefaultBilling = address.fields.use != .shipping
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
            if (fields.postalCode, fields.country) != (address.fields.postalCode, address.fields.country) {
                try checkPostalCode(fields, path: "")
            }
            if !fields.isSamePlace(as: address.fields) {
                try checkIsNew(fields, among: addresses.filter { $0.id != address.id })
            }
            events.append(.addressUpdated(address.id, fields))
        }
        try checkDefaults(update.isDefaultShipping, update.isDefaultBilling, of: fields, path: "")
        let before = DefaultAddresses(of: addresses)
        var after = before
        after.shipping.move(to: address.id, if: fields.use == .billing ? false : update.isDefaultShipping)
        after.billing.move(to: address.id, if: fields.use == .shipping ? false : update.isDefaultBilling)
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

    func verifyAddress(_ verified: AddressVerified, of customer: CustomerID) throws(Rejection) -> [Decided] {
        let subject = try subject(customer)
        try check(verified.reason, "reason", Limits.reason, .paragraphs)
        guard let address = facts.addresses(of: subject.ordinal).first(where: { $0.id == verified.address }) else {
            throw .addressNotFound(verified.address)
        }
        if verified.outcome == .unverified, address.verification == nil { return [] }
        return subject.events([.addressVerified(verified)])
    }

    /// Refuses a place that the customer has already; of an address without a street nobody knows whether it is one.
    private func checkIsNew(_ fields: AddressFields, among others: [Address]) throws(Rejection) {
        guard let same = others.first(where: { $0.fields.isSamePlace(as: fields) }) else { return }
        throw .addressExists(same.id)
    }

    /// Refuses a default for what an address is not for.
    private func checkDefaults(
        _ isShipping: Bool?,
        _ isBilling: Bool?,
        of fields: AddressFields,
        path: String
    ) throws(Rejection) {
        if isShipping == true, fields.use == .billing {
            throw .invalid(field: path + "isDefaultShipping", reason: "must not be true for an address for billing")
        }
        if isBilling == true, fields.use == .shipping {
            throw .invalid(field: path + "isDefaultBilling", reason: "must not be true for an address for shipping")
        }
    }

    /// Refuses a postal code that its country does not have; orders, which others took, are not asked.
    private func checkPostalCode(_ fields: AddressFields, path: String) throws(Rejection) {
        guard let country = fields.country, let code = fields.postalCode, let format = PostalFormat.of(country),
            !format.accepts(code)
        else { return }
        let forms = format.postalCodes.joined(separator: " or ")
        throw .invalid(
            field: path + "postalCode",
            reason: "must look like \(forms), as in \(country.name): N is a digit, A a letter, ? either"
        )
    }

    /// Refuses an address without any field, and fields that cannot be written on an envelope.
    func checkAddress(_ fields: AddressFields, path: String) throws(Rejection) {
        var bare = fields
        bare.use = nil
        if bare == AddressFields() {
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
