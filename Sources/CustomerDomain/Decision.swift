public import EventSourcing

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
///   - now: When it happens in the business: decides what is expired, and when what comes of it expires. Commands that
///     say a time of their own go by that.
///   - actor: Who asks. What a command needs at all is checked before; this is for what depends on how things stand.
/// - Returns: The events, in order; empty when everything already is as asked.
/// - Throws: The ``Rejection``; then nothing happens.
public func decide(
    _ command: Command,
    facts: some OrganizationFacts,
    expectedVersion: UInt32? = nil,
    at now: Timestamp = Timestamp(microseconds: 0),
    by actor: Actor = .admin
) throws(Rejection) -> [Decided] {
    let decision = Decision(facts: facts, expectedVersion: expectedVersion, now: command.time ?? now, actor: actor)
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
    case .verifyAddress(let id, let verified): try decision.verifyAddress(verified, of: id)
    case .removeAddress(let id, let address): try decision.removeAddress(address, of: id)
    case .addTags(let id, let tags): try decision.addTags(tags, to: id)
    case .removeTags(let id, let tags): try decision.removeTags(tags, from: id)
    case .addNote(let id, let note): try decision.addNote(note, to: id)
    case .changeNote(let id, let change): try decision.changeNote(change, of: id)
    case .removeNote(let id, let note): try decision.removeNote(note, of: id)
    case .changeConsents(let id, let changes): try decision.changeConsents(changes, of: id)
    case .openDataRequest(let id, let opening): try decision.openDataRequest(opening, of: id)
    case .checkIdentity(let checked): try decision.checkIdentity(checked)
    case .decideDataRequest(let decided): try decision.decideDataRequest(decided)
    case .cancelDataRequest(let cancellation): try decision.cancelDataRequest(cancellation)
    case .executeDataRequest(let execution): try decision.executeDataRequest(execution)
    case .createGroup(let group, let terms): try decision.createGroup(group, terms)
    case .createDefaultGroups(let ids, let currency): try decision.createDefaultGroups(ids, currency)
    case .updateGroup(let id, let edit): try decision.updateGroup(id, edit)
    case .deleteGroup(let id): try decision.deleteGroup(id)
    case .createPricingRule(let rule): try decision.createPricingRule(rule)
    case .replacePricingRule(let rule): try decision.replacePricingRule(rule)
    case .removePricingRule(let id): try decision.removePricingRule(id)
    case .createCustomField(let field): try decision.createCustomField(field)
    case .replaceCustomField(let field): try decision.replaceCustomField(field)
    case .removeCustomField(let id): try decision.removeCustomField(id)
    case .addGroupMembers(let id, let members, let reason):
        try decision.addMembers(members, to: id, reason: reason)
    case .removeGroupMembers(let id, let members, let reason):
        try decision.removeMembers(members, from: id, reason: reason)
    case .placeOrder(let id, let order): try decision.placeOrder(order, of: id)
    case .changeOrderStatus(let change): try decision.changeOrderStatus(change)
    case .cancelOrder(let cancellation): try decision.cancelOrder(cancellation)
    case .refundOrder(let refund): try decision.refundOrder(refund)
    case .requestReturn(let requested, let lines): try decision.requestReturn(requested, of: lines)
    case .moveReturn(let moved): try decision.moveReturn(moved)
    case .refundReturn(let id, let refund): try decision.refundReturn(id, refund)
    case .requestInvoice(let number, let email): try decision.requestInvoice(number, to: email)
    case .moveOrder(let move): try decision.moveOrder(move)
    case .placeGuestOrder(let placing): try decision.placeGuestOrder(placing)
    case .recordRefund(let id, let refund): try decision.recordRefund(refund, to: id)
    case .configureLoyalty(let program): try decision.configureLoyalty(program)
    case .enrollInLoyalty(let id, let cardNumber): try decision.enroll(id, cardNumber: cardNumber)
    case .earnPoints(let id, let points): try decision.earnPoints(points, by: id)
    case .adjustPoints(let id, let points): try decision.adjustPoints(points, of: id)
    case .redeemPoints(let id, let points): try decision.redeemPoints(points, of: id)
    case .restorePoints(let id, let restore): try decision.restorePoints(restore, of: id)
    case .reviewLoyalty(let id, _): try decision.reviewLoyalty(of: id)
    case .issueCredit(let id, let issued, let now): try decision.issueCredit(issued, to: id, at: now)
    case .spendCredit(let id, let spending, let now): try decision.spendCredit(spending, by: id, at: now)
    case .revertCredit(let id, let revert, let now): try decision.revertCredit(revert, of: id, at: now)
    case .expireCredit(let id, let now): try decision.expireCredit(of: id, at: now)
    case .createJob(let created): try decision.createJob(created)
    case .commitImport(let id): try decision.commitImport(id)
    case .progressJob(let progress): try decision.progressJob(progress)
    case .cancelJob(let id): try decision.cancelJob(id)
    case .finishJob(let finished): try decision.finishJob(finished)
    case .expireJob(let id): try decision.expireJob(id)
    case .fetchJobResult(let id): try decision.fetchJobResult(id)
    case .defineSegment(let segment): try decision.defineSegment(segment)
    case .changeSegment(let change): try decision.changeSegment(change)
    case .removeSegment(let id): try decision.removeSegment(id)
    case .recordSegmentMoves(let moves): try decision.recordSegmentMoves(moves)
    case .defineRule(let rule): try decision.defineRule(rule)
    case .changeRule(let change): try decision.changeRule(change)
    case .removeRule(let id): try decision.removeRule(id)
    case .applyRule(let run): try decision.applyRule(run)
    case .saveView(let view): try decision.saveView(view)
    case .changeView(let change): try decision.changeView(change)
    case .removeView(let id): try decision.removeView(id)
    case .createWebhook(let created): try decision.createWebhook(created)
    case .changeWebhook(let changed): try decision.changeWebhook(changed)
    case .removeWebhook(let id): try decision.removeWebhook(id)
    case .disableWebhook(let disabled): try decision.disableWebhook(disabled)
    case .rotateWebhookSecret(let rotated): try decision.rotateWebhookSecret(rotated)
    case .mergeCustomers(let survivor, let merged, let choices):
        try decision.merge(merged, into: survivor, choices)
    case .unmergeCustomers(let survivor, let merged): try decision.unmerge(merged, from: survivor)
    case .eraseCustomer(let id, let reason): try decision.eraseCustomer(id, reason: reason)
    case .configureOrganization(let settings, let expecting):
        try decision.configureOrganization(settings, expecting: expecting)
    case .createAPIKey(let key): try decision.createAPIKey(key)
    case .rotateAPIKey(let rotation): try decision.rotateAPIKey(rotation)
    case .revokeAPIKey(let id): try decision.revokeAPIKey(id)
    case .recordKeyUse(let id, let time): decision.recordKeyUse(id, at: time)
    case .defineRole(let role): try decision.defineRole(role)
    case .changeRole(let role, let expecting): try decision.changeRole(role, expecting: expecting)
    case .removeRole(let id): try decision.removeRole(id)
    case .recordRead(let kind, let customers): decision.recordRead(kind, customers)
    }
}

/// One decision being made; each feature adds its commands.
struct Decision<Facts: OrganizationFacts> {
    let facts: Facts
    let expectedVersion: UInt32?
    let now: Timestamp
    let actor: Actor
}

extension Command {
    /// The time that the command says itself.
    fileprivate var time: Timestamp? {
        if case .reviewLoyalty(_, let time) = self { time } else { nil }
    }
}
