import CustomerDomain
import EventSourcing

// A query as bitmaps: each comparison keeps the rows for which it holds, of those that are still there. A negation goes down
// to the comparisons, where a missing value fulfils neither, so that what is unknown is out.
extension OrganizationState {
    /// Keeps the rows for which an expression holds, or, negated, does not.
    func keep(
        _ expression: SegmentExpression,
        isNegated: Bool = false,
        in matches: inout Bitmap,
        at time: QueryTime
    ) {
        switch expression {
        case .not(let inner, _): keep(inner, isNegated: !isNegated, in: &matches, at: time)
        case .and(let parts, _), .or(let parts, _):
            var isAnd = isNegated
            if case .and = expression { isAnd = !isNegated }
            // What costs little first: the rest has fewer rows to look at.
            let parts = parts.sorted { $0.cost < $1.cost }
            if isAnd {
                for part in parts { keep(part, isNegated: isNegated, in: &matches, at: time) }
            } else {
                keepAny(parts, isNegated, in: &matches, at: time)
            }
        case .test(let test): keep(test, isNegated != test.isNegated, in: &matches, at: time)
        }
    }

    private func keepAny(_ parts: [SegmentExpression], _ isNegated: Bool, in matches: inout Bitmap, at time: QueryTime)
    {
        var rest = matches
        var found = Bitmap(rowCount: customers.count)
        for part in parts {
            var kept = rest
            keep(part, isNegated: isNegated, in: &kept, at: time)
            found.formUnion(kept)
            rest.subtract(kept)
        }
        matches = found
    }

    private func keep(_ test: SegmentTest, _ isNegated: Bool, in matches: inout Bitmap, at time: QueryTime) {
        switch (test.subject, test.condition) {
        case (_, .isMissing): keepMissing(test.subject, isNegated, in: &matches)
        case (.month(let field), .number(let months)):
            let months = ValueRanges(months)
            keep(
                field,
                days: daysOfYears(of: field, time) { months.contains(Int64($0.components.month)) },
                isNegated,
                &matches,
                time
            )
        case (.anniversary(.birthDate), .day(let days)):
            let wanted = Anniversaries(ValueRanges(days, today: time.today))
            // Zero is for who has no date of birth.
            let isIn = [false] + wanted.isIn.dropFirst().map { $0 != isNegated }
            customers.birthday.withUnsafeBufferPointer { column in
                matches.filter(rowCount: customers.count) { isIn[Int(column[$0])] }
            }
        case (.anniversary(let field), .day(let days)):
            let wanted = Anniversaries(ValueRanges(days, today: time.today))
            keep(field, days: daysOfYears(of: field, time) { wanted.contains($0) }, isNegated, &matches, time)
        case (.field(let field), .day(let days)):
            keep(field, days: ValueRanges(days, today: time.today), isNegated, &matches, time)
        case (.field(let field), .number(let numbers)): keep(field, numbers, isNegated, &matches, time)
        case (.field(let field), .text(let texts)): keep(field, texts, isNegated, &matches, time)
        case (.field(let field), .contains(let text)): keep(field, containing: text, isNegated, &matches)
        case (.field, .flag(let flag)):
            let isWanted = flag != isNegated
            let accounts = customers.loyaltyAccount
            matches.filter(rowCount: customers.count) { (accounts[$0] != noRow) == isWanted }
        case (.metadata(let key), .text(let texts)):
            keep(metadata: key, TextTest(texts, ignoresCase: false), isNegated, &matches)
        case (.metadata(let key), .contains(let text)):
            keep(metadata: key, TextTest([text], isPart: true, ignoresCase: false), isNegated, &matches)
        case (.orders, .orders(let criteria)): keep(criteria, isNegated, in: &matches, at: time)
        case (.products, .products(let criteria)): keep(criteria, isNegated, in: &matches, at: time)
        // The parser makes no other pairs.
        default: matches = Bitmap(rowCount: customers.count)
        }
    }

    // MARK: Numbers and days

    private func keep(
        _ field: SegmentField,
        _ numbers: SegmentComparison<SegmentNumber>,
        _ isNegated: Bool,
        _ matches: inout Bitmap,
        _ time: QueryTime
    ) {
        let ranges = ValueRanges(numbers, digits: digits(of: field))
        switch field {
        case .amountSpent: customers.grossSpent.keep(ranges.negated(isNegated), in: &matches)
        case .numberOfOrders: customers.orderCount.keep(ranges.negated(isNegated), in: &matches)
        case .pointsBalance: customers.points.keep(ranges.negated(isNegated), in: &matches)
        case .daysSinceLastOrder: keep(.lastOrderDate, days: ranges.daysBefore(time.today), isNegated, &matches, time)
        case .storeCredit: keepCredit(ranges.negated(isNegated), in: &matches)
        default:
            let ranges = ranges.negated(isNegated)
            keepAverages(in: &matches) { $0.map { ranges.contains($0) } ?? false }
        }
    }

    /// Keeps the rows for whose average order value, if there is one, `holds`.
    @inline(__always)
    func keepAverages(in matches: inout Bitmap, where holds: (Int64?) -> Bool) {
        // Only of the few with orders in other currencies is it asked how many those are.
        var others = Bitmap(rowCount: customers.count)
        for row in spending.others.keys { others[Int(row)] = true }
        others.formIntersection(matches)
        matches.subtract(others)
        func average(_ gross: Int64, _ count: Int64) -> Int64? {
            count > 0 ? gross.dividedRoundingHalfUp(by: count) : nil
        }
        let (gross, counts) = (customers.grossSpent.values, customers.orderCount.values)
        matches.filterEach { holds(average(gross[$0], counts[$0])) }
        others.filterEach { holds(average(gross[$0], ownOrderCount($0))) }
        matches.formUnion(others)
    }

    /// How many digits the unit of an attribute's numbers has.
    func digits(of field: SegmentField) -> Int { field.kind == .money ? settings.currency?.minorDigitCount ?? 2 : 0 }

    private func keep(
        _ field: SegmentField,
        days: ValueRanges,
        _ isNegated: Bool,
        _ matches: inout Bitmap,
        _ time: QueryTime
    ) {
        let times = days.times(time.calendar).negated(isNegated)
        switch field {
        case .firstOrderDate:
            let values = customers.firstOrderAt
            matches.filter(rowCount: customers.count) { times.contains(values[$0]) }
        case .lastOrderDate: customers.lastOrderAt.keep(times, in: &matches)
        case .lastLoginDate: customers.lastLoginAt.keep(times, in: &matches)
        default: customers.createdAt.keep(times, in: &matches)
        }
    }

    /// The days for which `isIn` holds, of all years that an attribute has values in.
    private func daysOfYears(of field: SegmentField, _ time: QueryTime, _ isIn: (CalendarDate) -> Bool) -> ValueRanges {
        let values =
            switch field {
            case .firstOrderDate: customers.firstOrderAt
            case .lastOrderDate: customers.lastOrderAt.values
            case .lastLoginDate: customers.lastLoginAt.values
            default: customers.createdAt.values
            }
        var (first, last) = (Int64.max, Int64.min)
        for value in values where value != noTime { (first, last) = (min(first, value), max(last, value)) }
        guard first <= last else { return ValueRanges([]) }
        let days = time.calendar.day(of: first).dayNumber...time.calendar.day(of: last).dayNumber
        var ranges: [ClosedRange<Int64>] = []
        for day in days where isIn(CalendarDate(dayNumber: day)) {
            let number = Int64(day)
            if let range = ranges.last, range.upperBound == number - 1 {
                ranges[ranges.count - 1] = range.lowerBound...number
            } else {
                ranges.append(number...number)
            }
        }
        return ValueRanges(ranges)
    }

    private func keepCredit(_ ranges: ValueRanges, in matches: inout Bitmap) {
        var balances: [Int: Int64] = [:]
        for lot in credit.lots where lot.rest > 0 && lot.currency == settings.currency {
            balances[survivor(of: Int(lot.customer)), default: 0] += lot.rest
        }
        let isZeroIn = ranges.contains(0)
        var others = Bitmap(rowCount: customers.count)
        for (row, balance) in balances where ranges.contains(balance) != isZeroIn { others[row] = true }
        if isZeroIn { matches.subtract(others) } else { matches.formIntersection(others) }
    }
}

extension SortedColumn<Int64> {
    /// Keeps the rows whose value is in one of several ranges.
    func keep(_ ranges: ValueRanges, in matches: inout Bitmap) {
        if ranges.ranges.count == 1 { return keep(ranges.ranges[0], in: &matches) }
        var rest = matches
        var found = Bitmap(rowCount: count)
        for range in ranges.ranges {
            var kept = rest
            keep(range, in: &kept)
            found.formUnion(kept)
            rest.subtract(kept)
        }
        matches = found
    }
}

extension SegmentExpression {
    /// About what a look at one row costs: sets and indexes, then columns, then what lies elsewhere.
    fileprivate var cost: Int {
        switch self {
        case .and(let parts, _), .or(let parts, _): parts.reduce(0) { max($0, $1.cost) }
        case .not(let inner, _): inner.cost
        case .test(let test): test.cost
        }
    }
}

extension SegmentTest {
    fileprivate var cost: Int {
        switch subject {
        case .field(let field), .month(let field), .anniversary(let field):
            switch field {
            case .tags, .groups, .accountStatus, .type: 0
            case .amountSpent, .numberOfOrders, .lastOrderDate, .daysSinceLastOrder, .customerAddedDate, .lastLoginDate,
                .pointsBalance, .activity:
                1
            case .firstOrderDate, .averageOrderValue, .emailConsent, .smsConsent, .loyaltyTier, .isLoyaltyMember,
                .storeCredit, .source, .birthDate, .emailDomain, .language:
                2
            case .countries, .regions, .cities: 3
            }
        case .orders, .products: 3
        case .metadata: 4
        }
    }
}
