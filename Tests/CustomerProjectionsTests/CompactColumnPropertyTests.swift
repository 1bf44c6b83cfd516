import CustomerDomain
import TestSupport
import Testing

@testable import CustomerProjections

@Suite struct CompactColumnPropertyTests {
    private static let day: Int64 = 86_400_000_000

    @Test func `a column of movements gives back what was put in, whether it fits or not`() throws {
        try Property.forAll(seeds: 50) { random in
            let (column, plain) = random.filled(CompactMovement.self) { $0.movement() }
            try requireEqual(column.count, plain.count, "count")
            for (row, movement) in plain.enumerated() {
                try requireEqual(column[row], movement, "movement \(row)")
            }
            try requireEqual(column.wideCount, plain.count { CompactMovement($0) == nil }, "what did not fit")
        }
    }

    @Test func `a movement of a usual size is compact`() throws {
        try requireEqual(MemoryLayout<CompactMovement>.stride, 32, "bytes")
        let at = 20_000 * Self.day + 12_345
        for end in [LoyaltyTable.never, 20_366 * Self.day, at + 366 * Self.day, 20_000 * Self.day] {
            let movement = LoyaltyTable.Movement(
                sequence: 1 << 33,
                points: -2_000_000_000,
                at: at,
                rest: 2_000_000_000,
                expiresAt: end,
                previous: 7,
                order: noRow,
                kind: .birthday
            )
            try requireEqual(CompactMovement(movement)?.value, movement, "until \(end)")
        }
    }

    @Test func `a column of accounts gives back what was put in, whether it fits or not`() throws {
        try requireEqual(MemoryLayout<CompactAccount>.stride, 48, "bytes")
        try Property.forAll(seeds: 50) { random in
            let (column, plain) = random.filled(CompactAccount.self) { $0.account() }
            for (row, account) in plain.enumerated() { try requireEqual(column[row], account, "account \(row)") }
            try require(column.wideCount > 0 && column.wideCount < plain.count, "some fit, and some do not")
        }
    }

    @Test func `a narrow column gives back what was put in, whether it fits or not`() throws {
        try Property.forAll(seeds: 30) { random in
            var plain: [Int64] = (0..<50).map { _ in random.points() }
            var column = NarrowColumn<Int64, Int32>(plain)
            for _ in 0..<100 {
                let row = random.below(plain.count)
                plain[row] = random.points()
                column[row] = plain[row]
            }
            try requireEqual(Array(column), plain, "numbers")
            let wide = plain.count { $0 < Int64(Int32.min) || $0 >= Int64(Int32.max) }
            try requireEqual(column.wideCount, wide, "what did not fit")
        }
    }

    @Test func `every currency is compact, and whatever else an archive may have is kept`() throws {
        for text in ["AAA", "CHF", "EUR", "USD", "ZZZ"] {
            let code = CurrencyCode(packed: text.utf8.reduce(0) { $0 << 8 | UInt32($1) })
            try requireEqual(CompactCurrency(code)?.value, code, text)
        }
        let codes = [0, 1, 0x45_5552, 0x65_7572, 0x1_0045_5552, .max].map { CurrencyCode(packed: UInt32(clamping: $0)) }
        let column = CompactColumn<CompactCurrency>(codes)
        try requireEqual(Array(column), codes, "codes")
        try requireEqual(column.wideCount, 5, "what did not fit")
    }
}

extension SeededGenerator {
    /// A column of values that were put in and replaced, and the same values plainly.
    fileprivate mutating func filled<Row: CompactRow>(
        _ type: Row.Type,
        _ value: (inout Self) -> Row.Value
    ) -> (column: CompactColumn<Row>, plain: [Row.Value]) {
        var column = CompactColumn<Row>()
        var plain: [Row.Value] = []
        for _ in 0..<200 {
            let value = value(&self)
            if chance(1, in: 3), !plain.isEmpty {
                let row = below(plain.count)
                plain[row] = value
                column[row] = value
            } else {
                plain.append(value)
                column.append(value)
            }
        }
        return (column, plain)
    }

    fileprivate mutating func points() -> Int64 {
        pick([0, 0, 1, 500, -40, 2_147_483_647, -2_147_483_648, 2_147_483_648, -2_147_483_649, .max, .min])
    }

    fileprivate mutating func movement() -> LoyaltyTable.Movement {
        let day: Int64 = 86_400_000_000
        let at = pick([0, 20_000 * day, 20_000 * day + 5, -1, -3 * day, -3 * day + 7, .min, .max])
        let ends = [LoyaltyTable.never, LoyaltyTable.never, 20_365 * day, 0, -5 * day, at, -7, 90_000 * day, .min]
        let isEarly = at > .min && at < .max
        return LoyaltyTable.Movement(
            sequence: pick([1, 1 << 32 - 1, 1 << 32, 1 << 40 - 1, 1 << 40, .max]),
            points: points(),
            at: at,
            rest: points(),
            expiresAt: pick(isEarly ? ends + [at + 365 * day, at + 65_534 * day, at + 65_535 * day] : ends),
            previous: pick([noRow, 0, 17]),
            order: pick([noRow, 0, 17]),
            kind: pick([.earned, .adjusted, .redeemed, .reversed, .restored, .expired, .activated, .birthday])
        )
    }

    fileprivate mutating func account() -> LoyaltyTable.Account {
        // Most are as events make them: what came is there, is pending, is gone or was taken.
        let isUsual = chance(7, in: 8)
        var account = LoyaltyTable.Account(customer: UInt32(below(50)), enrolledAt: Int64(below(1_000)))
        account.balance = isUsual ? Int64(below(500)) - 20 : points()
        account.pending = isUsual ? Int64(below(90)) : points()
        account.expired = isUsual ? Int64(below(90)) : points()
        account.debited = isUsual ? Int64(below(900)) : points()
        account.credited = account.balance &+ account.pending &+ account.expired &+ account.debited
        account.lifetimePoints = isUsual ? account.credited - Int64(below(90)) : points()
        account.owed = chance(1, in: 9) ? 3 : 0
        account.movementCount = pick([0, 1, 17, 65_534, 65_535, 65_536, .max])
        account.lastMovement = pick([noRow, 0, 3])
        account.marks = LoyaltyTable.Marks(
            tier: pick([0, 1, 255, 256, .max]),
            birthdayYear: pick([0, 1, 1_969, 1_970, 2_026, 2_224, 2_225, .max]),
            tierSince: pick([0, 1_700_000_000_000_000, .min])
        )
        return account
    }
}
