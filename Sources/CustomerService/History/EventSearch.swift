public import CustomerDomain
import CustomerProjections
import CustomerRecords
public import EventSourcing

/// In which order events are wanted.
public enum EventOrder: Hashable, Sendable {
    /// As they were recorded.
    case oldestFirst
    /// The other way round.
    case newestFirst
}

/// Some events, and where to look for more.
public struct EventPage: Hashable, Sendable {
    /// The events, in the order asked for.
    public var events: [RecordedEvent]
    /// The last event that was looked at, whether it passed or not; more lies behind it, or before it when the newest come first.
    public var cursor: SequenceNumber
    /// Whether there may be more now.
    public var hasMore: Bool
}

extension Organization {
    /// How many records one search looks at before it answers with what it has.
    public static let eventScanLimit = 200_000

    /// Looks for durable events that pass a filter; without the personal data of people who were erased.
    ///
    /// Events of one customer are found by the customer's history, others by looking at each record of the range: then it looks
    /// at ``eventScanLimit`` records at most and says so by ``EventPage/hasMore``, so a page may hold fewer than `limit` events,
    /// even none, with more behind it.
    ///
    /// - Parameters:
    ///   - filter: What passes.
    ///   - order: Which come first.
    ///   - cursor: The ``EventPage/cursor`` of the page before.
    ///   - limit: How many events at most.
    ///   - scanLimit: How many records to look at.
    /// - Returns: The page.
    /// - Throws: ``EventSearchError``.
    public func events(
        matching filter: EventFilter,
        _ order: EventOrder = .oldestFirst,
        after cursor: SequenceNumber? = nil,
        limit: Int,
        scanLimit: Int = eventScanLimit
    ) throws(EventSearchError) -> EventPage {
        do {
            var search = try EventSearch(filter, self)
            var page = try search.page(order, cursor, limit: limit, scanLimit: scanLimit)
            page.events = peek { state, _ in
                page.events.map { $0.withoutPersonalData(where: { state.standing(of: $0).status == .erased }) }
            }
            return page
        } catch let error as EventSearchError {
            throw error
        } catch {
            throw .unreadable(String(describing: error))
        }
    }

    /// Every event of a customer and of those who were merged into it, oldest first.
    ///
    /// Costs time in proportion to the customer's history, under the lock.
    func history(of customer: CustomerOrdinal) -> (identities: Set<CustomerOrdinal>, events: [SequenceNumber]) {
        peek { state, _ in
            var holder = customer
            while let next = state.standing(of: holder).mergedInto { holder = next }
            let references = state.timeline(of: holder, before: nil, limit: .max)
            return (Set(state.identities(of: customer)), references.reversed().map(\.sequence))
        }
    }

    /// The first durable event that was recorded at a time or later; one behind the last when there is none.
    ///
    /// Reads as many records as the number of events has binary digits.
    func firstEvent(recordedSince time: Timestamp) throws -> SequenceNumber {
        var low: UInt64 = 1
        var high = head.durable.value + 1
        while low < high {
            let middle = low + (high - low) / 2
            if try recordingTime(of: SequenceNumber(middle)) < time { low = middle + 1 } else { high = middle }
        }
        return SequenceNumber(low)
    }

    private func recordingTime(of sequence: SequenceNumber) throws -> Timestamp {
        var time = Timestamp(microseconds: 0)
        try log.read(from: sequence, through: sequence) { sequence, body in
            time = try codec.match(body, RecordCriteria(), sequence: sequence).recordedAt
            return true
        }
        return time
    }
}

/// Why a search found nothing out.
public enum EventSearchError: Error, Hashable, Sendable {
    /// Nobody has this id or external id.
    case noCustomer(String)
    /// A record could not be read back.
    case unreadable(String)
}

/// One look through an organization's log.
private struct EventSearch {
    private let organization: Organization
    private let criteria: RecordCriteria
    /// The range to look in.
    private let first: UInt64
    private let last: UInt64
    /// Where to look, when the events of one customer are wanted.
    private let places: [SequenceNumber]?

    private var events: [RecordedEvent] = []
    private var lookCount = 0

    init(_ filter: EventFilter, _ organization: Organization) throws {
        self.organization = organization
        var criteria = RecordCriteria()
        criteria.types = filter.types
        criteria.actor = filter.actor
        criteria.requestID = filter.requestID
        var first = max(1, filter.first)
        if let since = filter.since { first = max(first, try organization.firstEvent(recordedSince: since).value) }
        var last = min(filter.last ?? .max, organization.head.durable.value)
        if let until = filter.until {
            let later = Timestamp(microseconds: until.microseconds + 1)
            last = min(last, try organization.firstEvent(recordedSince: later).value - 1)
        }
        if let customer = filter.customer {
            let history = organization.history(of: try organization.customer(named: customer))
            criteria.customers = history.identities
            places = history.events.filter { first <= $0.value && $0.value <= last }
        } else {
            places = nil
        }
        self.criteria = criteria
        (self.first, self.last) = (first, last)
    }

    mutating func page(
        _ order: EventOrder,
        _ cursor: SequenceNumber?,
        limit: Int,
        scanLimit: Int
    ) throws -> EventPage {
        switch order {
        case .oldestFirst:
            let start = max(first, (cursor?.value ?? 0) + 1)
            let end = try lookForward(from: start, limit, scanLimit)
            return EventPage(events: events, cursor: SequenceNumber(end), hasMore: end < last)
        case .newestFirst:
            let start = min(last, (cursor?.value ?? .max) - 1)
            let end = try lookBackward(from: start, limit, scanLimit)
            return EventPage(events: events, cursor: SequenceNumber(end), hasMore: end > first)
        }
    }

    /// Gives the last place it looked at.
    private mutating func lookForward(from start: UInt64, _ limit: Int, _ scanLimit: Int) throws -> UInt64 {
        guard start <= last else { return start - 1 }
        if let places {
            for place in places where place.value >= start {
                try look(from: place.value, through: place.value, limit)
                if isDone(limit, scanLimit) { return place.value }
            }
            return last
        }
        return try look(from: start, through: min(last, start - 1 + UInt64(scanLimit)), limit)
    }

    private mutating func lookBackward(from start: UInt64, _ limit: Int, _ scanLimit: Int) throws -> UInt64 {
        guard start >= first else { return start + 1 }
        if let places {
            for place in places.reversed() where place.value <= start {
                try look(from: place.value, through: place.value, limit)
                if isDone(limit, scanLimit) { return place.value }
            }
            return first
        }
        var end = start
        while true {
            // A log is read forward, so pieces of it are turned round.
            let begin = max(first, end >= 1_024 ? end - 1_023 : 1)
            var piece = self
            piece.events = []
            try piece.look(from: begin, through: end, .max)
            lookCount += Int(end - begin + 1)
            for event in piece.events.reversed() {
                events.append(event)
                if events.count == limit { return event.sequence.value }
            }
            guard begin > first, !isDone(limit, scanLimit) else { return begin }
            end = begin - 1
        }
    }

    private func isDone(_ limit: Int, _ scanLimit: Int) -> Bool { events.count >= limit || lookCount >= scanLimit }

    /// Gives the last place it looked at.
    @discardableResult
    private mutating func look(from start: UInt64, through end: UInt64, _ limit: Int) throws -> UInt64 {
        var place = start
        try organization.log.read(from: SequenceNumber(start), through: SequenceNumber(end)) { sequence, body in
            place = sequence.value
            lookCount += 1
            if try organization.codec.match(body, criteria, sequence: sequence).meets {
                events.append(try organization.codec.decode(body, sequence: sequence))
            }
            return events.count < limit
        }
        return place
    }
}

extension Organization {
    /// The customer of an id or an external id.
    func customer(named text: String) throws(EventSearchError) -> CustomerOrdinal {
        let found = peek { state, _ in
            CustomerID(text).flatMap { state.customer($0) } ?? state.customer(withExternalID: text)
        }
        guard let found else { throw .noCustomer(text) }
        return found
    }
}
