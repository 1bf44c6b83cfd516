import CustomerDomain
import EventSourcing

extension SampleShop {
    /// A customer arrives: with an account or as a guest who orders at once.
    mutating func welcome(_ index: Int) async throws(CommandError) {
        var person = SamplePerson(seed: options.seed, index: index)
        // One in a hundred had an account already and orders as a guest by mistake; the team merges them later.
        var double: Int?
        if index > 20, random.percent(1) {
            let other = random.below(index)
            if customers[other].accountType == .registered, !customers[other].isGone {
                person = SamplePerson(seed: options.seed, index: other)
                person.accountType = .guest
                double = other
            }
        }
        var memory = Memory(id: mint(), accountType: person.accountType)
        let isShop = person.address.company != nil
        let group = isShop ? 1 : 0
        memory.groups = 1 << UInt8(group)
        let created = CustomerCreated(
            id: memory.id,
            accountType: person.accountType,
            externalID: random.percent(30) ? "C-\(100_000 + index)" : nil,
            source: person.source,
            profile: person.profile
        )
        let address = Address(id: mint(), fields: person.address, isDefaultShipping: true, isDefaultBilling: true)
        memory.addressCount = 1
        var tags: [String] = []
        if random.percent(45) { tags.append("newsletter") }
        if random.percent(8) { tags.append(random.pick(["influencer", "gift-buyer", "local", "student", "press"])) }
        customers.append(memory)
        try await submit(
            .createCustomer(
                CreateCustomer(
                    created,
                    tags: tags,
                    metadata: random.percent(10) ? ["utm_source": random.pick(["search", "social", "friend"])] : [:],
                    addresses: [address],
                    groups: [groups[group]]
                )
            )
        )
        try await settle(index, person, double: double)
    }

    /// Plans what a new customer does next.
    private mutating func settle(_ index: Int, _ person: SamplePerson, double: Int?) async throws(CommandError) {
        if person.accountType == .registered {
            if random.percent(42) {
                customers[index].isLoyal = true
                try await submit(.enrollInLoyalty(customers[index].id, cardNumber: "FC\(10_000 + index)"))
                if random.percent(15) { agenda.add(.adjust, at: time(inDays: 5...200), customer: index) }
            }
            if random.percent(88) { agenda.add(.order, at: time(inDays: 0.001...0.2), customer: index) }
            if random.percent(70) { agenda.add(.login, at: time(inDays: 1...30), customer: index) }
        } else {
            agenda.add(.order, at: time(inDays: 0.0005...0.01), customer: index)
            if double == nil, random.percent(12) { agenda.add(.claim, at: time(inDays: 2...90), customer: index) }
        }
        if let double { agenda.add(.merge, at: time(inDays: 3...60), customer: double, other: index) }
        if random.percent(7) { agenda.add(.note, at: time(inDays: 1...300), customer: index) }
        if random.percent(1.5) { agenda.add(.disable, at: time(inDays: 30...400), customer: index) }
    }

    /// Lets one planned thing happen.
    mutating func perform(_ entry: SampleAgenda.Entry) async throws(CommandError) {
        let index = Int(entry.customer)
        let order = Int(entry.other)
        guard !customers[index].isGone else { return }
        let id = customers[index].id
        switch entry.action {
        case .order: try await placeOrder(index)
        case .ship:
            try await submit(
                .changeOrderStatus(
                    OrderStatusChanged(number: number(order), status: .processing, fulfillmentStatus: .shipped)
                )
            )
            agenda.add(.deliver, at: time(inDays: 1...6), customer: index, other: order)
        case .deliver:
            try await submit(
                .changeOrderStatus(
                    OrderStatusChanged(number: number(order), status: .completed, fulfillmentStatus: .delivered)
                )
            )
        case .cancel:
            let reason = random.pick(["Ordered by mistake", "Found it cheaper", "Takes too long"])
            try await submit(.cancelOrder(OrderCancelled(number: number(order), reason: reason)))
        case .refund: try await refund(index, order)
        case .login:
            try await submit(.recordLogin(id))
            if random.percent(75) { agenda.add(.login, at: time(inDays: 2...60), customer: index) }
        case .note: try await addNote(id)
        case .adjust:
            let adjustment = PointsAdjusted(
                adjustment: random.percent(80) ? .add : .deduct,
                points: Int64(random.number(1...10) * 50),
                reason: random.pick(["Birthday", "Sorry for the delay", "Correction", "Competition"])
            )
            try await submit(.adjustPoints(id, adjustment))
        case .redeem:
            try await submit(
                .redeemPoints(id, PointsRedeemed(points: Int64(random.number(2...20) * 100), reason: "Voucher"))
            )
        case .claim:
            try await submit(.claimGuest(id, isVerified: true))
            customers[index].accountType = .registered
        case .disable:
            try await submit(.disableCustomer(id, reason: random.pick(["Chargeback", "Fraud check", "On request"])))
        case .merge:
            customers[order].isGone = true
            try await submit(.mergeCustomers(survivor: id, merged: customers[order].id))
        }
    }

    private func number(_ order: Int) -> String { String(10_000 + order) }

    private func orderRandom(_ order: Int) -> SampleRandom {
        SampleRandom(seed: options.seed, stream: 5, index: UInt64(order))
    }

    private mutating func placeOrder(_ index: Int) async throws(CommandError) {
        orderCount += 1
        let order = orderCount
        let person = SamplePerson(seed: options.seed, index: index)
        var draw = orderRandom(order)
        let lines = catalog.lines(&draw)
        let placed = Order(
            number: number(order),
            currency: CurrencyCode("USD") ?? CurrencyCode(packed: 0),
            lines: lines,
            status: random.percent(92) ? .paid : .placed,
            paymentMethod: random.pick(["card", "card", "card", "paypal", "invoice"]),
            shippingAddress: person.address
        )
        try await submit(.placeOrder(customers[index].id, placed))
        customers[index].orderCount &+= 1
        customers[index].spent += placed.total
        planAfterOrder(index, order, person)
        try await promote(index)
    }

    private mutating func planAfterOrder(_ index: Int, _ order: Int, _ person: SamplePerson) {
        if random.percent(3) {
            agenda.add(.cancel, at: time(inDays: 0.01...0.8), customer: index, other: order)
        } else {
            agenda.add(.ship, at: time(inDays: 0.8...3), customer: index, other: order)
            if random.percent(6) { agenda.add(.refund, at: time(inDays: 8...30), customer: index, other: order) }
        }
        if customers[index].isLoyal, random.percent(9) {
            agenda.add(.redeem, at: time(inDays: 3...60), customer: index)
        }
        let chance = customers[index].accountType == .guest ? 12.0 : 34.0 + 10 * person.eagerness
        if random.percent(min(chance, 93)) {
            let longest = max(8, 240 / person.eagerness)
            agenda.add(.order, at: time(inDays: longest / 8...longest), customer: index)
        }
    }

    /// Good customers become VIPs.
    private mutating func promote(_ index: Int) async throws(CommandError) {
        guard customers[index].spent > 150_000, customers[index].groups & 4 == 0 else { return }
        customers[index].groups |= 4
        try await submit(.addGroupMembers(groups[2], [customers[index].id]))
        try await submit(.addTags(customers[index].id, ["vip"]))
    }

    private mutating func refund(_ index: Int, _ order: Int) async throws(CommandError) {
        var draw = orderRandom(order)
        let lines = catalog.lines(&draw)
        // Whole orders come back as often as one line of them.
        let amount: Int64? = lines.count > 1 && random.percent(50) ? lines[0].total : nil
        let reason = random.pick(["Too small", "Arrived broken", "Not as pictured", "Changed my mind"])
        try await submit(
            .refundOrder(
                RefundOrder(
                    orderNumber: number(order),
                    reference: "R\(number(order))",
                    minorUnits: amount,
                    reason: reason
                )
            )
        )
    }

    private mutating func addNote(_ id: CustomerID) async throws(CommandError) {
        let texts: [(NoteType, String)] = [
            (.general, "Prefers delivery in the afternoon."),
            (.general, "Asked for a catalogue on paper."),
            (.supportInteraction, "Called about a late parcel; arrived the same day."),
            (.supportInteraction, "Wanted to know how to care for oak."),
            (.accountAlert, "Typed the wrong password many times; identity confirmed by phone."),
            (.paymentIssue, "Card declined twice, paid by invoice."),
            (.fraudConcern, "Shipping and billing countries differ; checked and fine."),
        ]
        let (type, text) = random.pick(texts)
        try await submit(.addNote(id, NoteAdded(id: mint(), type: type, text: text)))
    }
}
