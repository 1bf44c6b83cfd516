import CustomerDomain
import CustomerProjections
import EventSourcing

/// Queries answered the slow way: each comparison of each customer on the plain model, with `nil` for what is not known.
struct PlainSegments {
    let shop: PlainShop
    let now: Timestamp
    /// The zone as a list: since when (but for the first), and how many seconds ahead of UTC.
    let offsets: [LocalCalendar.Offset]

    private var model: OrganizationModel { shop.model }
    private var digits: Int { model.settings.currency?.minorDigitCount ?? 2 }

    func members(_ query: SegmentQuery) -> [CustomerOrdinal] {
        shop.customers.filter { $0.isStanding && holds(query.root, $0) == true }.map(\.ordinal)
    }

    func holds(_ expression: SegmentExpression, _ one: PlainCustomer) -> Bool? {
        switch expression {
        case .and(let parts, _):
            let truths = parts.map { holds($0, one) }
            if truths.contains(false) { return false }
            return truths.contains(nil) ? nil : true
        case .or(let parts, _):
            let truths = parts.map { holds($0, one) }
            if truths.contains(true) { return true }
            return truths.contains(nil) ? nil : false
        case .not(let inner, _): return holds(inner, one).map { !$0 }
        case .test(let test):
            let truth = holds(test, one)
            return test.isNegated ? truth.map { !$0 } : truth
        }
    }

    private func holds(_ test: SegmentTest, _ one: PlainCustomer) -> Bool? {
        switch (test.subject, test.condition) {
        case (.orders, .orders(let criteria)): return holds(criteria, one)
        case (.products, .products(let criteria)): return holds(criteria, one)
        case (.field(let field), .isMissing) where field.kind == .list: return list(field, one).isEmpty
        case (.field(let field), .contains(let text)) where field.kind == .list:
            let wanted = field == .tags ? text : text.lowercased()
            let isGroup =
                field == .groups
                && model.group(GroupID(text) ?? GroupID(high: 0, low: 0))
                    .map { one.customer.groups.contains($0) } ?? false
            return isGroup || list(field, one).contains { (field == .tags ? $0 : $0.lowercased()) == wanted }
        case (.field(.isLoyaltyMember), .flag(let flag)): return (one.customer.loyalty != nil) == flag
        case (_, .isMissing):
            return number(test.subject, one) == nil && day(test.subject, one) == nil && text(test.subject, one) == nil
        case (_, .number(let comparison)):
            return number(test.subject, one)
                .map { number in
                    compare(comparison) { compare(number.value, number.digits, $0) }
                }
        case (.anniversary, .day(let comparison)):
            return day(test.subject, one).map { isAnniversary($0, comparison) }
        case (_, .day(let comparison)):
            return day(test.subject, one)
                .map { day in
                    compare(comparison) { other in
                        let other = resolved(other)
                        return day < other ? -1 : day > other ? 1 : 0
                    }
                }
        case (_, .text(let texts)):
            return text(test.subject, one).map { text in texts.contains { fold($0, test) == fold(text, test) } }
        case (_, .contains(let part)):
            return text(test.subject, one).map { occurs(Array(fold(part, test).utf8), in: Array(fold($0, test).utf8)) }
        default: return nil
        }
    }

    private func fold(_ text: String, _ test: SegmentTest) -> String {
        if case .metadata = test.subject { return text }
        return text.lowercased()
    }

    // MARK: Comparing

    private func compare<Value>(_ comparison: SegmentComparison<Value>, _ sign: (Value) -> Int) -> Bool {
        switch comparison {
        case .oneOf(let values): values.contains { sign($0) == 0 }
        case .less(let value): sign(value) < 0
        case .atMost(let value): sign(value) <= 0
        case .more(let value): sign(value) > 0
        case .atLeast(let value): sign(value) >= 0
        case .between(let low, let high): sign(low) >= 0 && sign(high) <= 0
        }
    }

    private func compare(_ units: Int64, _ digits: Int, _ number: SegmentNumber) -> Int {
        var (left, right) = (Int128(units), Int128(number.mantissa))
        for _ in 0..<number.decimalCount { left *= 10 }
        for _ in 0..<digits { right *= 10 }
        return left < right ? -1 : left > right ? 1 : 0
    }

    private func isAnniversary(_ day: CalendarDate, _ comparison: SegmentComparison<SegmentDay>) -> Bool {
        func isOn(_ other: CalendarDate) -> Bool {
            let (one, two) = (day.components, other.components)
            let isLeap = CalendarDate(year: two.year, month: 2, day: 29) != nil
            if one.month == 2, one.day == 29, !isLeap { return (two.month, two.day) == (2, 28) }
            return (one.month, one.day) == (two.month, two.day)
        }
        switch comparison {
        case .oneOf(let days): return days.contains { isOn(resolved($0)) }
        case .between(let first, let last):
            let (first, last) = (resolved(first).dayNumber, resolved(last).dayNumber)
            guard first <= last else { return false }
            return (first...last).contains { isOn(CalendarDate(dayNumber: $0)) }
        default: return false
        }
    }

    private func resolved(_ day: SegmentDay) -> CalendarDate { day.resolved(today: self.day(of: now)) }

    /// The local day of an instant.
    private func day(of time: Timestamp) -> CalendarDate {
        let seconds = offsets.last { $0.start <= time }?.seconds ?? offsets[0].seconds
        let local = time.microseconds + Int64(seconds) * 1_000_000
        return CalendarDate(dayNumber: Int32((Double(local) / 86_400e6).rounded(.down)))
    }

    // MARK: Values

    private func number(_ subject: SegmentSubject, _ one: PlainCustomer) -> (value: Int64, digits: Int)? {
        switch subject {
        case .month(let field): day(.field(field), one).map { (Int64($0.components.month), 0) }
        case .field(.amountSpent): (one.grossSpent, digits)
        case .field(.averageOrderValue):
            one.ownOrderCount > 0 ? (one.grossSpent.dividedRoundingHalfUp(by: one.ownOrderCount), digits) : nil
        case .field(.numberOfOrders): (Int64(one.metrics.orderCount), 0)
        case .field(.pointsBalance): one.points.map { ($0, 0) }
        case .field(.daysSinceLastOrder):
            one.metrics.lastOrderAt.map { (Int64(day(of: now).dayNumber - day(of: $0).dayNumber), 0) }
        case .field(.storeCredit):
            (
                model.credit.lots
                    .filter { $0.customer == one.ordinal && $0.lot.amount.currency == model.settings.currency }
                    .reduce(0) { $0 + $1.lot.rest }, digits
            )
        default: nil
        }
    }

    private func day(_ subject: SegmentSubject, _ one: PlainCustomer) -> CalendarDate? {
        switch subject {
        case .field(let field), .anniversary(let field), .month(let field):
            switch field {
            case .firstOrderDate: one.metrics.firstOrderAt.map { day(of: $0) }
            case .lastOrderDate: one.metrics.lastOrderAt.map { day(of: $0) }
            case .customerAddedDate: day(of: one.customer.createdAt)
            case .lastLoginDate: one.customer.lastLoginAt.map { day(of: $0) }
            case .birthDate: one.customer.profile.birthDate
            default: nil
            }
        default: nil
        }
    }

    private func text(_ subject: SegmentSubject, _ one: PlainCustomer) -> String? {
        let customer = one.customer
        switch subject {
        case .metadata(let key): return customer.metadata[key]
        case .field(let field):
            switch field {
            case .emailDomain: return customer.profile.email?.text.split(separator: "@").last.map { String($0) }
            case .language: return customer.metadata["preferredLanguage"]
            case .source: return customer.source
            case .accountStatus: return customer.status.description
            case .type: return customer.accountType.description
            case .activity: return one.isActive(model.settings.activityWindowDays, now) ? "active" : "inactive"
            case .emailConsent: return customer.consents.current(.marketingEmail)?.state.name
            case .smsConsent: return customer.consents.current(.sms)?.state.name
            case .loyaltyTier:
                guard let program = model.loyaltyProgram, let account = customer.loyalty, !program.tiers.isEmpty else {
                    return nil
                }
                let tier = program.tierIndex(recorded: account.tier?.name, lifetimePoints: account.lifetimePoints)
                return program.tiers[tier].name
            case .isLoyaltyMember: return ""
            default: return nil
            }
        default: return nil
        }
    }

    private func list(_ field: SegmentField, _ one: PlainCustomer) -> [String] {
        switch field {
        case .tags: one.customer.tags
        case .groups: one.customer.groups.map { model.groups[$0.index] }.filter { !$0.isDeleted }.map(\.name)
        case .countries: one.customer.addresses.compactMap { $0.fields.country?.description }
        case .cities: one.customer.addresses.compactMap(\.fields.city)
        case .regions: one.customer.addresses.compactMap(\.fields.state)
        default: []
        }
    }

    private func holds(_ criteria: ProductCriteria, _ one: PlainCustomer) -> Bool {
        var (orders, pieces) = (Int64(0), Int64(0))
        for placed in model.orders where placed.customer == one.ordinal && placed.order.status != .cancelled {
            let day = day(of: placed.occurredAt).dayNumber
            if let date = criteria.date, !compare(date, { (day - resolved($0).dayNumber).signum() }) { continue }
            let lines = placed.order.lines.filter { criteria.skus?.contains($0.sku) ?? true }
            if lines.isEmpty { continue }
            orders += 1
            pieces += lines.reduce(0) { $0 + $1.quantity }
        }
        if criteria.count == nil, criteria.quantity == nil { return orders > 0 }
        let isCount = criteria.count.map { compare($0) { compare(orders, 0, $0) } } ?? true
        return isCount && criteria.quantity.map { compare($0) { compare(pieces, 0, $0) } } ?? true
    }

    private func holds(_ criteria: OrderCriteria, _ one: PlainCustomer) -> Bool {
        let orders = model.orders.filter { placed in
            guard placed.customer == one.ordinal else { return false }
            let order = placed.order
            if let statuses = criteria.statuses { if !statuses.contains(order.status) { return false } }
            if criteria.statuses == nil, order.status == .cancelled { return false }
            if let amount = criteria.amount {
                guard order.currency == model.settings.currency else { return false }
                guard compare(amount, { compare(order.total, digits, $0) }) else { return false }
            }
            guard let date = criteria.date else { return true }
            let placedOn = day(of: placed.occurredAt).dayNumber
            return compare(date) { (placedOn - resolved($0).dayNumber).signum() }.self
        }
        let count = criteria.count ?? .atLeast(SegmentNumber(mantissa: 1))
        guard compare(count, { compare(Int64(orders.count), 0, $0) }) else { return false }
        guard let sum = criteria.sum else { return true }
        let total = orders.filter { $0.order.currency == model.settings.currency }.reduce(0) { $0 + $1.order.total }
        return compare(sum) { compare(total, digits, $0) }
    }
}

extension Int32 {
    fileprivate func signum() -> Int { self < 0 ? -1 : self > 0 ? 1 : 0 }
}
