import CustomerDomain
public import EventSourcing

/// The time that a query is asked at: projections have no clock.
public struct QueryTime: Sendable {
    /// The present.
    public var now: Timestamp
    /// The start of the current calendar month in the organization's time zone; a whole quarter of an hour.
    public var monthStart: Timestamp
    /// The days of the organization's time zone.
    public var calendar: LocalCalendar
    /// What is known of products.
    public var products: ProductSource

    /// The time of a query asked at `now`.
    public init(
        now: Timestamp,
        monthStart: Timestamp,
        calendar: LocalCalendar = .utc,
        products: ProductSource = ProductSource(nil)
    ) {
        self.now = now
        self.monthStart = monthStart
        self.calendar = calendar
        self.products = products
    }

    /// The day of ``now``.
    var today: CalendarDate { calendar.day(of: now) }
}
