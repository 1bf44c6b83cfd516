/// Why a command was refused; nothing changed.
public enum Rejection: Error, Hashable, Sendable {
    /// A field's value cannot be taken; `field` is its path on the wire, such as `items/0/quantity`.
    case invalid(field: String, reason: String)
    case customerNotFound(CustomerID)
    case customerErased(CustomerID)
    /// The customer was merged; `into` answers for it.
    case customerMerged(CustomerID, into: CustomerID)
    case customerDisabled(CustomerID)
    case emailTaken(by: CustomerID)
    case externalIDTaken(by: CustomerID)
    case notAGuest(CustomerID)
    case addressNotFound(AddressID)
    case groupNotFound(GroupID)
    case groupNameTaken(String)
    case orderNotFound(String)
    case orderNumberTaken(String)
    case orderCancelled(String)
    case orderNotCancellable(String, FulfillmentStatus)
    case refundReferenceTaken(String)
    case refundExceedsOrder(remaining: Int64)
    case nothingToRefund(String)
    case loyaltyProgramInactive
    case loyaltyAccountMissing
    case loyaltyAccountExists(CustomerID)
    case loyaltyCardTaken(String)
    case insufficientPoints(balance: Int64)
    case mergeWithItself
    case currencyFixed(CurrencyCode)
    case apiKeyNotFound(APIKeyID)
    case lastAdminKey
    /// A named limit would be passed.
    case limitReached(String, limit: Int)
    /// The caller expected another version of the customer.
    case versionMismatch(actual: UInt32)
}
