/// An address of a customer.
public struct Address: Hashable, Sendable {
    /// Its identifier.
    public var id: AddressID
    /// What is written on it.
    public var fields: AddressFields
    /// Whether orders ship here unless told otherwise.
    public var isDefaultShipping: Bool
    /// Whether invoices go here unless told otherwise.
    public var isDefaultBilling: Bool
    /// What was last found of it; `nil` while nothing was, and in events, which say that by themselves.
    public var verification: AddressVerification?

    /// An address of these parts.
    public init(id: AddressID, fields: AddressFields, isDefaultShipping: Bool = false, isDefaultBilling: Bool = false) {
        self.id = id
        self.fields = fields
        self.isDefaultShipping = isDefaultShipping
        self.isDefaultBilling = isDefaultBilling
    }
}

/// The lines of an address; all of it is personal data.
public struct AddressFields: Hashable, Sendable {
    /// What the customer calls it: Home, Office.
    public var label: String?
    /// The recipient's given name.
    public var firstName: String?
    /// The recipient's family name.
    public var lastName: String?
    /// The company.
    public var company: String?
    /// Street and number.
    public var line1: String?
    /// Apartment, floor.
    public var line2: String?
    /// The city.
    public var city: String?
    /// State, province or region.
    public var state: String?
    /// Postal or ZIP code.
    public var postalCode: String?
    /// The country.
    public var country: CountryCode?
    /// The recipient's phone number.
    public var phone: String?
    /// What alone it is for; `nil` for everything.
    public var use: AddressUse?

    /// An address without any line.
    public init() {}
}

/// A partial update of ``AddressFields``.
public struct AddressEdit: Hashable, Sendable {
    /// The edit of each text field, by the field.
    public var texts: [AddressTextField: Edit<String>] = [:]
    /// The edit of the country.
    public var country: Edit<CountryCode> = .keep
    /// The edit of what it is for.
    public var use: Edit<AddressUse> = .keep

    /// An edit that keeps everything.
    public init() {}

    /// The fields after the edit.
    public func applied(to fields: AddressFields) -> AddressFields {
        var result = fields
        for (field, edit) in texts {
            result[keyPath: field.keyPath] = edit.applied(to: fields[keyPath: field.keyPath])
        }
        result.country = country.applied(to: fields.country)
        result.use = use.applied(to: fields.use)
        return result
    }
}

/// The text fields of an address, in the order in which they are stored and written.
public enum AddressTextField: UInt8, Hashable, Sendable, Named {
    case label = 1
    case firstName, lastName, company, line1, line2, city, state, postalCode, phone

    /// Where the field is in ``AddressFields``.
    public var keyPath: WritableKeyPath<AddressFields, String?> {
        switch self {
        case .label: \.label
        case .firstName: \.firstName
        case .lastName: \.lastName
        case .company: \.company
        case .line1: \.line1
        case .line2: \.line2
        case .city: \.city
        case .state: \.state
        case .postalCode: \.postalCode
        case .phone: \.phone
        }
    }

    /// The field's name on the wire.
    public var name: String {
        switch self {
        case .label: "label"
        case .firstName: "firstName"
        case .lastName: "lastName"
        case .company: "company"
        case .line1: "line1"
        case .line2: "line2"
        case .city: "city"
        case .state: "state"
        case .postalCode: "postalCode"
        case .phone: "phone"
        }
    }
}
