/// The fields of a profile of which a merge keeps one side; the numbers are stored.
public enum MergeField: UInt8, Hashable, Sendable, Named {
    case email = 1
    case firstName, lastName, phone, birthDate, role

    /// The field's name on the wire.
    public var name: String {
        switch self {
        case .email: "email"
        case .firstName: "firstName"
        case .lastName: "lastName"
        case .phone: "phone"
        case .birthDate: "birthDate"
        case .role: "customerRole"
        }
    }
}

/// One of the two customers of a merge; the numbers are stored.
public enum MergeSide: UInt8, Hashable, Sendable, Named {
    /// Who answers for both afterwards.
    case survivor = 1
    /// Who is merged.
    case merged = 2

    /// The side's name on the wire.
    public var name: String {
        switch self {
        case .survivor: "survivor"
        case .merged: "merged"
        }
    }
}

extension Profile {
    /// The field as text; `nil` where it is empty.
    public func text(of field: MergeField) -> String? {
        switch field {
        case .email: email?.text
        case .firstName: firstName
        case .lastName: lastName
        case .phone: phone?.text
        case .birthDate: birthDate?.description
        case .role: role
        }
    }

    /// Makes a field what it is in another profile.
    public mutating func take(_ field: MergeField, of other: Profile) {
        switch field {
        case .email: email = other.email
        case .firstName: firstName = other.firstName
        case .lastName: lastName = other.lastName
        case .phone: phone = other.phone
        case .birthDate: birthDate = other.birthDate
        case .role: role = other.role
        }
    }
}

extension ProfileEdit {
    /// The fields that it gives a value, or takes one from.
    public var edited: [MergeField] {
        MergeField.allCases.filter { field in
            switch field {
            case .email: email != .keep
            case .firstName: firstName != .keep
            case .lastName: lastName != .keep
            case .phone: phone != .keep
            case .birthDate: birthDate != .keep
            case .role: role != .keep
            }
        }
    }
}
