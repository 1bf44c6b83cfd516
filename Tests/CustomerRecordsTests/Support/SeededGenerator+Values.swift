import CustomerDomain
import EventSourcing
import TestSupport

/// What random events are made of.
extension SeededGenerator {
    mutating func addressFields() -> AddressFields {
        var fields = AddressFields()
        for field in AddressTextField.allCases { fields[keyPath: field.keyPath] = maybe { $0.text() } }
        fields.country = maybe { CountryCode(packed: $0.pick([0x4742, 0x5553, 0x4445, 0x4141, 0x5A5A])) }
        fields.use = maybe { $0.pick(AddressUse.allCases) }
        return fields
    }

    mutating func metadata() -> [String: String] {
        var metadata: [String: String] = [:]
        for _ in 0..<below(6) { metadata[text()] = text() }
        return metadata
    }

    mutating func order() -> Order {
        Order(
            number: text(),
            currency: currency(),
            lines: some { $0.orderLine() },
            status: pick(OrderStatus.allCases),
            fulfillmentStatus: pick(FulfillmentStatus.allCases),
            paymentMethod: maybe { $0.text() },
            shippingAddress: maybe { $0.addressFields() }
        )
    }

    mutating func orderLine() -> OrderLine {
        OrderLine(
            sku: text(),
            name: text(),
            quantity: chance(1, in: 3) ? 1 : number64(),
            unitPrice: number64(),
            total: maybe { $0.number64() }
        )
    }

    mutating func refund() -> Refund {
        Refund(
            reference: text(),
            orderNumber: maybe { $0.text() },
            amount: Money(minorUnits: number64(), currency: currency()),
            lines: some { $0.orderLine() },
            reason: maybe { $0.text() }
        )
    }

    mutating func loyaltyProgram() -> LoyaltyProgram {
        LoyaltyProgram(
            name: text(),
            isActive: chance(3, in: 4),
            pointsPerRedeemedUnit: number64(),
            minimumRedemption: number64(),
            tiers: some { $0.loyaltyTier() },
            earnsOnOrders: chance(1, in: 2),
            validity: maybe { random in
                PointsValidity(
                    count: Int(random.number32()),
                    unit: random.pick(CalendarUnit.allCases),
                    end: random.maybe { $0.pick(CalendarUnit.allCases) }
                )
            },
            pending: pick([.none, .orderCompletion, .days(Int(number32()))]),
            allowsNegativeBalance: chance(1, in: 2),
            qualification: pick([.lifetime, .calendarYear, .months(Int(number32()))]),
            downgrade: pick(DowngradePolicy.allCases),
            birthdayPoints: number64()
        )
    }

    mutating func loyaltyTier() -> LoyaltyTier {
        LoyaltyTier(
            name: text(),
            threshold: number64(),
            pointsPerUnit: number64(),
            benefits: Set(TierBenefit.allCases.filter { _ in chance(1, in: 2) }),
            perks: some { $0.text() }
        )
    }

    mutating func pointsAllocation() -> PointsAllocation {
        PointsAllocation(lot: SequenceNumber(next()), points: number64(), stage: pick(PointsStage.allCases))
    }

    mutating func settings() -> OrganizationSettings {
        OrganizationSettings(
            currency: maybe { $0.currency() },
            timeZone: text(),
            activityWindowDays: Int(number64()),
            displayName: maybe { $0.text() }
        )
    }
}

// Values.
extension SeededGenerator {
    mutating func maybe<Value>(_ make: (inout SeededGenerator) -> Value) -> Value? {
        chance(1, in: 2) ? make(&self) : nil
    }

    mutating func some<Value>(_ make: (inout SeededGenerator) -> Value) -> [Value] {
        (0..<(chance(1, in: 8) ? below(60) : below(4))).map { _ in make(&self) }
    }

    mutating func edit<Value>(_ make: (inout SeededGenerator) -> Value) -> Edit<Value> {
        switch below(3) {
        case 0: .keep
        case 1: .remove
        default: .set(make(&self))
        }
    }

    mutating func identifier<Kind>() -> Identifier<Kind> { Identifier(high: next(), low: next()) }

    mutating func currency() -> CurrencyCode {
        CurrencyCode(packed: pick([0x47_4250, 0x55_5344, 0x4A_5059, 0x41_4141, 0x5A_5A5A]))
    }

    mutating func instant() -> Timestamp {
        Timestamp(
            microseconds: chance(1, in: 4)
                ? number64() : Int64(number(in: 0...4_000_000_000)) * 1_000_000 + Int64(below(1_000_000))
        )
    }

    mutating func day() -> CalendarDate {
        CalendarDate(dayNumber: Int32(truncatingIfNeeded: number64()))
    }

    /// A number of any size: each count of bits is as likely as each other.
    mutating func number64() -> Int64 {
        switch below(8) {
        case 0: pick([0, 1, -1, 127, 128, .max, .min])
        default: Int64(bitPattern: next()) >> Int64(below(64))
        }
    }

    mutating func number32() -> UInt32 {
        UInt32(truncatingIfNeeded: number64())
    }

    /// A text, short more often than long, of scalars from everywhere.
    mutating func text() -> String {
        let count = chance(1, in: 30) ? number(in: 100...300) : below(20)
        var text = ""
        for _ in 0..<count {
            let scalar =
                switch below(8) {
                case 0: Unicode.Scalar(UInt32(below(0x11_0000)))
                case 1: Unicode.Scalar(UInt32(below(0x20)))
                case 2: Unicode.Scalar(UInt32(number(in: 0x80...0x7FF)))
                default: Unicode.Scalar(UInt32(number(in: 0x20...0x7E)))
                }
            text.unicodeScalars.append(scalar ?? " ")
        }
        return text
    }
}
