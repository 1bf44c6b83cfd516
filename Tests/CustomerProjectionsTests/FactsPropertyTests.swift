import CustomerDomain
import CustomerProjections
import EventSourcing
import TestSupport
import Testing

@Suite struct FactsPropertyTests {
    @Test func `every fact is that of the plain model`() throws {
        try Property.forAll(seeds: 25) { random in
            var shop = RandomShop(random.fork())
            var state = OrganizationState()
            for _ in 0..<6 {
                let applied = shop.events.count
                shop.run(random.below(60))
                for event in shop.events[applied...] { state.apply(event) }
                try requireSameFacts(state, shop.model)
                try requireSameViews(state, shop, at: random.queryTime(of: shop))
            }
        }
    }

    @Test func `every fact is that of the plain model while customers are merged and taken apart`() throws {
        var unmergeCount = 0
        try Property.forAll(seeds: 40) { random in
            var shop = RandomShop(random.fork())
            shop.run(40)
            var state = OrganizationState(after: shop.events)
            for _ in 0..<12 {
                let applied = shop.events.count
                shop.runMerges(8)
                for event in shop.events[applied...] {
                    state.apply(event)
                    if case .customersUnmerged = event.event { unmergeCount += 1 }
                }
                try requireSameFacts(state, shop.model)
                try requireSameViews(state, shop, at: random.queryTime(of: shop))
            }
        }
        #expect(unmergeCount > 100, "\(unmergeCount) merges were undone")
    }

    private func requireSameFacts(_ state: OrganizationState, _ model: OrganizationModel) throws {
        try requireEqual(state.head, model.head, "head")
        try requireEqual(state.customerCount, model.customerCount, "customers")
        try requireEqual(state.groupCount, model.groupCount, "groups")
        try requireEqual(state.settings, model.settings, "settings")
        try requireEqual(state.hasOrders, model.hasOrders, "orders")
        try requireEqual(state.loyaltyProgram, model.loyaltyProgram, "programme")
        try requireEqual(state.recordedAmount, model.recordedAmount, "recorded amount")
        try requireEqual(state.allJobs, model.jobs.jobs, "jobs")
        try requireEqual(state.openJobCount, model.openJobCount, "open jobs")
        try requireEqual(state.allWebhooks, model.webhooks.webhooks, "webhooks")
        try requireEqual(state.allViews, model.allViews, "views")
        try requireSameRules(state, model)
        try requireEqual(state.issuedCredit, model.issuedCredit, "issued credit")
        try requireSameSegments(state, model)
        try requireEqual(state.creditAccounts.mapValues(nonZero), model.credit.accounts.mapValues(nonZero), "accounts")
        for lot in model.credit.lots { try requireEqual(state.creditLot(lot.lot.id), lot.lot, "lot") }
        for spend in model.credit.spends {
            let id = spend.spent.id
            try requireEqual(state.creditSpend(id), model.creditSpend(id), "spending")
        }
        try requireSameDue(state, model)
        try requireEqual(state.adminKeyCount, model.adminKeyCount, "admin keys")
        try requireSameAccess(state, model)
        for index in model.customers.indices { try requireSameFacts(state, model, CustomerOrdinal(UInt32(index))) }
        for placed in model.orders {
            try requireEqual(state.order(placed.order.number), model.order(placed.order.number), "order")
        }
        for one in model.orderReturns {
            try requireEqual(state.orderReturn(one.id), one, "return")
            try requireEqual(state.returns(of: one.orderNumber), model.returns(of: one.orderNumber), "returns")
        }
        for note in model.customers.flatMap(\.notes) {
            try requireEqual(state.note(note.note.id), model.note(note.note.id), "note")
        }
        for refund in model.refunds { try require(state.hasRefund(refund.refund.reference), "refund") }
        for number in 0..<400 {
            let card = "FC\(number)"
            try requireEqual(state.customer(withLoyaltyCard: card), model.customer(withLoyaltyCard: card), card)
            let externalID = "ext-\(number)"
            try requireEqual(
                state.customer(withExternalID: externalID),
                model.customer(withExternalID: externalID),
                externalID
            )
        }
        for request in model.dataRequests {
            try requireEqual(state.dataRequest(request.id), model.dataRequest(request.id), "request \(request.id)")
        }
        for name in ["vip", "WHOLESALE", "x"] {
            try requireEqual(state.group(named: name), model.group(named: name), name)
        }
        for key in ["k-0", "k-1", "k-2"] { try requireEqual(state.group(withKey: key), model.group(withKey: key), key) }
        for (index, group) in model.groups.enumerated() {
            let ordinal = GroupOrdinal(UInt32(index))
            try requireEqual(state.definition(of: ordinal), group.definition, group.name)
            let standing = model.customers.count {
                $0.groups.contains(ordinal) && ($0.status == .active || $0.status == .disabled)
            }
            try requireEqual(state.groupView(ordinal).memberCount, standing, "members of \(group.name)")
        }
        try requireEqual(state.customFields, model.customFields, "custom fields")
        try requireEqual(state.pricingRules, model.pricingRules, "pricing rules")
        let all = try state.groups(page: .offset(limit: 1_000, offset: 0))
        try requireEqual(all.elements.map(\.id), model.groups.filter { !$0.isDeleted }.map(\.id), "groups")
        for group in model.groups { try requireEqual(state.group(group.id), model.group(group.id), group.name) }
    }

    private func nonZero(_ accounts: [CreditAccount: Int64]) -> [CreditAccount: Int64] {
        accounts.filter { $0.value != 0 }
    }

    private func requireSameSegments(_ state: OrganizationState, _ model: OrganizationModel) throws {
        try requireEqual(state.segmentCount, model.segmentCount, "segments")
        try requireEqual(state.standingSegmentCount, model.standingSegmentCount, "standing segments")
        for (index, segment) in model.segments.enumerated() {
            let ordinal = SegmentOrdinal(UInt32(index))
            try requireEqual(state.segment(segment.id), ordinal, "segment")
            try requireEqual(state.isRemoved(ordinal), segment.isRemoved, "removal")
            try requireEqual(state.terms(of: ordinal), segment.terms, "terms")
            let name = segment.terms.name
            try requireEqual(state.segment(named: name.uppercased()), model.segment(named: name), name)
            if let key = segment.key {
                try requireEqual(state.segment(withKey: key), model.segment(withKey: key), key)
            }
            let view = state.segmentView(ordinal)
            try requireEqual(view.createdAt, segment.createdAt, "definition of \(name)")
            try requireEqual(view.updatedAt, segment.updatedAt, "change of \(name)")
            for customer in model.customers.indices.map({ CustomerOrdinal(UInt32($0)) }) {
                let isRecorded = model.isRecorded(customer, in: ordinal)
                try requireEqual(state.isRecorded(customer, in: ordinal), isRecorded, "\(customer) in \(name)")
            }
        }
    }

    private func requireSameRules(_ state: OrganizationState, _ model: OrganizationModel) throws {
        try requireEqual(state.rules, model.rules, "rules")
        for rule in model.rules {
            try requireEqual(state.rule(rule.id), rule, "rule")
            try requireEqual(state.rules(giving: rule.gift), model.rules(giving: rule.gift), "rules giving the same")
            for customer in model.customers.indices.map({ CustomerOrdinal(UInt32($0)) }) {
                let hold = model.ruleHold(of: customer, by: rule.id)
                try requireEqual(state.ruleHold(of: customer, by: rule.id), hold, "\(rule.id) and \(customer)")
                // Who does not stand has nothing to lose.
                guard hold == .given, model.customers[customer.index].mergedInto == nil else { continue }
                switch rule.gift {
                case .group(let id):
                    let isMember = model.group(id).map { model.isMember(customer, of: $0) }
                    try requireEqual(isMember, true, "what \(rule.id) gave")
                case .tag(let tag): try require(model.tags(of: customer).contains(tag), "what \(rule.id) gave")
                }
            }
        }
    }

    /// Who has credit that is due, around the times at which lots end.
    private func requireSameAccess(_ state: OrganizationState, _ model: OrganizationModel) throws {
        try requireEqual(state.apiKeyCount, model.apiKeyCount, "keys")
        for key in model.apiKeys.values {
            try requireEqual(state.apiKey(key.id), key, "key")
            try requireEqual(state.lastUse(of: key.id), model.lastUse(of: key.id), "last use")
            var holder = key
            holder.permissions.formUnion(key.template.flatMap { model.roles[$0]?.permissions } ?? [])
            let start = Timestamp(microseconds: 0)
            try requireEqual(state.apiKey(withDigest: key.secretDigest, at: start)?.key, holder, "key by digest")
            if let end = key.expiresAt {
                try require(state.apiKey(withDigest: key.secretDigest, at: end) == nil, "expired key")
            }
        }
        try requireEqual(state.roleTemplateCount, model.roleTemplateCount, "roles")
        for role in model.roles.values {
            try requireEqual(state.roleTemplate(role.id), role, "role")
            try requireEqual(state.roleTemplate(named: role.name.uppercased()), role.id, "role by name")
            try requireEqual(state.holderCount(of: role.id), model.holderCount(of: role.id), "holders")
        }
    }

    private func requireSameDue(_ state: OrganizationState, _ model: OrganizationModel) throws {
        let ends = model.credit.lots.compactMap(\.lot.expiresAt)
        for time in ends + ends.map({ Timestamp(microseconds: $0.microseconds - 1) }) {
            let due = model.credit.lots.filter { $0.lot.rest > 0 && $0.lot.isDue(at: time) }
            let expected = Set(due.map { model.customers[$0.customer.index].id })
            let found = state.customersWithDueCredit(at: time, limit: .max)
            try requireEqual(Set(found), expected, "who has credit that is due")
            try requireEqual(found.count, expected.count, "customers with due credit")
        }
    }

    private func requireSameFacts(
        _ state: OrganizationState,
        _ model: OrganizationModel,
        _ ordinal: CustomerOrdinal
    ) throws {
        let customer = model.customers[ordinal.index]
        try requireEqual(state.customer(customer.id), ordinal, "ordinal")
        try requireEqual(state.standing(of: ordinal), model.standing(of: ordinal), "standing of \(ordinal)")
        try requireEqual(state.profile(of: ordinal), model.profile(of: ordinal), "profile of \(ordinal)")
        try requireEqual(state.externalID(of: ordinal), model.externalID(of: ordinal), "external id of \(ordinal)")
        try requireEqual(state.tags(of: ordinal), model.tags(of: ordinal), "tags of \(ordinal)")
        try requireEqual(state.metadata(of: ordinal), model.metadata(of: ordinal), "metadata of \(ordinal)")
        try requireEqual(state.addresses(of: ordinal), model.addresses(of: ordinal), "addresses of \(ordinal)")
        try requireEqual(state.merge(of: ordinal), model.merge(of: ordinal), "merge of \(ordinal)")
        try requireEqual(state.loyaltyAccount(of: ordinal), model.loyaltyAccount(of: ordinal), "points of \(ordinal)")
        try requireEqual(state.consents(of: ordinal), model.consents(of: ordinal), "consents of \(ordinal)")
        try requireEqual(state.contacts(of: ordinal), model.contacts(of: ordinal), "contacts of \(ordinal)")
        try requireEqual(state.consentCount(of: ordinal), model.consentCount(of: ordinal), "ledger of \(ordinal)")
        try requireSamePointsFacts(state, model, ordinal)
        let lots = model.openCreditLots(of: ordinal).sorted { $0.isSpent(before: $1) }
        // Of somebody who was merged, its own lots are asked for by nobody.
        if customer.status != .merged, customer.mergedInto == nil {
            try requireEqual(state.openCreditLots(of: ordinal), lots, "store credit of \(ordinal)")
        }
        let (open, expected) = (state.openDataRequestCount(of: ordinal), model.openDataRequestCount(of: ordinal))
        try requireEqual(open, expected, "open requests of \(ordinal)")
        for group in model.groups.indices.map({ GroupOrdinal(UInt32($0)) }) {
            try requireEqual(
                state.isMember(ordinal, of: group),
                model.isMember(ordinal, of: group),
                "member \(ordinal)"
            )
        }
        for email in [customer.profile.email?.normalized, "ann1@example.com"].compactMap({ $0 }) {
            for type in AccountType.allCases {
                try requireEqual(
                    state.customer(withEmail: email, accountType: type),
                    model.customer(withEmail: email, accountType: type),
                    "holder of \(email)"
                )
            }
        }
    }

    private func requireSameViews(_ state: OrganizationState, _ shop: RandomShop, at time: QueryTime) throws {
        let plain = PlainShop(shop.model, shop.events)
        try requireSameRegister(state, plain, time)
        for one in plain.customers {
            let profile = state.profile(of: one.ordinal, at: time)
            try requireSameSummary(profile.summary, one, shop.model, time)
            try requireEqual(profile.birthDate, one.customer.profile.birthDate, "birth date")
            let kept = one.customer.notes.filter { !$0.isRemoved }
            try requireEqual(profile.noteCount, kept.count, "notes")
            for totals in profile.otherCurrencies where totals.grossSpent != 0 || totals.refunded != 0 {
                try requireEqual(totals.grossSpent, one.metrics.grossSpent[totals.currency] ?? 0, "gross elsewhere")
                try requireEqual(totals.refunded, one.metrics.refunded[totals.currency] ?? 0, "refunded elsewhere")
            }
            for reader in [Actor.admin, Actor(id: "key_a", isAdmin: false)] {
                var query = NoteQuery(reader: reader)
                query.page = .offset(limit: 100)
                let notes = try state.notes(of: one.ordinal, query)
                let shown = kept.filter { reader.isAdmin || $0.note.visibility == .team || $0.author == reader.id }
                let expected = shown.filter(\.note.isPinned).reversed() + shown.filter { !$0.note.isPinned }.reversed()
                try requireEqual(notes.elements.map(\.sequence), expected.map(\.sequence), "notes of \(one.ordinal)")
                try requireEqual(notes.elements.map(\.textSequence), expected.map(\.textSequence), "note texts")
            }
            let identities = state.identities(of: one.ordinal)
            let reads = shop.model.reads.filter { read in read.read.customers.contains { identities.contains($0) } }
            try requireEqual(
                try state.reads(of: one.ordinal, page: .offset(limit: 1_000)).elements,
                reads.map(\.sequence).reversed(),
                "reads of \(one.ordinal)"
            )
            let lines = try state.consentHistory(of: one.ordinal, page: .offset(limit: 1_000)).elements
            let expected = one.customer.consents.lines.map(\.sequence)
            try requireEqual(lines, expected.reversed(), "consents of \(one.ordinal)")
            try requireSamePoints(state, one)
            if one.customer.mergedInto == nil { try requireSameCredit(state, one, shop.model) }
        }
    }

    private func requireSameCredit(
        _ state: OrganizationState,
        _ one: PlainCustomer,
        _ model: OrganizationModel
    ) throws {
        let page = try state.creditLines(of: one.ordinal, page: .offset(limit: 1_000))
        let expected = model.credit.lines.filter { $0.customer == one.ordinal }
        try requireEqual(page.elements.map(\.sequence), expected.map(\.sequence).reversed(), "credit ledger")
        try requireEqual(page.elements.map(\.change), expected.map(\.change).reversed(), "movements of credit")
        var balances: [CurrencyCode: Int64] = [:]
        for (line, plain) in zip(page.elements.reversed(), expected) {
            balances[plain.change.currency, default: 0] += plain.change.minorUnits
            try requireEqual(line.balanceAfter, balances[plain.change.currency], "credit after \(plain.sequence)")
        }
        let shown = state.creditBalances(of: one.ordinal)
        try requireEqual(shown.map(\.balance.minorUnits).reduce(0, +), balances.values.reduce(0, +), "credit in all")
        for balance in shown {
            try requireEqual(balance.balance.minorUnits, balances[balance.balance.currency] ?? 0, "balance of credit")
        }
    }

    private func requireSameRegister(_ state: OrganizationState, _ plain: PlainShop, _ time: QueryTime) throws {
        for request in plain.model.dataRequests {
            let view = state.dataRequestView(request.id, at: time)
            try requireEqual(view?.events, request.events, "what happened to \(request.id)")
            try requireEqual(view?.dueAt, request.dueAt, "due date of \(request.id)")
        }
        let requests = plain.model.dataRequests
        var query = DataRequestQuery()
        query.page = .offset(limit: 1_000)
        for status in DataRequestStatus.allCases {
            query.status = status
            let ids = try state.dataRequests(query, at: time).elements.map(\.id)
            try requireEqual(Set(ids), Set(requests.filter { $0.status == status }.map(\.id)), "\(status) requests")
        }
        query.status = nil
        query.isOverdue = true
        let overdue = requests.filter { $0.status.isOpen && $0.dueAt < time.now }
        try requireEqual(try state.dataRequests(query, at: time).count, overdue.count, "overdue requests")
        try requireEqual(state.dataRequestCounts(at: time).overdue, overdue.count, "overdue requests")
        query.isOverdue = nil
        var seen: [DataRequestView] = []
        var cursor: String?
        repeat {
            query.page = .cursor(cursor, limit: 3)
            let page = try state.dataRequests(query, at: time)
            seen += page.elements
            cursor = page.nextCursor
        } while cursor != nil
        let sorted = requests.enumerated()
            .sorted { ($0.element.dueAt, $0.offset) < ($1.element.dueAt, $1.offset) }
        try requireEqual(seen.map(\.id), sorted.map(\.element.id), "the register")
        for one in plain.customers where one.isStanding {
            var query = DataRequestQuery()
            (query.customer, query.isOpen) = (one.customer.id, true)
            let count = plain.model.openDataRequestCount(of: one.ordinal)
            try requireEqual(try state.dataRequests(query, at: time).count, count, "open requests of \(one.ordinal)")
        }
    }

    private func requireSamePointsFacts(
        _ state: OrganizationState,
        _ model: OrganizationModel,
        _ ordinal: CustomerOrdinal
    ) throws {
        let open = model.openPointsLots(of: ordinal).sorted { $0.isSpent(before: $1) }
        try requireEqual(state.openPointsLots(of: ordinal), open, "points left of \(ordinal)")
        let all = model.customers[ordinal.index].loyalty?.lots.map(\.lot) ?? []
        try requireEqual(state.pointsLots(all.map(\.id), of: ordinal), all, "lots of \(ordinal)")
        try requireEqual(state.earnedPoints(of: ordinal), model.earnedPoints(of: ordinal), "earnings of \(ordinal)")
        for redemption in model.customers[ordinal.index].loyalty?.redemptions ?? [] {
            let remaining = state.pointsRedemption(redemption.sequence, of: ordinal)?.remaining
            try requireEqual(remaining, redemption.remaining, "redemption \(redemption.sequence)")
        }
        for placed in model.orders where placed.customer == ordinal {
            let number = placed.order.number
            try requireEqual(state.pointsLots(ofOrder: number), model.pointsLots(ofOrder: number), "lots of \(number)")
        }
    }

    private func requireSamePoints(_ state: OrganizationState, _ one: PlainCustomer) throws {
        let page = try state.loyaltyTransactions(of: one.ordinal, page: .offset(limit: 1_000))
        let expected = one.customer.loyalty?.transactions ?? []
        try requireEqual(page.elements.map(\.sequence), expected.map(\.sequence).reversed(), "transactions")
        try requireEqual(page.elements.map(\.change), expected.map(\.change).reversed(), "points")
        try requireEqual(page.elements.map(\.pendingChange), expected.map(\.pendingChange).reversed(), "pending points")
        var balance: Int64 = 0
        for (transaction, plain) in zip(page.elements.reversed(), expected) {
            balance += plain.change
            try requireEqual(transaction.balanceAfter, balance, "balance after \(plain.sequence)")
        }
        let summary = state.loyalty(of: one.ordinal, at: state.lastRecordedAt)
        try requireEqual(summary?.memberSince, one.customer.loyalty?.enrolledAt, "member since")
        try requireEqual(summary?.balance, one.customer.loyalty?.balance, "balance")
        try requireEqual(summary?.pending, one.customer.loyalty?.pending, "pending")
        let left = summary.map { $0.pointsEarned - $0.pointsSpent - $0.pointsExpired }
        try requireEqual(left, one.customer.loyalty.map { $0.balance + $0.pending }, "what was earned and did not go")
    }

    private func requireSameSummary(
        _ summary: CustomerSummary,
        _ one: PlainCustomer,
        _ model: OrganizationModel,
        _ time: QueryTime
    ) throws {
        let what = "of \(one.ordinal)"
        try requireEqual(summary.orderCount, Int64(one.metrics.orderCount), "order count \(what)")
        try requireEqual(summary.grossSpent, one.grossSpent, "gross \(what)")
        try requireEqual(summary.refunded, one.refunded, "refunded \(what)")
        try requireEqual(summary.firstOrderAt, one.metrics.firstOrderAt, "first order \(what)")
        try requireEqual(summary.lastOrderAt, one.metrics.lastOrderAt, "last order \(what)")
        try requireEqual(summary.lastLoginAt, one.customer.lastLoginAt, "last login \(what)")
        try requireEqual(summary.createdAt, one.customer.createdAt, "created \(what)")
        try requireEqual(summary.updatedAt, one.updatedAt, "updated \(what)")
        try requireEqual(summary.country, one.country, "country \(what)")
        try requireEqual(summary.source, one.customer.source, "source \(what)")
        try requireEqual(summary.role, one.customer.profile.role, "role \(what)")
        try requireEqual(
            summary.groups.map(\.name),
            one.customer.groups.sorted().map { model.groups[$0.index] }.filter { !$0.isDeleted }.map(\.name),
            what
        )
        try requireEqual(summary.pointsBalance, one.points ?? 0, "points \(what)")
        let days = model.settings.activityWindowDays
        try requireEqual(summary.activity == .active, one.isActive(days, time.now), "activity \(what)")
        let tier = model.tierIndex(of: one.ordinal).flatMap { model.loyaltyProgram?.tiers[$0].name }
        try requireEqual(summary.tierName, tier, "tier \(what)")
        let average = one.ownOrderCount > 0 ? one.grossSpent.dividedRoundingHalfUp(by: one.ownOrderCount) : nil
        try requireEqual(summary.averageOrderValue, average, "average \(what)")
    }
}
