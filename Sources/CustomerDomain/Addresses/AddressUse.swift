/// What alone an address is for, where it is not for everything; the numbers are stored.
public enum AddressUse: UInt8, Hashable, Sendable, Named {
    /// Goods go there, and never an invoice.
    case shipping = 1
    /// Invoices go there, and never goods.
    case billing = 2

    /// The name on the wire.
    public var name: String {
        switch self {
        case .shipping: "shipping"
        case .billing: "billing"
        }
    }

    /// The name on the wire of an address for everything.
    public static let nameOfBoth = "both"

    /// The name on the wire, of an address for everything, too.
    public static func name(of use: AddressUse?) -> String { use?.name ?? nameOfBoth }
}
