import CustomerDomain
import EventSourcing

/// Whether something holds of a customer; of what is not known of it, that is not known either.
public enum SegmentTruth: UInt8, Hashable, Sendable, Comparable {
    /// It does not.
    case no = 0
    /// There is no value that could tell.
    case unknown
    /// It does.
    case yes

    init(_ holds: Bool) { self = holds ? .yes : .no }

    var opposite: SegmentTruth {
        switch self {
        case .no: .yes
        case .unknown: .unknown
        case .yes: .no
        }
    }

    /// Less is less true.
    public static func < (left: SegmentTruth, right: SegmentTruth) -> Bool { left.rawValue < right.rawValue }
}

/// One customer as queries see it, asked one comparison after another: tells why somebody is in a segment, or is not.
///
/// Made from what the other answers show of the customer, and so another way to the same truth as the bitmaps.
struct SegmentPerson {
    let profile: CustomerProfile
    private let orders: [OrderView]
    private let hasTiers: Bool
    private let time: QueryTime
    private let digits: Int

    init(_ customer: CustomerOrdinal, _ state: borrowing OrganizationState, _ time: QueryTime) {
        profile = state.profile(of: customer, at: time)
        var rows: [Int] = []
        state.orders.forEach(from: state.customers.lastOrder[customer.index]) { rows.append($0) }
        var views: [OrderView] = []
        for row in rows { views.append(state.orderView(row)) }
        orders = views
        hasTiers = state.loyaltyProgram?.tiers.isEmpty == false
        digits = state.settings.currency?.minorDigitCount ?? 2
        self.time = time
    }

    /// Whether an expression holds.
    func truth(of expression: SegmentExpression) -> SegmentTruth {
        switch expression {
        case .and(let parts, _): parts.map { truth(of: $0) }.min() ?? .yes
        case .or(let parts, _): parts.map { truth(of: $0) }.max() ?? .no
        case .not(let inner, _): truth(of: inner).opposite
        case .test(let test): test.isNegated ? truth(test).opposite : truth(test)
        }
    }

    /// A comparison without its negation.
    private func truth(_ test: SegmentTest) -> SegmentTruth {
        let value = value(of: test.subject)
        switch test.condition {
        case .isMissing:
            if case .texts(let texts) = value { return SegmentTruth(texts.isEmpty) }
            return SegmentTruth(value == .missing)
        case .number(let numbers):
            guard case .number(let number, let digits) = value else { return .unknown }
            return SegmentTruth(ValueRanges(numbers, digits: digits).contains(number))
        case .day(let days):
            guard case .day(let day) = value else { return .unknown }
            let wanted = ValueRanges(days, today: time.today)
            if case .anniversary = test.subject { return SegmentTruth(Anniversaries(wanted).contains(day)) }
            return SegmentTruth(wanted.contains(Int64(day.dayNumber)))
        case .text(let texts):
            guard case .text(let text) = value else { return .unknown }
            return SegmentTruth(texts.contains { isSame($0, text, test.subject) })
        case .contains(let part):
            switch value {
            case .texts(let texts): return SegmentTruth(texts.contains { isSame($0, part, test.subject) })
            case .text(let text):
                return SegmentTruth(TextTest([part], isPart: true, ignoresCase: ignoresCase(test.subject)).holds(text))
            default: return .unknown
            }
        case .flag(let flag):
            guard case .flag(let value) = value else { return .unknown }
            return SegmentTruth(flag == value)
        case .orders(let criteria): return SegmentTruth(holds(criteria))
        }
    }

    private func isSame(_ one: String, _ other: String, _ subject: SegmentSubject) -> Bool {
        if case .field(.groups) = subject, GroupID(one) ?? GroupID(other) != nil {
            return profile.summary.groups.contains { $0.id.description == one || $0.id.description == other }
        }
        return TextTest([one], ignoresCase: ignoresCase(subject)).holds(other)
    }

    private func ignoresCase(_ subject: SegmentSubject) -> Bool {
        switch subject {
        case .metadata, .field(.tags): false
        default: true
        }
    }

    private func holds(_ criteria: OrderCriteria) -> Bool {
        let matching = matching(criteria)
        let own = matching.filter { $0.total.currency == profile.summary.currency }
        let counts = criteria.count.map { ValueRanges($0) } ?? ValueRanges([1...(.max)])
        let sum = own.reduce(0) { $0 + $1.total.minorUnits }
        return counts.contains(Int64(matching.count))
            && criteria.sum.map { ValueRanges($0, digits: digits).contains(sum) } ?? true
    }

    /// The orders that a function asks about.
    private func matching(_ criteria: OrderCriteria) -> [OrderView] {
        orders.filter { order in
            let day = Int64(time.calendar.day(of: order.placedAt).dayNumber)
            if let days = criteria.date, !ValueRanges(days, today: time.today).contains(day) { return false }
            if let amounts = criteria.amount {
                guard order.total.currency == profile.summary.currency else { return false }
                guard ValueRanges(amounts, digits: digits).contains(order.total.minorUnits) else { return false }
            }
            return criteria.statuses?.contains(order.status) ?? (order.status != .cancelled)
        }
    }

    // MARK: Values

    /// What is known of a customer under one name.
    enum Value: Hashable {
        case missing
        /// In units of `1 / 10^digits`.
        case number(Int64, digits: Int)
        case day(CalendarDate)
        case text(String)
        case texts([String])
        case flag(Bool)
    }

    /// What a comparison is about; orders are counted.
    func value(of subject: SegmentSubject, _ condition: SegmentCondition? = nil) -> Value {
        switch subject {
        case .field(let field), .anniversary(let field): return value(of: field)
        case .month(let field):
            guard case .day(let day) = value(of: field) else { return .missing }
            return .number(Int64(day.components.month), digits: 0)
        case .metadata(let key): return profile.metadata[key].map { .text($0) } ?? .missing
        case .orders:
            guard case .orders(let criteria) = condition else { return .missing }
            return .number(Int64(matching(criteria).count), digits: 0)
        }
    }

    private func value(of field: SegmentField) -> Value {
        let summary = profile.summary
        switch field {
        case .amountSpent: return .number(summary.grossSpent, digits: digits)
        case .averageOrderValue: return summary.averageOrderValue.map { .number($0, digits: digits) } ?? .missing
        case .storeCredit:
            let balance = profile.credit.first { $0.balance.currency == summary.currency }
            return .number(balance?.balance.minorUnits ?? 0, digits: digits)
        case .numberOfOrders: return .number(summary.orderCount, digits: 0)
        case .pointsBalance: return summary.hasLoyaltyAccount ? .number(summary.pointsBalance, digits: 0) : .missing
        case .daysSinceLastOrder:
            guard case .day(let day) = value(of: .lastOrderDate) else { return .missing }
            return .number(Int64(time.today.dayNumber) - Int64(day.dayNumber), digits: 0)
        case .firstOrderDate: return day(summary.firstOrderAt)
        case .lastOrderDate: return day(summary.lastOrderAt)
        case .customerAddedDate: return day(summary.createdAt)
        case .lastLoginDate: return day(summary.lastLoginAt)
        case .birthDate: return profile.birthDate.map { .day($0) } ?? .missing
        case .tags: return .texts(summary.tags)
        case .groups: return .texts(summary.groups.map(\.name))
        case .countries: return .texts(profile.addresses.compactMap { $0.fields.country?.description })
        case .regions: return .texts(profile.addresses.compactMap(\.fields.state))
        case .cities: return .texts(profile.addresses.compactMap(\.fields.city))
        case .emailDomain:
            guard let email = summary.email, let at = email.lastIndex(of: "@") else { return .missing }
            return .text(String(email[email.index(after: at)...]))
        case .language: return value(of: .metadata(SegmentField.languageKey))
        case .accountStatus: return .text(summary.status.description)
        case .type: return .text(summary.accountType.description)
        case .activity: return .text(summary.activity == .active ? "active" : "inactive")
        case .emailConsent: return profile.consents[.marketingEmail].map { .text($0.state.name) } ?? .missing
        case .smsConsent: return profile.consents[.sms].map { .text($0.state.name) } ?? .missing
        case .loyaltyTier:
            return summary.hasLoyaltyAccount && hasTiers ? summary.tierName.map { .text($0) } ?? .missing : .missing
        case .isLoyaltyMember: return .flag(summary.hasLoyaltyAccount)
        case .source: return summary.source.map { .text($0) } ?? .missing
        }
    }

    private func day(_ time: Timestamp?) -> Value { time.map { .day(self.time.calendar.day(of: $0)) } ?? .missing }
}
