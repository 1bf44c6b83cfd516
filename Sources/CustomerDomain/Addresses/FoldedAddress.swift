/// What two addresses of one place have in common, however they are spelled; what it is called, and what for, is not part of
/// that.
struct FoldedAddress: Hashable {
    private var lines: [[String]]
    private var country: CountryCode?

    init(_ fields: AddressFields) {
        lines = AddressTextField.allCases.filter { $0 != .label }
            .map { field in
                (fields[keyPath: field.keyPath] ?? "").lowercased().split(whereSeparator: \.isWhitespace)
                    .map(String.init)
            }
        country = fields.country
    }
}

extension AddressFields {
    /// Whether the fields name one place, and not just a town or a person.
    var isPlace: Bool { line1 != nil && (city != nil || postalCode != nil) }

    /// Whether both name the same place, whatever it is called and for.
    func isSamePlace(as other: AddressFields) -> Bool {
        isPlace && other.isPlace && FoldedAddress(self) == FoldedAddress(other)
    }

    /// Whether the customer who has this address needs no other one for what that one is for.
    func covers(_ other: AddressFields) -> Bool {
        (use == nil || use == other.use) && FoldedAddress(self) == FoldedAddress(other)
    }
}
