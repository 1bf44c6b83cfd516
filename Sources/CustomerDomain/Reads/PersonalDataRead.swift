/// How somebody looks at the personal data of others.
public enum ReadKind: UInt8, Hashable, Sendable, Named {
    /// A customer's page, or a part of it.
    case profile = 1
    /// Data that leaves: an export, a bundle.
    case export = 2
    /// A look into what was recorded.
    case audit = 3

    /// The kind as it is written.
    public var name: String {
        switch self {
        case .profile: "profile"
        case .export: "export"
        case .audit: "audit"
        }
    }
}

/// Somebody looked at the personal data of customers.
///
/// It happens to the organization, not to the customers: looking at somebody changes nothing about them, not even the version.
public struct PersonalDataRead: Hashable, Sendable {
    /// How.
    public var kind: ReadKind
    /// Whose, each once.
    public var customers: [CustomerOrdinal]

    /// A look at these customers.
    public init(kind: ReadKind, customers: [CustomerOrdinal]) {
        self.kind = kind
        self.customers = customers
    }
}
