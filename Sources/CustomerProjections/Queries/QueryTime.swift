import CustomerDomain
public import EventSourcing

/// The time that a query is asked at: projections have no clock.
public struct QueryTime: Hashable, Sendable {
    /// The present.
    public var now: Timestamp
    /// The start of the current calendar month in the organization's time zone; a whole quarter of an hour.
    public var monthStart: Timestamp
    /// The days of the organization's time zone.
    public var calendar: LocalCalendar

    /// The time of a query asked at `now`.
    public init(now: Timestamp, monthStart: Timestamp, calendar: LocalCalendar = .utc) {
        self.now = now
        self.monthStart = monthStart
        self.calendar = calendar
    }

    /// The day of ``now``.
    var today: CalendarDate { calendar.day(of: now) }
}
