/// One event that deciding came to, before it is recorded.
public struct Decided: Hashable, Sendable {
    /// The customer it happened to; `nil` for the organization itself.
    public var customer: CustomerOrdinal?
    /// What happened.
    public var event: Event

    /// An event of this customer.
    public init(customer: CustomerOrdinal?, event: Event) {
        self.customer = customer
        self.event = event
    }
}

/// Decides what a command does to an organization: nothing but the answer, no clock, no chance, no change.
///
/// Refusals come in the order in which a client can do something about them: the customer or order is not there,
/// another version was expected, the customer is disabled, the content cannot be taken.
///
/// - Parameters:
///   - command: What is asked for.
///   - facts: The organization as it is.
///   - expectedVersion: The version that the command's customer must have; `nil` for any. For an order's command it is
///     that of the order's customer, for a merge and its undoing that of the survivor, for a creation 0; commands of the
///     organization and of groups have none and ignore it.
///   - actor: Who asks. What a command needs at all is checked before; this is for what depends on how things stand.
/// - Returns: The events, in order; empty when everything already is as asked.
/// - Throws: The ``Rejection``; then nothing happens.
public func decide(
    _ command: Command,
    facts: some OrganizationFacts,
    expectedVersion: UInt32? = nil,
    by actor: Actor = .admin
) throws(Rejection) -> [Decided] {
    let decision = Decision(facts: facts, expectedVersion: expectedVersion, actor: actor)
    return switch command {
    case .createCustomer(let creation): try decision.createCustomer(creation)
    case .updateCustomer(let update): try decision.updateCustomer(update)
    case .disableCustomer(let id, let reason): try decision.disableCustomer(id, reason: reason)
    case .enableCustomer(let id, let reason): try decision.enableCustomer(id, reason: reason)
    case .recordLogin(let id): try decision.recordLogin(id)
    case .claimGuest(let id, let isVerified): try decision.claimGuest(id, isVerified: isVerified)
    case .requestCode(let id, let issued): try decision.requestCode(issued, for: id)
    case .confirmCode(let id, let confirmation, let now): try decision.confirmCode(confirmation, of: id, at: now)
    case .changeSuppression(let id, let change): try decision.changeSuppression(change, of: id)
    case .addAddress(let addition): try decision.addAddress(addition)
    case .updateAddress(let update): try decision.updateAddress(update)
    case .removeAddress(let id, let address): try decision.removeAddress(address, of: id)
    case .addTags(let id, let tags): try decision.addTags(tags, to: id)
    case .removeTags(let id, let tags): try decision.removeTags(tags, from: id)
    case .addNote(let id, let note): try decision.addNote(note, to: id)
    case .changeConsents(let id, let changes): try decision.changeConsents(changes, of: id)
    case .openDataRequest(let id, let opening): try decision.openDataRequest(opening, of: id)
    case .checkIdentity(let checked): try decision.checkIdentity(checked)
    case .decideDataRequest(let decided): try decision.decideDataRequest(decided)
    case .cancelDataRequest(let cancellation): try decision.cancelDataRequest(cancellation)
    case .executeDataRequest(let execution): try decision.executeDataRequest(execution)
    case .createGroup(let group): try decision.createGroup(group)
    case .addGroupMembers(let id, let members): try decision.addMembers(members, to: id)
    case .removeGroupMembers(let id, let members): try decision.removeMembers(members, from: id)
    case .placeOrder(let id, let order): try decision.placeOrder(order, of: id)
    case .changeOrderStatus(let change): try decision.changeOrderStatus(change)
    case .cancelOrder(let cancellation): try decision.cancelOrder(cancellation)
    case .refundOrder(let refund): try decision.refundOrder(refund)
    case .recordRefund(let id, let refund): try decision.recordRefund(refund, to: id)
    case .configureLoyalty(let program): try decision.configureLoyalty(program)
    case .enrollInLoyalty(let id, let cardNumber): try decision.enroll(id, cardNumber: cardNumber)
    case .earnPoints(let id, let points): try decision.earnPoints(points, by: id)
    case .adjustPoints(let id, let points): try decision.adjustPoints(points, of: id)
    case .redeemPoints(let id, let points): try decision.redeemPoints(points, of: id)
    case .issueCredit(let id, let issued, let now): try decision.issueCredit(issued, to: id, at: now)
    case .spendCredit(let id, let spending, let now): try decision.spendCredit(spending, by: id, at: now)
    case .revertCredit(let id, let revert, let now): try decision.revertCredit(revert, of: id, at: now)
    case .expireCredit(let id, let now): try decision.expireCredit(of: id, at: now)
    case .mergeCustomers(let survivor, let merged, let choices):
        try decision.merge(merged, into: survivor, choices)
    case .unmergeCustomers(let survivor, let merged): try decision.unmerge(merged, from: survivor)
    case .eraseCustomer(let id, let reason): try decision.eraseCustomer(id, reason: reason)
    case .configureOrganization(let settings): try decision.configureOrganization(settings)
    case .createAPIKey(let key): try decision.createAPIKey(key)
    case .revokeAPIKey(let id): try decision.revokeAPIKey(id)
    case .recordRead(let kind, let customers): decision.recordRead(kind, customers)
    }
}

/// One decision being made; each feature adds its commands.
struct Decision<Facts: OrganizationFacts> {
    let facts: Facts
    let expectedVersion: UInt32?
    let actor: Actor
}
