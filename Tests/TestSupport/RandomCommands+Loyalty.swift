import CustomerDomain
import EventSourcing

extension RandomCommands {
    mutating func loyaltyCommand(_ facts: some OrganizationFacts) -> Command {
        if facts.loyaltyProgram == nil || random.chance(4) { return .configureLoyalty(program()) }
        var id = random.chance(60) ? member(facts) ?? customer(facts) : customer(facts)
        let points = random.chance(90) ? Int64(1 + random.below(300)) : random.pick([0, -5, 2_000_000_000])
        let number = orders.isEmpty || random.chance(60) ? nil : random.pick(orders)
        if let order = number.flatMap({ facts.order($0) }), facts.loyaltyAccount(of: order.customer) != nil {
            id = facts.standing(of: order.customer).id
        }
        switch random.below(14) {
        case 10...11: return review(facts) ?? .reviewLoyalty(id, at: time)
        case 12...13:
            let (holder, redemption) = redemption(facts)
            var restore = RestorePoints(redemption: redemption, reason: reason())
            if random.chance(50) { restore.points = Int64(random.below(200)) }
            return .restorePoints(holder.map { facts.standing(of: $0).id } ?? id, restore)
        case ..<4:
            return .enrollInLoyalty(id, cardNumber: random.chance(97) ? "FC\(10_000 + random.below(200))" : "")
        case ..<6:
            let source = random.pick(PointsSource.allCases)
            return .earnPoints(id, PointsEarned(points: points, orderNumber: number, reason: reason(), source: source))
        case ..<8:
            let adjustment = random.pick(PointsAdjustment.allCases)
            let adjusted = PointsAdjusted(adjustment: adjustment, points: points, reason: reason() ?? "")
            return .adjustPoints(id, adjusted)
        default:
            return .redeemPoints(id, PointsRedeemed(points: points, orderNumber: number, reason: reason()))
        }
    }

    private mutating func member(_ facts: some OrganizationFacts) -> CustomerID? {
        let members = (0..<UInt32(facts.customerCount)).map { CustomerOrdinal($0) }
            .filter { facts.loyaltyAccount(of: $0) != nil }
        return members.isEmpty ? nil : facts.standing(of: random.pick(members)).id
    }

    /// A look at somebody enrolled, often some time later, or after its birthday.
    private mutating func review(_ facts: some OrganizationFacts) -> Command? {
        let members = (0..<UInt32(facts.customerCount)).map { CustomerOrdinal($0) }
            .filter { facts.loyaltyAccount(of: $0) != nil }
        guard !members.isEmpty else { return nil }
        let born = members.filter { facts.profile(of: $0).birthDate != nil }
        let member = random.chance(40) && !born.isEmpty ? random.pick(born) : random.pick(members)
        var now = time.advanced(byDays: random.chance(50) ? 0 : random.below(60))
        if random.chance(60), let day = facts.profile(of: member).birthDate?.lastAnniversary(before: time) {
            now = Timestamp(microseconds: Int64(day.dayNumber) * 86_400_000_000).advanced(byDays: 366)
        }
        return .reviewLoyalty(facts.standing(of: member).id, at: now)
    }

    /// Some event, most often one by which somebody redeemed points.
    private mutating func redemption(_ facts: some OrganizationFacts) -> (CustomerOrdinal?, SequenceNumber) {
        var sequence = SequenceNumber(1)
        let customers = (0..<UInt32(facts.customerCount)).map { CustomerOrdinal($0) }
            .filter { facts.loyaltyAccount(of: $0) != nil }
        let count = 2 * timeCount + 1
        let start = random.below(count)
        for step in 0..<count {
            sequence = SequenceNumber(UInt64(1 + (start + step) % count))
            if let holder = customers.first(where: { facts.pointsRedemption(sequence, of: $0) != nil }) {
                return (holder, sequence)
            }
        }
        return (nil, sequence)
    }

    private mutating func program() -> LoyaltyProgram {
        var program = LoyaltyProgram(name: random.pick(["Loyalty", "Club", ""]))
        program.earnsOnOrders = random.chance(85)
        program.isActive = random.chance(95)
        program.minimumRedemption = random.pick([1, 1, 1, 20, 0])
        program.validity = random.pick([
            nil, .oneYear, PointsValidity(count: 1 + random.below(40), unit: .day),
            PointsValidity(count: 1 + random.below(3), unit: .month, end: random.pick(CalendarUnit.allCases)),
        ])
        program.pending = random.pick([.none, .days(1 + random.below(9)), .orderCompletion])
        program.allowsNegativeBalance = random.chance(60)
        program.qualification = random.pick([.lifetime, .calendarYear, .months(1 + random.below(4)), .months(500)])
        program.downgrade = random.pick(DowngradePolicy.allCases)
        program.birthdayPoints = random.pick([0, 50, 100])
        if random.chance(30) { program.tiers[1].threshold = Int64(random.below(6_000)) }
        if random.chance(30) { program.tiers[2].pointsPerUnit = Int64(random.below(50)) }
        return program
    }
}
