/// Why a row, or a part of it, was not taken; the summary counts by it.
public enum ImportReason: String, Hashable, Sendable, CaseIterable {
    case malformedRow = "not a row of this file"
    case noCustomer = "no customer"
    case noOrderNumber = "no order number"
    case noSKU = "no product code"
    case invalidQuantity = "quantity is not a whole number"
    case negativeQuantity = "quantity is not above zero, and this is not a return"
    case positiveReturn = "quantity of a return is not below zero"
    case invalidPrice = "price is not a number"
    case negativePrice = "price is below zero"
    case amountTooLarge = "amount is too large"
    case invalidDate = "date does not follow the format"
    case unknownCurrency = "not an ISO 4217 currency"
    case unknownCountry = "unknown country: name its code in the mapping"
    case invalidEmail = "not an e-mail address"
    case invalidPhone = "not a phone number"
    case adjustment = "an adjustment, neither order nor return"
    case otherCustomer = "another customer than the lines before of this order"
    case otherCurrency = "another currency than the lines before of this order"
    case tooManyLines = "more lines than an order may have"
    case orderClosed = "a line of an order that was complete already: the file is not grouped by order"
    case partialOrder = "another line of this order cannot be taken"
    case orderDiffers = "the order is recorded already, with another customer or total"
    case zeroReturn = "a return of nothing"
    case missing = "is required"
    case repeatedInFile = "is in the file more than once"
    case alreadyUsed = "belongs to another customer already"
    case refused = "refused"
}

/// What is wrong with one row.
public struct ImportFinding: Hashable, Sendable {
    /// The line of the file, from 1, on which the row begins.
    public var line: Int
    /// The column's name; empty where the whole row is meant.
    public var column: String
    /// What is wrong.
    public var reason: ImportReason
    /// More about the reason, or the value at fault where it is not personal: a report lies where no key protects it.
    public var detail: String
}
