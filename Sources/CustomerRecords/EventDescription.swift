public import CustomerDomain

extension Event {
    /// The name of the event's type: `CustomerCreated`.
    public var name: String { EventType(of: self).name }

    /// What the event says, personal data included, as a JSON object; see ``EventDescription``.
    public var json: String {
        var bytes: [UInt8] = []
        EventDescription().appendJSON(dataOf: self, into: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }
}

/// Describes events to people and other programs.
///
/// Keys are camelCase and in a fixed order; what an event does not say is left out. Identifiers are in their text form, days
/// as `2026-07-01`, amounts in minor units. In an update, `null` stands for a value that was removed. The digest of an API
/// key's secret is never part of it.
public struct EventDescription: Sendable {
    /// Whether names, contact data, addresses, notes, metadata and free texts are part of the description.
    public var includesPersonalData: Bool

    /// The identifier of a customer; where it is `nil`, the ordinal is written instead.
    public var customerID: @Sendable (CustomerOrdinal) -> CustomerID?

    /// The identifier of a group; where it is `nil`, the ordinal is written instead.
    public var groupID: @Sendable (GroupOrdinal) -> GroupID?

    /// The identifier of a segment; where it is `nil`, the ordinal is written instead.
    public var segmentID: @Sendable (SegmentOrdinal) -> SegmentID?

    /// Descriptions of this kind.
    public init(
        includesPersonalData: Bool = true,
        customerID: @escaping @Sendable (CustomerOrdinal) -> CustomerID? = { _ in nil },
        groupID: @escaping @Sendable (GroupOrdinal) -> GroupID? = { _ in nil },
        segmentID: @escaping @Sendable (SegmentOrdinal) -> SegmentID? = { _ in nil }
    ) {
        self.includesPersonalData = includesPersonalData
        self.customerID = customerID
        self.groupID = groupID
        self.segmentID = segmentID
    }

    /// Appends what an event says as a JSON object in UTF-8, without blanks or line breaks.
    public func appendJSON(dataOf event: Event, into bytes: inout [UInt8]) {
        // Taken out and put back, so that the buffer is never copied.
        var fields = JSONFields(after: bytes)
        bytes = []
        fields.object { describe(event, to: &$0) }
        bytes = fields.bytes
    }
}

extension EventDescription {
    private func describe(_ event: Event, to fields: inout JSONFields) {
        switch event {
        case .customerCreated(let created): describe(created, to: &fields)
        case .customerUpdated(let updated): describe(updated, to: &fields)
        case .customerDisabled(let reason), .customerEnabled(let reason), .customerErased(let reason):
            personal("reason", reason, to: &fields)
        case .customerLoggedIn, .welcomeRequested, .guestClaimed: break
        case .addressAdded(let address):
            fields.object("address") { fields in
                fields.field("id", address.id)
                describe(address.fields, to: &fields)
                fields.field("isDefaultShipping", address.isDefaultShipping)
                fields.field("isDefaultBilling", address.isDefaultBilling)
            }
        case .addressUpdated(let id, let address):
            fields.field("id", id)
            if includesPersonalData { fields.object("address") { describe(address, to: &$0) } }
        case .addressRemoved(let id): fields.field("id", id)
        case .addressVerified(let verified):
            fields.field("id", verified.address)
            fields.field("status", verified.outcome.name)
            personal("reason", verified.reason, to: &fields)
        case .defaultAddressesChanged(let shipping, let billing):
            fields.field("shipping", shipping)
            fields.field("billing", billing)
        case .customerTagged(let tags), .customerUntagged(let tags): fields.field("tags", tags)
        case .metadataChanged(let metadata): describe(metadata, to: &fields)
        case .noteAdded(let note):
            fields.field("id", note.id)
            fields.field("noteType", note.type.name)
            if note.visibility != .team { fields.field("visibility", note.visibility.name) }
            if note.isPinned { fields.field("pinned", true) }
            fields.field("author", note.author)
            personal("text", note.text, to: &fields)
        case .noteChanged(let change):
            fields.field("id", change.id)
            fields.field("noteType", change.type?.name)
            fields.field("visibility", change.visibility?.name)
            if let isPinned = change.isPinned { fields.field("pinned", isPinned) }
            personal("text", change.text, to: &fields)
        case .noteRemoved(let removed): fields.field("id", removed.id)
        case .groupCreated, .groupUpdated, .groupDeleted, .groupJoined, .groupLeft, .membershipChanged,
            .pricingRuleSet, .pricingRuleRemoved:
            describeGroup(event, to: &fields)
        case .customFieldSet(let field):
            fields.field("id", field.id)
            fields.field("key", field.key)
            fields.field("label", field.label)
            fields.field("fieldType", field.type.name)
            if !field.choices.isEmpty { fields.field("choices", field.choices) }
            if field.isRequired { fields.field("required", true) }
        case .customFieldRemoved(let id): fields.field("id", id)
        case .customersMerged(let merged, let terms):
            describe(merged, to: &fields)
            if let terms { describe(terms, to: &fields) }
        case .customersUnmerged(let merged): describe(merged, to: &fields)
        case .invoiceRequested(let requested):
            fields.field("orderNumber", requested.orderNumber)
            fields.field("recipient", requested.recipient.name)
            personal("email", requested.email?.text, to: &fields)
        case .orderMovedAway(let moved):
            fields.field("orderNumber", moved.number)
            describe(moved.to, "to", "toOrdinal", to: &fields)
            personal("reason", moved.reason, to: &fields)
        case .orderMoved(let moved):
            fields.field("orderNumber", moved.number)
            describe(moved.from, "from", "fromOrdinal", to: &fields)
            personal("reason", moved.reason, to: &fields)
        case .returnRequested(let requested): describe(requested, to: &fields)
        case .returnMoved(let moved): describe(moved, to: &fields)
        case .orderPlaced, .orderStatusChanged, .orderCancelled, .refundRecorded:
            describeOrder(event, to: &fields)
        case .loyaltyProgramConfigured, .loyaltyEnrolled, .pointsEarned, .pointsAdjusted, .pointsRedeemed,
            .pointsReversed, .pointsRestored, .pointsExpired, .pointsActivated, .tierChanged, .birthdayRewarded:
            describeLoyalty(event, to: &fields)
        case .organizationConfigured(let settings):
            fields.field("currency", settings.currency?.description)
            fields.field("timeZone", settings.timeZone)
            fields.field("activityWindowDays", Int64(settings.activityWindowDays))
            if !settings.recordedReads.isEmpty {
                fields.field("recordedReads", settings.recordedReads.map(\.name).sorted())
            }
            if settings.recordsOrigin { fields.field("recordsOrigin", true) }
            if settings.joinsVerifiedGuests { fields.field("joinsVerifiedGuests", true) }
            fields.field("displayName", settings.displayName)
        case .apiKeyCreated, .apiKeyRevoked, .apiKeyRotated, .apiKeyUsed, .roleTemplateDefined, .roleTemplateChanged,
            .roleTemplateRemoved:
            describeAccess(event, to: &fields)
        case .personalDataRead(let read):
            fields.field("kind", read.kind.name)
            let ids = read.customers.compactMap(customerID)
            if ids.count == read.customers.count {
                fields.field("customers", ids.map(\.description))
            } else {
                fields.array("customerOrdinals", read.customers) { $0.number(Int64($1.value)) }
            }
        case .consentChanged(let change): describe(change, to: &fields)
        case .segmentDefined, .segmentChanged, .segmentRemoved, .segmentEntered, .segmentLeft:
            describeSegment(event, to: &fields)
        case .creditIssued, .creditSpent, .creditReverted, .creditExpired: describeCredit(event, to: &fields)
        case .jobCreated, .jobProgressed, .jobCancelAsked, .jobFinished, .jobExpired, .jobResultFetched:
            describeJob(event, to: &fields)
        case .webhookCreated, .webhookChanged, .webhookRemoved, .webhookDisabled, .webhookSecretRotated:
            describeWebhook(event, to: &fields)
        case .verificationRequested, .verificationFailed, .contactVerified, .suppressionChanged,
            .passwordResetRequested, .passwordReset:
            describeContact(event, to: &fields)
        case .ruleDefined, .ruleChanged, .ruleRemoved, .ruleAssigned, .ruleWithdrew: describeRule(event, to: &fields)
        case .viewSaved, .viewChanged, .viewRemoved: describeView(event, to: &fields)
        case .dataRequestOpened, .dataRequestIdentityChecked, .dataRequestDecided, .dataRequestCancelled,
            .dataRequestExecuted:
            describeDataRequest(event, to: &fields)
        }
    }

    private func describe(
        _ customer: CustomerOrdinal,
        _ name: StaticString = "merged",
        _ ordinalName: StaticString = "mergedOrdinal",
        to fields: inout JSONFields
    ) {
        if let id = customerID(customer) {
            fields.field(name, id)
        } else {
            fields.field(ordinalName, Int64(customer.value))
        }
    }

    private func describe(_ terms: MergeTerms, to fields: inout JSONFields) {
        fields.object("fields") { fields in
            // What records of before said, they say still: of roles nothing.
            for field in MergeField.allCases where field != .role || terms.fields.contains(.role) {
                fields.field(of: field.name, (terms.fields.contains(field) ? MergeSide.merged : .survivor).name)
            }
        }
        fields.field("metadata", terms.metadata?.name)
        fields.field("addresses", terms.addresses.map(\.description))
    }

    private func describe(_ created: CustomerCreated, to fields: inout JSONFields) {
        fields.field("id", created.id)
        fields.field("accountType", created.accountType.description)
        fields.field("externalId", created.externalID)
        fields.field("source", created.source)
        personal("email", created.profile.email?.text, to: &fields)
        personal("firstName", created.profile.firstName, to: &fields)
        personal("lastName", created.profile.lastName, to: &fields)
        personal("phone", created.profile.phone?.text, to: &fields)
        personal("birthDate", created.profile.birthDate?.description, to: &fields)
        personal("customerRole", created.profile.role, to: &fields)
    }

    private func describe(_ updated: CustomerUpdated, to fields: inout JSONFields) {
        if includesPersonalData {
            fields.field("email", updated.profile.email, \.text)
            fields.field("firstName", updated.profile.firstName) { $0 }
            fields.field("lastName", updated.profile.lastName) { $0 }
            fields.field("phone", updated.profile.phone, \.text)
            fields.field("birthDate", updated.profile.birthDate, \.description)
            fields.field("customerRole", updated.profile.role) { $0 }
        }
        fields.field("externalId", updated.externalID) { $0 }
        if !updated.movedContacts.isEmpty { fields.field("movedContacts", updated.movedContacts.map(\.name).sorted()) }
    }

    private func describe(_ address: AddressFields, to fields: inout JSONFields) {
        for field in AddressTextField.allCases {
            personal(field.key, address[keyPath: field.keyPath], to: &fields)
            if field == .postalCode { personal("country", address.country?.description, to: &fields) }
        }
        personal("kind", address.use?.name, to: &fields)
    }

    private func describe(_ metadata: [String: String], to fields: inout JSONFields) {
        guard includesPersonalData else { return }
        fields.object("metadata") { fields in
            for (key, value) in sortedByKey(metadata) { fields.field(of: key, value) }
        }
    }

    private func describe(_ change: ConsentChanged, to fields: inout JSONFields) {
        fields.field("kind", change.kind.name)
        fields.field("state", change.state.name)
        fields.field("optInLevel", change.optInLevel.name)
        fields.field("source", change.source)
        fields.field("wording", change.wording)
        personal("evidence", change.evidence, to: &fields)
        personal("reason", change.reason, to: &fields)
    }

    func personal(_ key: StaticString, _ text: String?, to fields: inout JSONFields) {
        if includesPersonalData { fields.field(key, text) }
    }
}

extension EventDescription {
    private func describeDataRequest(_ event: Event, to fields: inout JSONFields) {
        switch event {
        case .dataRequestOpened(let opened):
            fields.field("id", opened.id)
            fields.field("kind", opened.right.name)
            fields.field("channel", opened.channel.name)
            fields.field("days", Int64(opened.days))
            personal("details", opened.details, to: &fields)
        case .dataRequestIdentityChecked(let checked):
            fields.field("id", checked.id)
            fields.field("method", checked.method.name)
            personal("note", checked.note, to: &fields)
        case .dataRequestDecided(let decided):
            fields.field("id", decided.id)
            fields.field("outcome", decided.refusal == nil ? "approved" : "refused")
            fields.field("category", decided.refusal?.name)
            personal("reason", decided.reason, to: &fields)
        case .dataRequestCancelled(let cancelled):
            fields.field("id", cancelled.id)
            personal("reason", cancelled.reason, to: &fields)
        case .dataRequestExecuted(let executed):
            fields.field("id", executed.id)
            if let version = executed.rectifiedVersion { fields.field("version", Int64(version)) }
        default: break
        }
    }
}

extension EventDescription {
    private func describeOrder(_ event: Event, to fields: inout JSONFields) {
        switch event {
        case .orderPlaced(let order):
            fields.field("number", order.number)
            fields.field("currency", order.currency.description)
            fields.field("total", order.total)
            fields.field("status", order.status.description)
            fields.field("fulfillmentStatus", order.fulfillmentStatus.description)
            describe(order.lines, to: &fields)
            fields.field("paymentMethod", order.paymentMethod)
            if includesPersonalData, let address = order.shippingAddress {
                fields.object("shippingAddress") { describe(address, to: &$0) }
            }
        case .orderStatusChanged(let changed):
            fields.field("number", changed.number)
            fields.field("status", changed.status?.description)
            fields.field("fulfillmentStatus", changed.fulfillmentStatus?.description)
        case .orderCancelled(let cancelled):
            fields.field("number", cancelled.number)
            personal("reason", cancelled.reason, to: &fields)
        case .refundRecorded(let refund):
            fields.field("reference", refund.reference)
            fields.field("orderNumber", refund.orderNumber)
            fields.field("amount", refund.amount.minorUnits)
            fields.field("currency", refund.amount.currency.description)
            describe(refund.lines, to: &fields)
            personal("reason", refund.reason, to: &fields)
        default: break
        }
    }

    private func describe(_ lines: [OrderLine], to fields: inout JSONFields) {
        fields.array("items", lines) { fields, line in
            fields.object { fields in
                fields.field("sku", line.sku)
                fields.field("name", line.name)
                fields.field("quantity", line.quantity)
                fields.field("unitPrice", line.unitPrice)
                fields.field("total", line.total)
            }
        }
    }
}

extension AddressTextField {
    /// ``name`` as a key.
    fileprivate var key: StaticString {
        switch self {
        case .label: "label"
        case .firstName: "firstName"
        case .lastName: "lastName"
        case .company: "company"
        case .line1: "line1"
        case .line2: "line2"
        case .city: "city"
        case .state: "state"
        case .postalCode: "postalCode"
        case .phone: "phone"
        }
    }
}
