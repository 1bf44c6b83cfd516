public import EventSourcing

/// Why a command was refused; nothing changed.
///
/// Each has a ``code`` for programs, a ``text`` for people, a ``kind`` and often the ``field`` at fault.
public enum Rejection: Error, Hashable, Sendable {
    /// A field's value cannot be taken.
    ///
    /// `field` is its path on the wire, such as `items/0/quantity` (empty for the whole body), and `reason` says what it
    /// must be or is, so that both together are a sentence: "must be a positive integer".
    case invalid(field: String, reason: String)
    /// There is no such customer.
    case customerNotFound(CustomerID)
    /// The customer was erased.
    case customerErased(CustomerID)
    /// The customer was merged; `into` answers for it.
    case customerMerged(CustomerID, into: CustomerID)
    /// The customer is disabled.
    case customerDisabled(CustomerID)
    /// Another customer of the same account type has the e-mail address; for a guest to be claimed, a registered one.
    case emailTaken(by: CustomerID)
    /// Another customer has the external id.
    case externalIDTaken(by: CustomerID)
    /// Only guests can be claimed.
    case notAGuest(CustomerID)
    /// Neither is the e-mail address of the guest known to be the person's, nor does the caller say so.
    case contactUnverified(CustomerID)
    /// No code is out that could come back.
    case codeMissing(CustomerID)
    /// The code's time is over.
    case codeExpired(CustomerID)
    /// Too many wrong codes came back.
    case codeSpent(CustomerID)
    /// Guests have no password.
    case noPassword(CustomerID)
    /// The customer has no e-mail address.
    case noEmail(CustomerID)
    /// Nothing is to be sent to the customer's e-mail address.
    case emailSuppressed(CustomerID)
    /// The customer has no such address.
    case addressNotFound(AddressID)
    /// The customer has this address already, perhaps spelled otherwise.
    case addressExists(AddressID)
    /// There is no such group.
    case groupNotFound(GroupID)
    /// Another group has the name, perhaps in another case.
    case groupNameTaken(String)
    /// There is no such segment, or it was removed.
    case segmentNotFound(SegmentID)
    /// Another segment has the name, perhaps in another case.
    case segmentNameTaken(String)
    /// Another segment has the key.
    case segmentKeyTaken(String)
    /// There is no such note of the customer, or it was removed, or it is private to somebody else.
    case noteNotFound(NoteID)
    /// Only its author and admins may change or remove the note.
    case noteOfAnother(NoteID)
    /// There is no such return.
    case returnNotFound(ReturnID)
    /// Where the return stands, this cannot be done with it.
    case returnStatus(ReturnID, ReturnStatus)
    /// A pricing rule is for the group.
    case groupInUse(GroupID, by: PricingRuleID)
    /// A rule gives membership of the group.
    case groupRuled(GroupID, by: RuleID)
    /// A rule goes by the segment.
    case segmentInUse(SegmentID, by: RuleID)
    /// There is no such rule.
    case ruleNotFound(RuleID)
    /// Another rule has the name, perhaps in another case.
    case ruleNameTaken(String)
    /// The rule is not at work.
    case ruleInactive(RuleID)
    /// The rule would go by what this one gives, perhaps itself, and that one by what the rule gives.
    case ruleCircle(by: RuleID)
    /// There is no such view, or it is another maker's alone.
    case viewNotFound(ViewID)
    /// Another view of the same maker has the name, perhaps in another case.
    case viewNameTaken(String)
    /// Only the view's maker may do this, or an admin.
    case viewOfAnother(ViewID)
    /// There is no such pricing rule.
    case pricingRuleNotFound(PricingRuleID)
    /// There is no such custom field.
    case customFieldNotFound(CustomFieldID)
    /// Another custom field is of the key.
    case customFieldKeyTaken(String)
    /// Another group has the key.
    case groupKeyTaken(String)
    /// There is no such order, or it is another customer's.
    case orderNotFound(String)
    /// Another order has the number.
    case orderNumberTaken(String)
    /// The order is cancelled, for good.
    case orderCancelled(String)
    /// The goods were sent already.
    case orderNotCancellable(String, FulfillmentStatus)
    /// Another refund has the reference.
    case refundReferenceTaken(String)
    /// More than is left of the order, in minor units.
    case refundExceedsOrder(remaining: Int64)
    /// Everything was paid back already, or the order came to nothing.
    case nothingToRefund(String)
    /// No loyalty programme was configured.
    case loyaltyProgramInactive
    /// The customer is not in the loyalty programme.
    case loyaltyAccountMissing
    /// The customer already is in the loyalty programme.
    case loyaltyAccountExists(CustomerID)
    /// Another customer has the card.
    case loyaltyCardTaken(String)
    /// More points than the customer has.
    case insufficientPoints(balance: Int64)
    /// The customer redeemed no points by this event.
    case redemptionNotFound(SequenceNumber)
    /// All of the redemption came back already.
    case nothingToRestore(SequenceNumber)
    /// More than is left of the redemption.
    case restoreExceedsRedemption(remaining: Int64)
    /// Less store credit than asked for, or none.
    case insufficientCredit(balance: Money)
    /// There is no such spending of store credit, or it is another customer's.
    case creditSpendNotFound(CreditSpendID)
    /// All of the spending came back already.
    case nothingToRevert(CreditSpendID)
    /// More than is left of the spending, in minor units.
    case revertExceedsSpend(remaining: Int64)
    /// A customer cannot be merged into itself.
    case mergeWithItself
    /// The customer is not merged into this one.
    case notMerged(CustomerID, into: CustomerID)
    /// The merge of this customer is later, and must be undone first.
    case mergeNotLatest(CustomerID)
    /// The merge cannot be undone any more.
    case mergeFixed(MergeObstacle)
    /// The currency cannot change once there are orders.
    case currencyFixed(CurrencyCode)
    /// There is no such request.
    case dataRequestNotFound(DataRequestID)
    /// Where the request stands, this cannot be done with it.
    case dataRequestStatus(DataRequestID, DataRequestStatus)
    /// Only who opened the request may do this, or an admin.
    case dataRequestOfAnother(DataRequestID)
    /// Who approved an erasure does not execute it, but for an admin.
    case fourEyes(DataRequestID)
    /// The actor lacks a permission that this needs as things stand.
    case permissionMissing(Permission)
    /// There is no such job.
    case jobNotFound(JobID)
    /// Where the job stands, this cannot be done with it.
    case jobStatus(JobID, JobStatus)
    /// The job's files are gone.
    case jobExpired(JobID)
    /// There is no such endpoint.
    case webhookNotFound(WebhookID)
    /// The endpoint has no such message, or it was too long ago.
    case webhookMessageNotFound(WebhookMessageID)
    /// There is no such key, or it was revoked already.
    case apiKeyNotFound(APIKeyID)
    /// Without it nobody could administer the organization.
    case lastAdminKey
    /// The actor would give away this permission, or `nil` a whole built-in role, without having it.
    case beyondOwnRights(Permission?)
    /// There is no such role.
    case roleNotFound(RoleID)
    /// Another role has the name, perhaps in another case.
    case roleNameTaken(String)
    /// So many keys have the role.
    case roleInUse(RoleID, keys: Int)
    /// What was to be changed is not any longer what the caller saw.
    case changedMeanwhile
    /// A named limit would be passed.
    case limitReached(String, limit: Int)
    /// The caller expected another version of the customer.
    case versionMismatch(actual: UInt32)
}
