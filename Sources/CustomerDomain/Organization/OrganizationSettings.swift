/// What an organization can choose about itself.
public struct OrganizationSettings: Hashable, Sendable {
    /// The currency of totals and metrics; `nil` until it is chosen, or the first order sets it.
    public var currency: CurrencyCode?
    /// The IANA name of the time zone of calendar months and date-only inputs.
    public var timeZone: String
    /// For how many days after an order or login a customer counts as active.
    public var activityWindowDays: Int

    /// Which looks at personal data are recorded; none at first.
    public var recordedReads: Set<ReadKind>
    /// Whether events tell the address that their request came from; not at first.
    public var recordsOrigin: Bool
    /// What people call the organization; `nil` when nobody said.
    public var displayName: String?
    /// Whether an order of a guest goes to the registered customer who is known to read the mail of its address; not at
    /// first.
    public var joinsVerifiedGuests: Bool

    /// Settings of these values.
    public init(
        currency: CurrencyCode? = nil,
        timeZone: String = "UTC",
        activityWindowDays: Int = 90,
        recordedReads: Set<ReadKind> = [],
        recordsOrigin: Bool = false,
        displayName: String? = nil,
        joinsVerifiedGuests: Bool = false
    ) {
        self.currency = currency
        self.timeZone = timeZone
        self.activityWindowDays = activityWindowDays
        self.recordedReads = recordedReads
        self.recordsOrigin = recordsOrigin
        self.displayName = displayName
        self.joinsVerifiedGuests = joinsVerifiedGuests
    }
}
