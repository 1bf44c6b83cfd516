/// Somebody asked to mail an invoice; the shop's own mailer hears of it by a webhook.
public struct InvoiceRequested: Hashable, Sendable {
    /// The order's number.
    public var orderNumber: String
    /// Where it goes.
    public var recipient: InvoiceRecipient
    /// The address, where it is not the customer's own; personal.
    public var email: EmailAddress?

    /// A request of these parts.
    public init(orderNumber: String, recipient: InvoiceRecipient, email: EmailAddress? = nil) {
        self.orderNumber = orderNumber
        self.recipient = recipient
        self.email = email
    }
}

/// Where an invoice goes; the numbers are stored.
public enum InvoiceRecipient: UInt8, Hashable, Sendable, Named {
    /// To the customer's e-mail address.
    case customer = 1
    /// To another address, as of an accountant.
    case other = 2

    /// The name on the wire.
    public var name: String {
        switch self {
        case .customer: "customer"
        case .other: "other"
        }
    }
}
