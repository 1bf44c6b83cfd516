/// Something that happened, as the log keeps it for ever.
///
/// Cases are added, never changed or removed; a case's stored form is in `CustomerRecords`.
/// Fields marked *personal* are stored apart, so that they can be sealed with the person's key.
public enum Event: Hashable, Sendable {
    /// A customer came to be.
    case customerCreated(CustomerCreated)
    /// Profile or external id changed.
    case customerUpdated(CustomerUpdated)
    /// From now on no login, no orders, no points earned or spent.
    case customerDisabled(reason: String?)
    /// All of that again.
    case customerEnabled(reason: String?)
    /// The customer logged in.
    case customerLoggedIn
    /// A guest became a registered customer.
    case guestClaimed
    /// An address more; where its flags say default, no other address is the default any longer.
    case addressAdded(Address)
    /// The fields of an address from now on; defaults stay, and what was found of it as long as it is the same place.
    case addressUpdated(AddressID, AddressFields)
    /// An address less; where it was the default, there is none any longer.
    case addressRemoved(AddressID)
    /// The defaults from now on; `nil` for none.
    case defaultAddressesChanged(shipping: AddressID?, billing: AddressID?)
    /// What was found of an address, until it changes; a time after that of recording counts as that.
    case addressVerified(AddressVerified)
    /// Somebody is to tell the customer by mail that it is one: who hears of it, sends it.
    case welcomeRequested
    /// Tags that the customer did not have, in order.
    case customerTagged([String])
    /// Tags that the customer no longer has.
    case customerUntagged([String])
    /// The whole metadata from now on; personal.
    case metadataChanged([String: String])
    /// A note was written.
    case noteAdded(NoteAdded)
    /// A note was changed; what it said before is in the events before.
    case noteChanged(NoteChanged)
    /// A note is not shown any longer; what it said is in the events before.
    case noteRemoved(NoteRemoved)
    /// A group came to be.
    case groupCreated(GroupCreated)
    /// The customer is in the group.
    case groupJoined(GroupOrdinal)
    /// The customer is not in the group any longer.
    case groupLeft(GroupOrdinal)
    /// The customer ordered.
    case orderPlaced(Order)
    /// An order moved on.
    case orderStatusChanged(OrderStatusChanged)
    /// An order will not happen.
    case orderCancelled(OrderCancelled)
    /// Money went back.
    case refundRecorded(Refund)
    /// An order is somebody else's from now on; it goes with the ``orderMoved(_:)`` that follows.
    case orderMovedAway(OrderMovedAway)
    /// An order of somebody else is the customer's from now on, with its refunds and returns.
    case orderMoved(OrderMoved)
    /// The loyalty programme from now on.
    case loyaltyProgramConfigured(LoyaltyProgram)
    /// The customer has a loyalty account, empty.
    case loyaltyEnrolled(cardNumber: String)
    /// Points were earned: a lot.
    ///
    /// What an event takes from an account is taken from the lots that it names, as far as there is enough in them. The rest,
    /// and all of it in events from before there were lots, is taken from an order's own lots first where points go back,
    /// then from what can be spent, the soonest expiring first; what remains is owed. Points that come to be spendable, and
    /// those there are when the next event comes, pay what is owed first.
    case pointsEarned(PointsEarned)
    /// Points were given or taken by hand.
    case pointsAdjusted(PointsAdjusted)
    /// Points were spent.
    case pointsRedeemed(PointsRedeemed)
    /// Points that an order had earned go back, because of a refund or a cancellation.
    case pointsReversed(PointsReversed)
    /// On the survivor: it now answers for `merged`.
    ///
    /// Orders, refunds, tags, groups, notes, points and cards of `merged` become the survivor's own. Of profile, metadata and
    /// addresses it takes what the terms say; without terms, as events of the first form are, it keeps profile and metadata,
    /// and takes all addresses. It is registered when either was, and disabled when either was. Its default addresses stay,
    /// and where it had none, that of `merged` is one. Lists keep the order of the log, except tags and addresses, where the
    /// survivor's come first.
    case customersMerged(merged: CustomerOrdinal, terms: MergeTerms? = nil)
    /// On the survivor: `merged`, the last that was merged into it, stands for itself again.
    ///
    /// What came with `merged` goes back to it, orders as they stand now, and it is as it was before. The survivor is as it was
    /// before, with what happened to it since: a field, the status or the account type that an event of its own set since
    /// stays, a tag or group that it lost since stays lost, and what it said of consents since counts with its own.
    case customersUnmerged(merged: CustomerOrdinal)
    /// The personal data of the customer, and of all who were merged into it, is gone; their open requests lapse.
    case customerErased(reason: String?)
    /// The settings from now on.
    case organizationConfigured(OrganizationSettings)
    /// A key was made.
    case apiKeyCreated(APIKey)
    /// A key no longer opens anything.
    case apiKeyRevoked(APIKeyID)
    /// A key has a new secret.
    case apiKeyRotated(APIKeyRotated)
    /// A key was used on a day; told at most once a day, some time after.
    case apiKeyUsed(APIKeyUsed)
    /// A role came to be.
    case roleTemplateDefined(RoleTemplate)
    /// The role's name and permissions from now on, for all who hold it.
    case roleTemplateChanged(RoleTemplate)
    /// A role less.
    case roleTemplateRemoved(RoleID)
    /// Somebody looked at personal data.
    case personalDataRead(PersonalDataRead)
    /// The customer said yes or no to a kind of consent.
    ///
    /// What was said last in business time holds; a time after that of recording counts as that. At a merge what forbids
    /// more holds, see ``ConsentState/restriction(of:)``.
    case consentChanged(ConsentChanged)
    /// The customer asked for something that it has a right to; a time after that of recording counts as that.
    case dataRequestOpened(DataRequestOpened)
    /// It is known who asks.
    case dataRequestIdentityChecked(DataRequestIdentityChecked)
    /// The request was approved or refused.
    case dataRequestDecided(DataRequestDecided)
    /// The request is not asked for any longer.
    case dataRequestCancelled(DataRequestCancelled)
    /// What the request asked for was done.
    case dataRequestExecuted(DataRequestExecuted)
    /// The customer has a lot of store credit.
    ///
    /// Lots move to the survivor at a merge, unchanged, and back when it is undone.
    case creditIssued(CreditIssued)
    /// Store credit was spent; allocations of lots that are not there count for nothing.
    case creditSpent(CreditSpent)
    /// Store credit that was spent came back to its lots.
    case creditReverted(CreditReverted)
    /// What was left of a lot expired.
    case creditExpired(CreditExpired)
    /// Somebody asked for a job; of the organization, as all events of jobs.
    case jobCreated(JobCreated)
    /// A job is at work.
    case jobProgressed(JobProgressed)
    /// Somebody asked a job to stop.
    case jobCancelAsked(JobID)
    /// A job ended.
    case jobFinished(JobFinished)
    /// A job's files are not kept any longer.
    case jobExpired(JobID)
    /// Somebody took the result of a job away.
    case jobResultFetched(JobID)
    /// Points that were redeemed came back to their lots.
    case pointsRestored(PointsRestored)
    /// What was left of these lots expired.
    case pointsExpired([PointsAllocation])
    /// What is left of these lots is pending no longer.
    case pointsActivated([PointsAllocation])
    /// The customer came to another tier.
    case tierChanged(TierChanged)
    /// The customer got points for a birthday.
    case birthdayRewarded(BirthdayRewarded)
    /// A segment came to be.
    case segmentDefined(SegmentDefined)
    /// What a segment is from now on; where it no longer tracks who is in it, nobody is recorded to be.
    case segmentChanged(SegmentOrdinal, SegmentTerms)
    /// A segment is no more; its name and key are free.
    case segmentRemoved(SegmentOrdinal)
    /// It was found that the customer is in the segment.
    ///
    /// What is recorded of a customer stays with it while it is merged, and is nobody else's.
    case segmentEntered(SegmentOrdinal)
    /// It was found that the customer is not in the segment any longer.
    case segmentLeft(SegmentOrdinal)
    /// What a group is from now on.
    case groupUpdated(GroupUpdated)
    /// The group is there no longer, and nobody is in it; its name and key are free.
    case groupDeleted(GroupID)
    /// What a pricing rule is from now on; a new one when there is none of its identifier.
    case pricingRuleSet(PricingRule)
    /// Somebody asked to mail an invoice of an order.
    case invoiceRequested(InvoiceRequested)
    /// Somebody asked to send goods of an order back; a return goes where its order goes.
    case returnRequested(ReturnRequested)
    /// A return moved on.
    case returnMoved(ReturnMoved)
    /// The pricing rule is there no longer.
    case pricingRuleRemoved(PricingRuleID)
    /// What is said of a key of metadata from now on; a new custom field when there is none of its identifier.
    case customFieldSet(CustomField)
    /// The custom field is there no longer; values stay.
    case customFieldRemoved(CustomFieldID)
    /// The customer joined a group or left it, for a reason.
    case membershipChanged(MembershipChanged)
    /// Somebody made an endpoint that events are sent to; of the organization, as all events of endpoints.
    case webhookCreated(WebhookCreated)
    /// Somebody changed an endpoint.
    case webhookChanged(WebhookChanged)
    /// Somebody removed an endpoint.
    case webhookRemoved(WebhookID)
    /// The server stopped sending to an endpoint.
    case webhookDisabled(WebhookDisabled)
    /// An endpoint has a new secret.
    case webhookSecretRotated(WebhookSecretRotated)
    /// A code that proves the e-mail address or phone number was asked for.
    case verificationRequested(CodeIssued)
    /// A wrong code came back.
    case verificationFailed(CodePurpose)
    /// The e-mail address or phone number is known to be the customer's, until it gets another.
    case contactVerified(ContactVerified)
    /// From now on nothing is to be sent to the customer, or something is again.
    case suppressionChanged(SuppressionChanged)
    /// A code for a new password was asked for.
    case passwordResetRequested(CodeIssued)
    /// The code for a new password came back; the password itself is the shop's.
    case passwordReset
    /// A rule that gives a group or a tag came to be.
    case ruleDefined(RuleDefined)
    /// What a rule is from now on.
    case ruleChanged(RuleID, RuleTerms)
    /// A rule is no more; what it gave stays, and is as if given by hand.
    case ruleRemoved(RuleID)
    /// A rule gave the customer what it gives.
    ///
    /// What is given by hand later is no rule's any longer; what is taken away by hand later, the rule does not give again.
    case ruleAssigned(RuleMove)
    /// A rule took away from the customer what it gave.
    case ruleWithdrew(RuleMove)
    /// Somebody kept a view of the list of customers.
    case viewSaved(ViewSaved)
    /// What a view is from now on.
    case viewChanged(ViewSaved)
    /// A view is no more.
    case viewRemoved(ViewID)
}

/// A customer came to be; gets the next free ordinal.
public struct CustomerCreated: Hashable, Sendable {
    /// The new customer's identifier.
    public var id: CustomerID
    /// Whether it has credentials.
    public var accountType: AccountType
    /// The shop's own id of the customer, unique in the organization.
    public var externalID: String?
    /// Where the customer came from: `web`, `import`.
    public var source: String?
    /// Name and contact; personal.
    public var profile: Profile

    /// A creation of these parts.
    public init(
        id: CustomerID,
        accountType: AccountType,
        externalID: String? = nil,
        source: String? = nil,
        profile: Profile = Profile()
    ) {
        self.id = id
        self.accountType = accountType
        self.externalID = externalID
        self.source = source
        self.profile = profile
    }
}

/// Fields of a customer changed; only what really changed is in it.
public struct CustomerUpdated: Hashable, Sendable {
    /// The edit of name and contact; personal.
    public var profile: ProfileEdit
    /// The edit of the shop's own id of the customer.
    public var externalID: Edit<String>
    /// The ways to the customer that lead elsewhere now, where something was known of them.
    public var movedContacts: Set<ContactChannel>

    /// An update of these parts.
    public init(
        profile: ProfileEdit = ProfileEdit(),
        externalID: Edit<String> = .keep,
        movedContacts: Set<ContactChannel> = []
    ) {
        self.profile = profile
        self.externalID = externalID
        self.movedContacts = movedContacts
    }
}

/// A group came to be; gets the next free group ordinal.
public struct GroupCreated: Hashable, Sendable {
    /// The new group's identifier.
    public var id: GroupID
    /// Its name, unique in the organization whatever the case.
    public var name: String
    /// What it is for.
    public var description: String?

    /// A group of these parts.
    public init(id: GroupID, name: String, description: String? = nil) {
        self.id = id
        self.name = name
        self.description = description
    }
}

/// An order moved on.
public struct OrderStatusChanged: Hashable, Sendable {
    /// The order's number.
    public var number: String
    /// Where the order stands now; `nil` where it stayed.
    public var status: OrderStatus?
    /// Where the goods stand now; `nil` where it stayed.
    public var fulfillmentStatus: FulfillmentStatus?

    /// A change of the order of this number.
    public init(number: String, status: OrderStatus?, fulfillmentStatus: FulfillmentStatus?) {
        self.number = number
        self.status = status
        self.fulfillmentStatus = fulfillmentStatus
    }
}

/// An order will not happen; it no longer counts.
public struct OrderCancelled: Hashable, Sendable {
    /// The order's number.
    public var number: String
    /// Why, when told.
    public var reason: String?

    /// The cancellation of the order of this number.
    public init(number: String, reason: String?) {
        self.number = number
        self.reason = reason
    }
}

/// Money went back to a customer, for one order or for goods whose order is not named.
public struct Refund: Hashable, Sendable {
    /// The shop's number of the refund, unique in the organization.
    public var reference: String
    /// The order it is for, when known.
    public var orderNumber: String?
    /// How much; more than zero.
    public var amount: Money
    /// What came back, when told; amounts are positive.
    public var lines: [OrderLine]
    /// Why, when told.
    public var reason: String?

    /// A refund of these parts.
    public init(
        reference: String,
        orderNumber: String? = nil,
        amount: Money,
        lines: [OrderLine] = [],
        reason: String? = nil
    ) {
        self.reference = reference
        self.orderNumber = orderNumber
        self.amount = amount
        self.lines = lines
        self.reason = reason
    }
}
