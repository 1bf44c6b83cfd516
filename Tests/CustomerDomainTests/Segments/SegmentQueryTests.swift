import CustomerDomain
import Testing

struct SegmentQueryTests {
    /// Queries of every form, and what they mean.
    private static let meanings: [(String, SegmentSubject, SegmentCondition, isNegated: Bool)] = [
        ("amount_spent > 1000.50", .field(.amountSpent), .number(.more(number(100_050, 2))), false),
        ("NUMBER_OF_ORDERS in (1, 2)", .field(.numberOfOrders), .number(.oneOf([number(1), number(2)])), false),
        ("points_balance NOT IN (-5)", .field(.pointsBalance), .number(.oneOf([number(-5)])), true),
        ("points_balance <> 0", .field(.pointsBalance), .number(.oneOf([number(0)])), true),
        (
            "last_order_date between -12m and today", .field(.lastOrderDate), .day(.between(.months(-12), .days(0))),
            false
        ),
        ("last_order_date <= 2026-03-01", .field(.lastOrderDate), .day(.atMost(.date(march))), false),
        ("first_order_date = '2026-03-01'", .field(.firstOrderDate), .day(.oneOf([.date(march)])), false),
        ("first_order_date = -2w", .field(.firstOrderDate), .day(.oneOf([.days(-14)])), false),
        ("customer_added_date >= 90_days_ago", .field(.customerAddedDate), .day(.atLeast(.days(-90))), false),
        ("last_login_date < 12_months_ago", .field(.lastLoginDate), .day(.less(.months(-12))), false),
        ("last_login_date IS NOT NULL", .field(.lastLoginDate), .isMissing, true),
        (
            "MONTH(last_order_date) IN (11, 12)", .month(.lastOrderDate), .number(.oneOf([number(11), number(12)])),
            false
        ),
        ("anniversary(birth_date) = today", .anniversary(.birthDate), .day(.oneOf([.days(0)])), false),
        (#"customer_tags CONTAINS "it's""#, .field(.tags), .contains("it's"), false),
        ("customer_tags NOT CONTAINS 'it''s'", .field(.tags), .contains("it's"), true),
        ("customer_countries CONTAINS 'Germany'", .field(.countries), .contains("DE"), false),
        ("customer_account_status = disabled", .field(.accountStatus), .text(["disabled"]), false),
        ("sms_subscription_status IN ('granted', Pending)", .field(.smsConsent), .text(["granted", "pending"]), false),
        ("is_loyalty_member != true", .field(.isLoyaltyMember), .flag(true), true),
        ("metadata.vip = true", .metadata("vip"), .text(["true"]), false),
        ("metadata.'shoe size' = 42.5", .metadata("shoe size"), .text(["42.5"]), false),
        ("orders_placed MATCHES ()", .orders, .orders(OrderCriteria()), false),
        ("orders_placed NOT MATCHES (count >= 2, amount > 100, status = paid)", .orders, .orders(paid), true),
    ]

    private static let march = CalendarDate("2026-03-01") ?? CalendarDate(dayNumber: 0)
    private static var paid: OrderCriteria {
        var criteria = OrderCriteria()
        criteria.count = .atLeast(number(2))
        criteria.amount = .more(number(100))
        criteria.statuses = [.paid]
        return criteria
    }

    private static func number(_ mantissa: Int64, _ decimals: Int = 0) -> SegmentNumber {
        SegmentNumber(mantissa: mantissa, decimalCount: decimals)
    }

    @Test func `each comparison means what it says`() throws {
        for (text, subject, condition, isNegated) in Self.meanings {
            guard case .test(let test) = try SegmentQuery(text).root else {
                Issue.record("\(text) is no comparison")
                continue
            }
            #expect(test.subject == subject, "\(text)")
            #expect(test.condition == condition, "\(text)")
            #expect(test.isNegated == isNegated, "\(text)")
            #expect(test.range == SegmentRange(offset: 0, length: text.unicodeScalars.count), "\(text)")
        }
    }

    @Test func `NOT binds more than AND, and AND more than OR`() throws {
        let text = "NOT points_balance = 1 AND points_balance = 2 OR (points_balance = 3 OR points_balance = 4)"
        guard case .or(let parts, _) = try SegmentQuery(text).root, case .and(let first, _) = parts[0],
            case .not = first[0], case .or = parts[1]
        else {
            Issue.record("another tree")
            return
        }
        #expect(parts[0].range.slice(of: text) == "NOT points_balance = 1 AND points_balance = 2")
    }

    /// Texts that are no queries: where and what is wrong.
    private static let mistakes: [(String, offset: Int, length: Int, message: String, suggestion: String?)] = [
        ("", 0, 0, "is empty", nil),
        ("amount_spend > 1", 0, 12, "has an unknown attribute amount_spend", "amount_spent"),
        ("rfm_group = 'a'", 0, 9, "has an unknown attribute rfm_group", nil),
        ("numer_of_ordres = 1", 0, 15, "has an unknown attribute numer_of_ordres", "number_of_orders"),
        ("amount_spent >", 14, 0, "lacks a number", nil),
        ("amount_spent CONTAINS 'a'", 13, 8, "compares by CONTAINS, which this cannot be compared by", nil),
        ("customer_tags = 'a'", 14, 1, "compares by =, which this cannot be compared by", "CONTAINS"),
        (
            "last_order_date > 2026-02-30", 18, 10,
            "has a date that is none: it must be a day of the calendar as 2026-03-01", nil
        ),
        ("last_order_date > yesterdy", 18, 8, "lacks a day", "yesterday"),
        ("customer_type = 'gest'", 16, 6, "has a value that this never has", "guest"),
        ("customer_countries CONTAINS 'Atlantis'", 28, 10, "has no country Atlantis", nil),
        ("(points_balance = 1", 19, 0, "lacks )", nil),
        ("points_balance = 1)", 18, 1, "has something behind its end", nil),
        ("points_balance = 1 points_balance = 2", 19, 14, "has something behind its end", nil),
        ("source = 'web", 9, 1, "has a text that does not end", nil),
        ("MONTH(source) = 1", 6, 6, "asks for the MONTH of source, which has none", nil),
        ("MONTH(last_order_date) = 13", 25, 2, "has a month that is none", nil),
        ("orders_placed (cout > 1)", 15, 4, "has something that orders are not told by", "count"),
        ("orders_placed (count > 1, count < 3)", 26, 5, "tells count twice; BETWEEN gives both ends", nil),
        ("source = 'a' AND # ", 17, 1, "has a character that means nothing there: #", nil),
        ("birth_date = today", 11, 1, "asks for birth_date with its year; only its anniversary can be asked for", nil),
    ]

    @Test func `a mistake is told with its place, and what was probably meant`() {
        for mistake in Self.mistakes {
            let errors = #expect(throws: SegmentSyntaxErrors.self, "\(mistake.0)") { try SegmentQuery(mistake.0) }
            guard let error = errors?.all.first else { continue }
            #expect(error.message == mistake.message, "\(mistake.0)")
            #expect(error.range == SegmentRange(offset: mistake.offset, length: mistake.length), "\(mistake.0)")
            #expect(error.suggestion == mistake.suggestion, "\(mistake.0)")
        }
    }

    @Test func `several mistakes are told at once, with lines and columns`() throws {
        let text = "amount_spend > 1\n  AND customer_tag CONTAINS 'x' OR points_balance = 'many'\nAND source = 'web'"
        let errors = try #require(throws: SegmentSyntaxErrors.self) { try SegmentQuery(text) }
        #expect(errors.all.map(\.line) == [1, 2, 2])
        #expect(errors.all.map(\.column) == [1, 7, 53])
        #expect(errors.all.map(\.suggestion) == ["amount_spent", "customer_tags", nil])
        #expect(errors.all[2].expected == ["a number"])
    }

    @Test func `every limit is kept`() throws {
        func isTaken(_ text: String) -> Bool { (try? SegmentQuery(text)) != nil }
        let test = "points_balance = 1"
        func nested(_ depth: Int) -> String {
            String(repeating: "(", count: depth) + test + String(repeating: ")", count: depth)
        }
        #expect(isTaken(nested(Limits.segmentQueryDepth - 1)))
        #expect(!isTaken(nested(Limits.segmentQueryDepth)))
        #expect(!isTaken(String(repeating: "NOT ", count: Limits.segmentQueryDepth) + test))
        func list(_ count: Int) -> String {
            "points_balance IN (" + (0..<count).map { "\($0)" }.joined(separator: ",") + ")"
        }
        #expect(isTaken(list(Limits.segmentQueryValues)))
        #expect(!isTaken(list(Limits.segmentQueryValues + 1)))
        func row(_ count: Int) -> String { (0..<count).map { _ in test }.joined(separator: " AND ") }
        #expect(isTaken(row(Limits.segmentQueryTests)))
        #expect(!isTaken(row(Limits.segmentQueryTests + 1)))
        let long = test + String(repeating: " ", count: Limits.segmentQuery.upperBound - test.count)
        #expect(isTaken(long))
        #expect(!isTaken(long + " "))
        #expect(isTaken("points_balance = 999999999999999"))
        #expect(!isTaken("points_balance = 1000000000000000"))
        #expect(!isTaken("amount_spent = 0.1234567"))
    }

    @Test func `any text is read or refused, and nothing traps`() {
        let pieces = [
            "amount_spent", "metadata", ".", "metadata.a", "(", ")", "=", "!", "<>", ">=", "'a'", "\"", "-", "-3d",
            "+9y",
            "30_days_ago", "2026-01-01", "2026-13-01", "12.5", "1..2", "NOT", "AND", "OR", "IN", "BETWEEN", "IS",
            "NULL",
            "CONTAINS", "orders_placed", "MATCHES", "count", ",", "MONTH", "anniversary", "birth_date", "é", "\u{0}",
            "-99999999999999999999d",
        ]
        var state: UInt64 = 7
        for _ in 0..<3_000 {
            var text = ""
            for _ in 0..<9 {
                state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                text += pieces[Int(state >> 33) % pieces.count] + (state >> 60 == 0 ? "" : " ")
            }
            do throws(SegmentSyntaxErrors) {
                _ = try SegmentQuery(text)
            } catch {
                #expect(!error.all.isEmpty && error.all.count <= 10, "\(text)")
                let length = text.unicodeScalars.count
                #expect(error.all.allSatisfy { $0.range.offset + $0.range.length <= length }, "\(text)")
            }
        }
    }

    @Test func `offsets of months end with the month`() throws {
        func resolved(_ day: SegmentDay, _ today: String) throws -> String {
            day.resolved(today: try #require(CalendarDate(today))).description
        }
        #expect(try resolved(.months(-1), "2026-03-31") == "2026-02-28")
        #expect(try resolved(.months(-12), "2024-02-29") == "2023-02-28")
        #expect(try resolved(.months(-3), "2026-01-15") == "2025-10-15")
        #expect(try resolved(.days(-90), "2026-03-31") == "2025-12-31")
        #expect(try resolved(.months(-1_200_000), "2026-03-31") == "0001-01-01")
        #expect(try resolved(.days(10_000_000), "2026-03-31") == "9999-12-31")
    }

    @Test func `amounts are exact in any currency`() {
        #expect(Self.number(100_050, 2).floor(digits: 2) == (100_050, true))
        #expect(Self.number(100_055, 3).floor(digits: 2) == (10_005, false))
        #expect(Self.number(-5, 1).floor(digits: 0) == (-1, false))
        #expect(Self.number(12).floor(digits: 3) == (12_000, true))
    }

    @Test func `templates are queries`() throws {
        for template in SegmentTemplate.all { _ = try SegmentQuery(template.terms.query) }
        #expect(Set(SegmentTemplate.all.map(\.key)).count == SegmentTemplate.all.count)
    }
}
