import CustomerDomain
import CustomerProjections
import EventSourcing

@testable import CustomerProjections

/// A customer as the list knows it, computed the slow way from the plain model and the events.
struct PlainCustomer {
    let ordinal: CustomerOrdinal
    let customer: OrganizationModel.Customer
    let metrics: CustomerMetrics
    let updatedAt: Timestamp
    let grossSpent: Int64
    let refunded: Int64
    let ownOrderCount: Int64
    let shownFirst: String?
    let shownLast: String?

    var isStanding: Bool { customer.status == .active || customer.status == .disabled }
    var lastActivity: Timestamp? { [metrics.lastOrderAt, customer.lastLoginAt].compactMap { $0 }.max() }
    var points: Int64? { customer.loyalty?.balance }

    var country: CountryCode? {
        customer.addresses.first { $0.isDefaultShipping && $0.fields.country != nil }?.fields.country
            ?? customer.addresses.compactMap(\.fields.country).first
    }

    var foldedName: [UInt8] { folded([shownFirst, shownLast].compactMap { $0 }.joined(separator: " ")) }
    var foldedEmail: [UInt8] { folded(customer.profile.email?.text ?? "") }

    func isActive(_ days: Int, _ now: Timestamp) -> Bool {
        lastActivity.map { $0 >= now.advanced(byDays: -days) } ?? false
    }
}

func folded(_ text: String) -> [UInt8] {
    var bytes: ContiguousArray<UInt8> = []
    Folding.fold(text, into: &bytes)
    return Array(bytes)
}

/// The plain model with what it does not keep: when customers changed, and names on orders.
struct PlainShop {
    let model: OrganizationModel
    let customers: [PlainCustomer]

    init(_ model: OrganizationModel, _ events: [RecordedEvent]) {
        self.model = model
        var updated: [CustomerOrdinal: Timestamp] = [:]
        var names: [CustomerOrdinal: (String?, String?)] = [:]
        var merges: [CustomerOrdinal: [CustomerOrdinal]] = [:]
        /// Own names, or those of the first who was merged with any.
        func namesShown(of customer: CustomerOrdinal) -> (String?, String?)? {
            names[customer] ?? merges[customer]?.lazy.compactMap { namesShown(of: $0) }.first
        }
        for event in events {
            guard let customer = event.customer else { continue }
            updated[customer] = max(updated[customer] ?? event.occurredAt, event.occurredAt)
            switch event.event {
            case .orderPlaced(let order):
                if let address = order.shippingAddress, address.firstName != nil || address.lastName != nil {
                    names[customer] = (address.firstName, address.lastName)
                }
            case .customersMerged(let merged, _): merges[customer, default: []].append(merged)
            case .customersUnmerged(let merged): merges[customer]?.removeAll { $0 == merged }
            default: break
            }
        }
        customers = model.customers.indices.map { index in
            let ordinal = CustomerOrdinal(UInt32(index))
            let customer = model.customers[index]
            let metrics = model.metrics(of: ordinal)
            let currency = model.settings.currency
            let own = model.orders.filter {
                $0.customer == ordinal && $0.order.status != .cancelled && $0.order.currency == currency
            }
            let hasOwnName = customer.profile.firstName != nil || customer.profile.lastName != nil
            let orderNames = customer.status == .erased ? nil : namesShown(of: ordinal)
            return PlainCustomer(
                ordinal: ordinal,
                customer: customer,
                metrics: metrics,
                updatedAt: updated[ordinal] ?? customer.createdAt,
                grossSpent: currency.flatMap { metrics.grossSpent[$0] } ?? 0,
                refunded: currency.flatMap { metrics.refunded[$0] } ?? 0,
                ownOrderCount: Int64(own.count),
                shownFirst: hasOwnName ? customer.profile.firstName : orderNames?.0,
                shownLast: hasOwnName ? customer.profile.lastName : orderNames?.1
            )
        }
    }

    /// Who a query asks for, in its order.
    func list(_ query: CustomerQuery, at time: QueryTime) -> [CustomerOrdinal] {
        let sort = query.sort.isEmpty ? [SortKey(.createdAt, descending: true)] : query.sort
        return customers.filter { matches($0, query, time) }
            .sorted { one, other in
                for key in sort {
                    switch (value(one, key.field), value(other, key.field)) {
                    case (nil, nil): continue
                    case (nil, _): return false
                    case (_, nil): return true
                    case (let first?, let second?):
                        if first == second { continue }
                        return first.lexicographicallyPrecedes(second) != key.isDescending
                    }
                }
                return sort[sort.count - 1].isDescending ? one.ordinal > other.ordinal : one.ordinal < other.ordinal
            }
            .map(\.ordinal)
    }

    /// What is sorted by, as numbers that compare in turn.
    private func value(_ customer: PlainCustomer, _ field: SortKey.Field) -> [Int64]? {
        switch field {
        case .createdAt: [customer.customer.createdAt.microseconds]
        case .updatedAt: [customer.updatedAt.microseconds]
        case .totalSpent: [customer.grossSpent]
        case .orderCount: [Int64(customer.metrics.orderCount)]
        case .lastOrderAt: customer.metrics.lastOrderAt.map { [$0.microseconds] }
        case .points: customer.points.map { [$0] }
        case .name: customer.foldedName.isEmpty ? nil : customer.foldedName.map(Int64.init)
        case .email: customer.foldedEmail.isEmpty ? nil : customer.foldedEmail.map(Int64.init)
        }
    }

    private func matches(_ one: PlainCustomer, _ query: CustomerQuery, _ time: QueryTime) -> Bool {
        guard one.isStanding else { return false }
        let customer = one.customer
        let days = model.settings.activityWindowDays
        let checks = [
            query.status.map { customer.status == $0 },
            query.accountType.map { customer.accountType == $0 },
            query.activity.map { one.isActive(days, time.now) == ($0 == .active) },
            query.roles.isEmpty || query.roles.contains { $0.lowercased() == customer.profile.role?.lowercased() },
            query.tags.allSatisfy { customer.tags.contains($0) },
            query.suppressed.allSatisfy({ customer.contacts[$0].suppression != nil }),
            query.consents.allSatisfy { customer.consents.current($0.kind)?.state == $0.state },
            query.groups.isEmpty || query.groups.contains { isMember(one, of: $0) },
            query.country.map { one.country == $0 },
            query.updatedSince.map { one.updatedAt >= $0 },
            query.inactiveDays.map { days in
                one.metrics.lastOrderAt.map { $0 <= time.now.advanced(byDays: -days) } ?? false
            },
            isWithin(customer.createdAt.microseconds, query.registered.map { $0.microseconds }),
            isWithin(Int64(one.metrics.orderCount), query.orderCount),
            isWithin(one.grossSpent, query.totalSpent),
            isWithin(one.points, query.points),
            query.tiers.isEmpty || isInTier(one, query.tiers.map { $0.lowercased() }),
            isWithin(one.metrics.lastOrderAt?.microseconds, query.lastOrderAt.map { $0.microseconds }),
            query.search.map { matches(one, search: $0) },
        ]
        return checks.allSatisfy { $0 ?? true } && matches(one, query.preset, time)
    }

    private func matches(_ one: PlainCustomer, _ preset: CustomerPreset?, _ time: QueryTime) -> Bool {
        let isActive = one.isActive(model.settings.activityWindowDays, time.now)
        return switch preset {
        case nil, .all: true
        case .active: isActive
        case .inactive: !isActive
        case .vip: isMember(one, of: .name("vip"))
        case .wholesale: isMember(one, of: .name("WHOLESALE"))
        case .new: one.customer.createdAt >= time.now.advanced(byDays: -30)
        }
    }

    private func isMember(_ one: PlainCustomer, of selector: GroupSelector) -> Bool {
        let group =
            switch selector {
            case .id(let id): model.group(id)
            case .name(let name): model.group(named: name)
            }
        return group.map { one.customer.groups.contains($0) } ?? false
    }

    private func isInTier(_ one: PlainCustomer, _ names: [String]) -> Bool {
        let tier = model.tierIndex(of: one.ordinal).flatMap { model.loyaltyProgram?.tiers[$0].name.lowercased() }
        return tier.map { names.contains($0) } ?? false
    }

    private func isWithin(_ value: Int64?, _ bounds: Bounds<Int64>) -> Bool {
        if bounds.minimum == nil, bounds.maximum == nil { return true }
        guard let value else { return false }
        if let low = bounds.minimum, bounds.isMinimumExcluded ? value <= low : value < low { return false }
        if let high = bounds.maximum, bounds.isMaximumExcluded ? value >= high : value > high { return false }
        return true
    }

    private func matches(_ one: PlainCustomer, search: String) -> Bool {
        let words = folded(search).split { $0 == 0x20 || $0 == 0x2C }.map(Array.init)
        let texts = [folded(one.shownFirst ?? ""), folded(one.shownLast ?? ""), one.foldedEmail]
        let digits = Array((one.customer.profile.phone?.digits ?? "").utf8)
        return words.allSatisfy { word in
            if texts.contains(where: { occurs(word, in: $0) }) { return true }
            let isPhone = word.allSatisfy { (0x30...0x39).contains($0) || "+-./()".utf8.contains($0) }
            let wanted = word.filter { (0x30...0x39).contains($0) }
            return isPhone && !wanted.isEmpty && occurs(wanted, in: digits)
        }
    }
}

func occurs(_ needle: [UInt8], in text: [UInt8]) -> Bool {
    guard needle.count <= text.count else { return false }
    return (0...text.count - needle.count).contains { Array(text[$0..<$0 + needle.count]) == needle }
}
