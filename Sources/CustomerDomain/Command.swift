public import EventSourcing

/// Something a client asks for; identifiers are minted before, so that deciding stays pure.
public enum Command: Hashable, Sendable {
    /// A new customer.
    case createCustomer(CreateCustomer)
    /// Changes of one customer.
    case updateCustomer(UpdateCustomer)
    /// No login, no orders, no points earned or spent from now on.
    case disableCustomer(CustomerID, reason: String?)
    /// All of that again.
    case enableCustomer(CustomerID, reason: String?)
    /// The customer logged in.
    case recordLogin(CustomerID)
    /// The guest becomes a registered customer, or part of the one with its e-mail address; `isVerified` when the actor
    /// says that the address is known to be the person's.
    case claimGuest(CustomerID, isVerified: Bool = false)
    /// A code that proves something about the customer, or the wish for one.
    case requestCode(CustomerID, CodeIssued)
    /// A code came back; `at` is the time of asking.
    case confirmCode(CustomerID, ConfirmCode, at: Timestamp)
    /// Nothing is to be sent to the customer any longer, or something is again.
    case changeSuppression(CustomerID, SuppressionChanged)
    /// One more address.
    case addAddress(AddAddress)
    /// Changes of one address.
    case updateAddress(UpdateAddress)
    /// Whether an address is one was found out.
    case verifyAddress(CustomerID, AddressVerified)
    /// One address less.
    case removeAddress(CustomerID, AddressID)
    /// These tags too.
    case addTags(CustomerID, [String])
    /// These tags no longer.
    case removeTags(CustomerID, [String])
    /// A note.
    case addNote(CustomerID, NoteAdded)
    /// A note changed; the text counts as new wherever it is given.
    case changeNote(CustomerID, NoteChanged)
    /// A note removed.
    case removeNote(CustomerID, NoteID)
    /// What the customer said to these kinds of consent, each at most once.
    case changeConsents(CustomerID, [ConsentChanged])
    /// A request of the customer about its data.
    case openDataRequest(CustomerID, DataRequestOpened)
    /// It is known who asks.
    case checkIdentity(DataRequestIdentityChecked)
    /// A request is approved or refused.
    case decideDataRequest(DataRequestDecided)
    /// A request is not asked for any longer.
    case cancelDataRequest(DataRequestCancelled)
    /// What a request asks for is done, or was done by other commands.
    case executeDataRequest(DataRequestExecuted)
    /// A new group.
    case createGroup(GroupCreated, terms: GroupTerms = GroupTerms())
    /// The groups of these identifiers that a shop usually begins with, but for those whose name or key there is already.
    case createDefaultGroups([GroupID], currency: CurrencyCode?)
    /// Changes of one group.
    case updateGroup(GroupID, GroupEdit)
    /// A group less.
    case deleteGroup(GroupID)
    /// A new discount for the members of a group.
    case createPricingRule(PricingRule)
    /// What the rule of this identifier is from now on.
    case replacePricingRule(PricingRule)
    /// A rule less.
    case removePricingRule(PricingRuleID)
    /// What is said of another key of metadata.
    case createCustomField(CustomField)
    /// What is said of it from now on.
    case replaceCustomField(CustomField)
    /// Nothing is said of it any longer.
    case removeCustomField(CustomFieldID)
    /// These customers join the group.
    case addGroupMembers(GroupID, [CustomerID], reason: String? = nil)
    /// These customers leave the group.
    case removeGroupMembers(GroupID, [CustomerID], reason: String? = nil)
    /// An order of the customer.
    case placeOrder(CustomerID, Order)
    /// An order moves on.
    case changeOrderStatus(OrderStatusChanged)
    /// An order will not happen.
    case cancelOrder(OrderCancelled)
    /// Money back on an order.
    case refundOrder(RefundOrder)
    /// An invoice of an order by e-mail, to the customer's address or to another.
    case requestInvoice(String, to: EmailAddress?)
    /// An order goes to whom it belongs.
    case moveOrder(MoveOrder)
    /// An order of a guest who is known by an e-mail address, and may be new.
    case placeGuestOrder(PlaceGuestOrder)
    /// A refund that names no order.
    case recordRefund(CustomerID, Refund)
    /// Goods of an order shall come back; `ordered` are the order's lines, which stay as they were placed.
    case requestReturn(ReturnRequested, ordered: [OrderLine])
    /// A return moves on, but for being paid back.
    case moveReturn(MoveReturn)
    /// Pays back a return that was received, by this refund of its order.
    case refundReturn(ReturnID, RefundOrder)
    /// The loyalty programme from now on.
    case configureLoyalty(LoyaltyProgram)
    /// A loyalty account for the customer.
    case enrollInLoyalty(CustomerID, cardNumber: String)
    /// Points earned.
    case earnPoints(CustomerID, PointsEarned)
    /// Points given or taken by hand.
    case adjustPoints(CustomerID, PointsAdjusted)
    /// Points spent.
    case redeemPoints(CustomerID, PointsRedeemed)
    /// Points that were redeemed come back.
    case restorePoints(CustomerID, RestorePoints)
    /// What time does to the points and the tier of a customer happens; to the points of merged and erased ones, too.
    case reviewLoyalty(CustomerID, at: Timestamp)
    /// A lot of store credit; `at` is the time of asking.
    case issueCredit(CustomerID, CreditIssued, at: Timestamp)
    /// Store credit spent, the soonest expiring first.
    case spendCredit(CustomerID, SpendCredit, at: Timestamp)
    /// Store credit that was spent comes back.
    case revertCredit(CustomerID, RevertCredit, at: Timestamp)
    /// What is left of lots whose time has come expires; of merged and erased customers, too.
    case expireCredit(CustomerID, at: Timestamp)
    /// A job.
    case createJob(JobCreated)
    /// An import that waits for it begins.
    case commitImport(JobID)
    /// A job goes on.
    case progressJob(JobProgressed)
    /// A job shall stop.
    case cancelJob(JobID)
    /// A job ends.
    case finishJob(JobFinished)
    /// A job's files are not kept any longer.
    case expireJob(JobID)
    /// Somebody takes the result of a job away.
    case fetchJobResult(JobID)
    /// A new segment.
    case defineSegment(SegmentDefined)
    /// A segment is something else from now on.
    case changeSegment(ChangeSegment)
    /// A segment is no more.
    case removeSegment(SegmentID)
    /// Who entered a segment, and who left it.
    case recordSegmentMoves(RecordSegmentMoves)
    /// A new rule that gives a group or a tag.
    case defineRule(RuleDefined)
    /// A rule is something else from now on.
    case changeRule(ChangeRule)
    /// A rule is no more; what it gave stays.
    case removeRule(RuleID)
    /// A rule gives, and takes away.
    case applyRule(ApplyRule)
    /// A new view of the list of customers.
    case saveView(ViewSaved)
    /// A view is something else from now on.
    case changeView(ChangeView)
    /// A view is no more.
    case removeView(ViewID)
    /// An endpoint that events are sent to.
    case createWebhook(WebhookCreated)
    /// All that its owner says about an endpoint, and whether it is at work.
    case changeWebhook(WebhookChanged)
    /// Nothing is sent to an endpoint any more, and its secrets are forgotten.
    case removeWebhook(WebhookID)
    /// The server stops sending to an endpoint.
    case disableWebhook(WebhookDisabled)
    /// Another secret signs.
    case rotateWebhookSecret(WebhookSecretRotated)
    /// `survivor` answers for `merged` from now on.
    case mergeCustomers(survivor: CustomerID, merged: CustomerID, choices: MergeChoices = MergeChoices())
    /// `merged` stands for itself again.
    case unmergeCustomers(survivor: CustomerID, merged: CustomerID)
    /// The customer's personal data goes for ever.
    case eraseCustomer(CustomerID, reason: String?)
    /// The settings from now on, provided that they are `expecting` now.
    case configureOrganization(OrganizationSettings, expecting: OrganizationSettings? = nil)
    /// A new key.
    case createAPIKey(APIKey)
    /// A new secret for a key.
    case rotateAPIKey(APIKeyRotated)
    /// A key no longer.
    case revokeAPIKey(APIKeyID)
    /// A key was used at this time.
    case recordKeyUse(APIKeyID, at: Timestamp)
    /// A new role.
    case defineRole(RoleTemplate)
    /// The role from now on, provided that it is `expecting` now.
    case changeRole(RoleTemplate, expecting: RoleTemplate? = nil)
    /// A role no longer; nobody may hold it.
    case removeRole(RoleID)
    /// The actor looks at the personal data of these customers.
    case recordRead(ReadKind, [CustomerID])
}

/// Asks for a new customer.
public struct CreateCustomer: Hashable, Sendable {
    /// The customer as the event will tell it.
    public var customer: CustomerCreated
    /// Its tags, in order.
    public var tags: [String]
    /// Its metadata.
    public var metadata: [String: String]
    /// Its addresses, in order.
    public var addresses: [Address]
    /// The groups that it joins.
    public var groups: [GroupID]
    /// What it said to kinds of consent, each at most once.
    public var consents: [ConsentChanged]
    /// Whether somebody is to welcome it by mail.
    public var isWelcomed: Bool
    /// Whether it comes from elsewhere, so that it may lack what the organization requires of new customers.
    public var isTakenOver: Bool

    /// Asks for a customer with all of this.
    public init(
        _ customer: CustomerCreated,
        tags: [String] = [],
        metadata: [String: String] = [:],
        addresses: [Address] = [],
        groups: [GroupID] = [],
        consents: [ConsentChanged] = [],
        isWelcomed: Bool = false,
        isTakenOver: Bool = false
    ) {
        self.customer = customer
        self.tags = tags
        self.metadata = metadata
        self.addresses = addresses
        self.groups = groups
        self.consents = consents
        self.isWelcomed = isWelcomed
        self.isTakenOver = isTakenOver
    }
}

/// Asks for changes of one customer, all or none.
public struct UpdateCustomer: Hashable, Sendable {
    /// The customer.
    public var id: CustomerID
    /// The edit of the profile.
    public var profile: ProfileEdit
    /// The edit of the shop's own id.
    public var externalID: Edit<String>
    /// The whole set of tags from now on; `nil` to keep.
    public var tags: [String]?
    /// What happens to the metadata; `nil` to keep.
    public var metadata: MetadataEdit?
    /// `active` or `disabled`; `nil` to keep.
    public var status: CustomerStatus?

    /// Asks for these changes.
    public init(
        id: CustomerID,
        profile: ProfileEdit = ProfileEdit(),
        externalID: Edit<String> = .keep,
        tags: [String]? = nil,
        metadata: MetadataEdit? = nil,
        status: CustomerStatus? = nil
    ) {
        self.id = id
        self.profile = profile
        self.externalID = externalID
        self.tags = tags
        self.metadata = metadata
        self.status = status
    }
}

/// What an update does with the metadata.
public enum MetadataEdit: Hashable, Sendable {
    /// This is the whole metadata from now on.
    case replace([String: String])
    /// Keys get values, or go (`nil`); others stay (RFC 7396).
    case merge([String: String?])
}

/// Asks for one more address.
public struct AddAddress: Hashable, Sendable {
    /// The customer.
    public var customer: CustomerID
    /// The address, its flags as asked for.
    public var address: Address

    /// Asks for this address.
    public init(customer: CustomerID, address: Address) {
        self.customer = customer
        self.address = address
    }
}

/// Asks for changes of one address.
public struct UpdateAddress: Hashable, Sendable {
    /// The customer.
    public var customer: CustomerID
    /// The address to change.
    public var address: AddressID
    /// The edit of its fields.
    public var fields: AddressEdit
    /// Whether it shall be the default for shipping; `nil` to keep.
    public var isDefaultShipping: Bool?
    /// Whether it shall be the default for billing; `nil` to keep.
    public var isDefaultBilling: Bool?

    /// Asks for these changes.
    public init(
        customer: CustomerID,
        address: AddressID,
        fields: AddressEdit = AddressEdit(),
        isDefaultShipping: Bool? = nil,
        isDefaultBilling: Bool? = nil
    ) {
        self.customer = customer
        self.address = address
        self.fields = fields
        self.isDefaultShipping = isDefaultShipping
        self.isDefaultBilling = isDefaultBilling
    }
}

/// Asks for money back on an order.
public struct RefundOrder: Hashable, Sendable {
    /// The order's number.
    public var orderNumber: String
    /// The shop's number of the refund, unique in the organization.
    public var reference: String
    /// How much, in minor units of the order's currency; `nil` for all that is left.
    public var minorUnits: Int64?
    /// Why, when told.
    public var reason: String?
    /// Store credit in the place of money; `nil` when money went back.
    public var credit: Credit?

    /// The lot of store credit that a refund is paid in.
    public struct Credit: Hashable, Sendable {
        /// The new lot.
        public var lot: CreditLotID
        /// From when on nothing of it can be spent; `nil` for never.
        public var expiresAt: Timestamp?
        /// The time of asking.
        public var now: Timestamp

        /// A lot of these parts.
        public init(lot: CreditLotID, expiresAt: Timestamp?, at now: Timestamp) {
            self.lot = lot
            self.expiresAt = expiresAt
            self.now = now
        }
    }

    /// Asks for this refund.
    public init(
        orderNumber: String,
        reference: String,
        minorUnits: Int64? = nil,
        reason: String? = nil,
        credit: Credit? = nil
    ) {
        self.orderNumber = orderNumber
        self.reference = reference
        self.minorUnits = minorUnits
        self.reason = reason
        self.credit = credit
    }
}
