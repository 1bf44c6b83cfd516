/// The identifier of a customer: `cust_…`.
public typealias CustomerID = Identifier<CustomerKind>
/// The identifier of an address: `addr_…`.
public typealias AddressID = Identifier<AddressKind>
/// The identifier of a note: `note_…`.
public typealias NoteID = Identifier<NoteKind>
/// The identifier of a customer group: `group_…`.
public typealias GroupID = Identifier<GroupKind>
/// The identifier of a request of a person about its data: `dsr_…`.
public typealias DataRequestID = Identifier<DataRequestKind>
/// The identifier of a lot of store credit: `lot_…`.
public typealias CreditLotID = Identifier<CreditLotKind>
/// The identifier of a spending of store credit: `spend_…`.
public typealias CreditSpendID = Identifier<CreditSpendKind>
/// The identifier of a pricing rule: `price_…`.
public typealias PricingRuleID = Identifier<PricingRuleKind>
/// The identifier of a return: `ret_…`.
public typealias ReturnID = Identifier<ReturnKind>
/// The identifier of a custom field: `field_…`.
public typealias CustomFieldID = Identifier<CustomFieldKind>
/// The identifier of a job: `job_…`.
public typealias JobID = Identifier<JobKind>
/// The identifier of a segment: `seg_…`.
public typealias SegmentID = Identifier<SegmentKind>
/// The identifier of an endpoint that events are sent to: `hook_…`.
public typealias WebhookID = Identifier<WebhookKind>
/// The identifier of a message to such an endpoint: `msg_…`.
public typealias WebhookMessageID = Identifier<WebhookMessageKind>
/// The identifier of an API key: `key_…`.
public typealias APIKeyID = Identifier<APIKeyKind>
/// The identifier of a rule that gives groups and tags: `rule_…`.
public typealias RuleID = Identifier<RuleKind>
/// The identifier of a view of the list of customers: `view_…`.
public typealias ViewID = Identifier<ViewKind>
/// The identifier of a role that an organization defined: `role_…`.
public typealias RoleID = Identifier<RoleKind>

/// Names customers.
public enum CustomerKind: IdentifierKind {
    /// What stands before the underscore.
    public static let prefix = "cust"
}
/// Names addresses.
public enum AddressKind: IdentifierKind {
    /// What stands before the underscore.
    public static let prefix = "addr"
}
/// Names notes.
public enum NoteKind: IdentifierKind {
    /// What stands before the underscore.
    public static let prefix = "note"
}
/// Names groups.
public enum GroupKind: IdentifierKind {
    /// What stands before the underscore.
    public static let prefix = "group"
}
/// Names requests of persons about their data (data-subject requests).
public enum DataRequestKind: IdentifierKind {
    /// What stands before the underscore.
    public static let prefix = "dsr"
}
/// Names lots of store credit.
public enum CreditLotKind: IdentifierKind {
    /// What stands before the underscore.
    public static let prefix = "lot"
}
/// Names spendings of store credit.
public enum CreditSpendKind: IdentifierKind {
    /// What stands before the underscore.
    public static let prefix = "spend"
}
/// Names pricing rules.
public enum PricingRuleKind: IdentifierKind {
    /// What stands before the underscore.
    public static let prefix = "price"
}
/// Names returns.
public enum ReturnKind: IdentifierKind {
    /// What stands before the underscore.
    public static let prefix = "ret"
}
/// Names custom fields.
public enum CustomFieldKind: IdentifierKind {
    /// What stands before the underscore.
    public static let prefix = "field"
}
/// Names jobs.
public enum JobKind: IdentifierKind {
    /// What stands before the underscore.
    public static let prefix = "job"
}
/// Names endpoints that events are sent to.
public enum WebhookKind: IdentifierKind {
    /// What stands before the underscore.
    public static let prefix = "hook"
}
/// Names messages to such endpoints.
public enum WebhookMessageKind: IdentifierKind {
    /// What stands before the underscore.
    public static let prefix = "msg"
}
/// Names segments.
public enum SegmentKind: IdentifierKind {
    /// What stands before the underscore.
    public static let prefix = "seg"
}
/// Names rules that give groups and tags.
public enum RuleKind: IdentifierKind {
    /// What stands before the underscore.
    public static let prefix = "rule"
}
/// Names views of the list of customers.
public enum ViewKind: IdentifierKind {
    /// What stands before the underscore.
    public static let prefix = "view"
}
/// Names API keys.
public enum APIKeyKind: IdentifierKind {
    /// What stands before the underscore.
    public static let prefix = "key"
}
/// Names roles that organizations define.
public enum RoleKind: IdentifierKind {
    /// What stands before the underscore.
    public static let prefix = "role"
}
