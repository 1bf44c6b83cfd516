/// An ``Address`` where it lies.
public struct AddressView {
    /// Its identifier.
    public var id = AddressID(high: 0, low: 0)
    /// What is written on it.
    public var fields = AddressFieldsView()
    /// Whether orders ship here unless told otherwise.
    public var isDefaultShipping = false
    /// Whether invoices go here unless told otherwise.
    public var isDefaultBilling = false

    /// An address that says nothing yet.
    public init() {}
}

/// ``AddressFields`` where they lie.
public struct AddressFieldsView {
    /// What the customer calls it.
    public var label: TextView?
    /// The recipient's given name.
    public var firstName: TextView?
    /// The recipient's family name.
    public var lastName: TextView?
    /// The company.
    public var company: TextView?
    /// Street and number.
    public var line1: TextView?
    /// Apartment, floor.
    public var line2: TextView?
    /// The city.
    public var city: TextView?
    /// State, province or region.
    public var state: TextView?
    /// Postal or ZIP code.
    public var postalCode: TextView?
    /// The country.
    public var country: CountryCode?
    /// The recipient's phone number.
    public var phone: TextView?
    /// What alone it is for.
    public var use: AddressUse?

    /// An address without any line.
    public init() {}
}

extension Address {
    /// A copy of the address.
    public init(_ view: AddressView) {
        self.init(
            id: view.id,
            fields: AddressFields(view.fields),
            isDefaultShipping: view.isDefaultShipping,
            isDefaultBilling: view.isDefaultBilling
        )
    }
}

extension AddressFields {
    /// A copy of the fields.
    public init(_ view: AddressFieldsView) {
        self.init()
        label = view.label.map { String($0) }
        firstName = view.firstName.map { String($0) }
        lastName = view.lastName.map { String($0) }
        company = view.company.map { String($0) }
        line1 = view.line1.map { String($0) }
        line2 = view.line2.map { String($0) }
        city = view.city.map { String($0) }
        state = view.state.map { String($0) }
        postalCode = view.postalCode.map { String($0) }
        country = view.country
        phone = view.phone.map { String($0) }
        use = view.use
    }
}
