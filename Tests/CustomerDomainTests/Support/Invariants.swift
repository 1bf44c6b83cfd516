import CustomerDomain
import EventSourcing
import TestSupport

/// What must hold of an organization at any time.
enum Invariants {
    static func check(_ model: OrganizationModel) throws {
        try checkUniqueness(model)
        for (index, customer) in model.customers.enumerated() {
            try checkCustomer(customer, CustomerOrdinal(UInt32(index)), in: model)
        }
        try checkOrders(model)
        try checkCredit(model)
        try checkPoints(model)
        try require(model.apiKeys.isEmpty || model.apiKeys.values.allSatisfy { $0.secretDigest.count == 32 }, "digests")
    }

    private static func checkUniqueness(_ model: OrganizationModel) throws {
        let standing = model.customers.filter { $0.status == .active || $0.status == .disabled }
        let emails = standing.compactMap { customer in
            customer.profile.email.map { "\(customer.accountType) \($0.normalized)" }
        }
        try require(Set(emails).count == emails.count, "two customers of one type have the same e-mail address")
        let externalIDs = model.customers.compactMap(\.externalID)
        try require(Set(externalIDs).count == externalIDs.count, "two customers have the same external id")
        let groups = model.groups.filter { !$0.isDeleted }
        let names = groups.map { $0.name.lowercased() }
        try require(Set(names).count == names.count, "two groups have the same name")
        let keys = groups.compactMap(\.definition.terms.key)
        try require(Set(keys).count == keys.count, "two groups have the same key")
        let isForAll = model.pricingRules.allSatisfy { rule in groups.contains { $0.id == rule.group } }
        try require(isForAll, "a pricing rule is for no group")
        let fieldKeys = model.customFields.map(\.key)
        try require(Set(fieldKeys).count == fieldKeys.count, "two custom fields are of the same key")
        let numbers = model.orders.map(\.order.number)
        try require(Set(numbers).count == numbers.count, "two orders have the same number")
        let references = model.refunds.map(\.refund.reference)
        try require(Set(references).count == references.count, "two refunds have the same reference")
    }

    private static func checkCustomer(
        _ customer: OrganizationModel.Customer,
        _ ordinal: CustomerOrdinal,
        in model: OrganizationModel
    ) throws {
        try require(customer.version > 0, "\(ordinal) has no version")
        try require(Set(customer.tags).count == customer.tags.count, "\(ordinal) has a tag twice")
        try require(customer.addresses.count { $0.isDefaultShipping } <= 1, "\(ordinal) has two shipping defaults")
        try require(customer.addresses.count { $0.isDefaultBilling } <= 1, "\(ordinal) has two billing defaults")
        let metrics = model.metrics(of: ordinal)
        for (currency, refunded) in metrics.refunded where refunded > metrics.grossSpent[currency, default: 0] {
            let unnamed = model.refunds(of: ordinal).filter { $0.refund.orderNumber == nil }
            try require(!unnamed.isEmpty, "\(ordinal) got back more than was paid")
        }
        if let account = customer.loyalty {
            let standing = model.loyaltyAccount(of: ordinal)
            let sum = account.transactions.reduce(0) { $0 + $1.change }
            let pending = account.transactions.reduce(0) { $0 + $1.pendingChange }
            try requireEqual(standing?.pending, pending, "pending points of \(ordinal)")
            try requireEqual(standing?.balance, sum, "balance of \(ordinal)")
            try require(account.lifetimePoints >= 0, "\(ordinal) earned less than nothing")
            let sequences = account.transactions.map(\.sequence)
            try require(sequences == sequences.sorted(), "transactions of \(ordinal) are out of order")
            try requireEqual(model.customer(withLoyaltyCard: account.cardNumber), ordinal, "holder of the card")
        }
        switch customer.status {
        case .active, .disabled: try require(customer.mergedInto == nil, "\(ordinal) stands and was merged")
        case .merged: try checkIsEmpty(customer, ordinal, metrics)
        case .erased:
            try require(customer.profile == Profile() && customer.metadata.isEmpty, "\(ordinal) is remembered")
        }
    }

    private static func checkIsEmpty(
        _ customer: OrganizationModel.Customer,
        _ ordinal: CustomerOrdinal,
        _ metrics: CustomerMetrics
    ) throws {
        try require(customer.mergedInto != nil, "\(ordinal) was merged into nobody")
        try require(metrics == CustomerMetrics(), "\(ordinal) was merged and still has orders")
        let isEmpty = customer.tags.isEmpty && customer.groups.isEmpty
        try require(isEmpty && customer.notes.isEmpty && customer.loyalty == nil, "\(ordinal) kept something")
    }

    private static func checkCredit(_ model: OrganizationModel) throws {
        let books = model.credit
        var spent: [CreditLotID: Int64] = [:]
        for spend in books.spends {
            for (part, whole) in zip(spend.remaining, spend.spent.allocations) {
                try require(
                    part.lot == whole.lot && (0...whole.amount).contains(part.amount),
                    "more came back than went"
                )
                spent[part.lot, default: 0] += part.amount
            }
        }
        for lot in books.lots.map(\.lot) {
            try require(lot.rest >= 0 && lot.expired >= 0, "\(lot.id) is below zero")
            try requireEqual(lot.spent, spent[lot.id] ?? 0, "what is spent of \(lot.id)")
        }
        for (currency, accounts) in books.accounts {
            try requireEqual(accounts.values.reduce(0, +), 0, "the sum of all accounts in \(currency)")
            let rests = books.lots.filter { $0.lot.amount.currency == currency }.reduce(0) { $0 + $1.lot.rest }
            try requireEqual(accounts[.wallets] ?? 0, rests, "the rests of all lots in \(currency)")
            let issued = books.lots.filter { $0.lot.amount.currency == currency }
                .reduce(0) { $0 + $1.lot.amount.minorUnits }
            let sources = CreditSource.allCases.reduce(0) { $0 + (accounts[.issued($1)] ?? 0) }
            try requireEqual(-sources, issued, "what was issued in \(currency)")
        }
        for (index, customer) in model.customers.enumerated() {
            let ordinal = CustomerOrdinal(UInt32(index))
            let rests = books.lots.filter { $0.customer == ordinal }.reduce(0) { $0 + $1.lot.rest }
            let lines = books.lines.filter { $0.customer == ordinal }.reduce(0) { $0 + $1.change.minorUnits }
            try requireEqual(lines, rests, "the ledger of \(ordinal)")
            try require(customer.status != .merged || !books.lots.contains { $0.customer == ordinal }, "a lot stayed")
        }
    }

    private static func checkPoints(_ model: OrganizationModel) throws {
        for (index, customer) in model.customers.enumerated() {
            guard let account = customer.loyalty else { continue }
            var left = 0 as Int64
            for lot in account.lots.map(\.lot) {
                try require(lot.rest >= 0 && lot.expired >= 0, "lot \(lot.id) of \(index) is below zero")
                try require(lot.rest + lot.expired <= lot.points, "there is more in lot \(lot.id) than came")
                left += lot.rest
            }
            try requireEqual(account.balance + account.pending, left - account.owed, "the rests of \(index)")
            try require(account.owed >= 0, "\(index) owes less than nothing")
            for redemption in account.redemptions {
                for (part, whole) in zip(redemption.remaining, redemption.taken) {
                    let isPart = part.lot == whole.lot && (0...whole.points).contains(part.points)
                    try require(isPart, "more points came back than went")
                }
            }
        }
    }

    private static func checkOrders(_ model: OrganizationModel) throws {
        for placed in model.orders {
            guard let order = model.order(placed.order.number) else { throw Violation("an order is lost") }
            try require((0...order.total.minorUnits).contains(order.refunded), "more was refunded than paid")
            try require(order.pointsEarned >= 0, "more points went back than an order earned")
            let isDone = order.status == .cancelled || order.refunded == order.total.minorUnits && order.refunded > 0
            let holder = model.customers[order.customer.index]
            try require(holder.status != .merged, "an order is with somebody merged")
            let earnedByHand = holder.loyalty?.transactions
                .contains {
                    $0.kind == .earned && $0.orderNumber == placed.order.number && $0.sequence != placed.sequence.next
                }
            try require(!isDone || order.pointsEarned == 0 || earnedByHand == true, "points of a returned order stay")
        }
        let gross = model.customers.indices.reduce(into: [CurrencyCode: Int64]()) { sums, index in
            sums.merge(model.metrics(of: CustomerOrdinal(UInt32(index))).grossSpent, uniquingKeysWith: +)
        }
        let expected = model.orders.filter { $0.order.status != .cancelled }
            .reduce(into: [CurrencyCode: Int64]()) { $0[$1.order.currency, default: 0] += $1.order.total }
        try requireEqual(gross, expected, "what customers spent")
    }
}
