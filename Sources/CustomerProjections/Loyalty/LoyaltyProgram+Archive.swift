import CustomerDomain

extension LoyaltyProgram {
    /// All rules but name and tiers, as numbers.
    var numbers: [Int64] {
        let (pendingKind, pendingDays): (Int64, Int) =
            switch pending {
            case .none: (0, 0)
            case .days(let count): (1, count)
            case .orderCompletion: (2, 0)
            }
        let (qualificationKind, months): (Int64, Int) =
            switch qualification {
            case .lifetime: (0, 0)
            case .months(let count): (1, count)
            case .calendarYear: (2, 0)
            }
        let flags: Int64 = (isActive ? 1 : 0) | (earnsOnOrders ? 2 : 0) | (allowsNegativeBalance ? 4 : 0)
        return [
            flags, pointsPerRedeemedUnit, minimumRedemption, Int64(validity?.count ?? 0),
            Int64(validity?.unit.rawValue ?? 0), Int64(validity?.end?.rawValue ?? 0), pendingKind, Int64(pendingDays),
            qualificationKind, Int64(months), Int64(downgrade.rawValue), birthdayPoints,
        ]
    }

    func archive(into writer: inout ArchiveWriter) throws {
        try writer.add(name)
        for number in numbers { try writer.add(number) }
        try writer.add(UInt64(tiers.count))
        for tier in tiers {
            try writer.add(tier.name)
            try writer.add(tier.threshold)
            try writer.add(tier.pointsPerUnit)
            try writer.add(tier.benefitBits)
            try writer.add(tier.perks)
        }
    }

    init(from reader: inout ArchiveReader) throws {
        self.init(name: try reader.text())
        var numbers: [Int64] = []
        for _ in 0..<self.numbers.count { numbers.append(try reader.number()) }
        func small(_ place: Int) throws -> Int {
            try reader.check(numbers[place].magnitude < 1 << 32, "a rule of the programme is \(numbers[place])")
            return Int(numbers[place])
        }
        isActive = numbers[0] & 1 != 0
        earnsOnOrders = numbers[0] & 2 != 0
        allowsNegativeBalance = numbers[0] & 4 != 0
        (pointsPerRedeemedUnit, minimumRedemption, birthdayPoints) = (numbers[1], numbers[2], numbers[11])
        let unit = CalendarUnit(rawValue: UInt8(clamping: numbers[4]))
        let end = CalendarUnit(rawValue: UInt8(clamping: numbers[5]))
        let count = try small(3)
        validity = unit.map { PointsValidity(count: count, unit: $0, end: end) }
        pending = numbers[6] == 1 ? .days(try small(7)) : numbers[6] == 2 ? .orderCompletion : .none
        qualification = numbers[8] == 1 ? .months(try small(9)) : numbers[8] == 2 ? .calendarYear : .lifetime
        guard let policy = DowngradePolicy(rawValue: UInt8(clamping: numbers[10])) else {
            throw reader.malformed("there is no policy \(numbers[10])")
        }
        downgrade = policy
        tiers = []
        for _ in 0..<(try reader.count(of: 26)) {
            var tier = LoyaltyTier(
                name: try reader.text(),
                threshold: try reader.number(),
                pointsPerUnit: try reader.number()
            )
            let bits: UInt8 = try reader.number()
            tier.benefits = Set(TierBenefit.allCases.filter { bits & 1 << ($0.rawValue - 1) != 0 })
            tier.perks = try reader.texts()
            tiers.append(tier)
        }
    }
}

extension LoyaltyTier {
    /// The benefits as bits.
    var benefitBits: UInt8 { benefits.reduce(0) { $0 | 1 << ($1.rawValue - 1) } }
}

extension LoyaltyTable.Account {
    /// All that is a number, but rows.
    var numbers: [Int64] {
        [
            enrolledAt, balance, pending, owed, lifetimePoints, credited, debited, expired, Int64(movementCount),
            Int64(marks.tier), Int64(marks.birthdayYear), marks.tierSince,
        ]
    }
}
