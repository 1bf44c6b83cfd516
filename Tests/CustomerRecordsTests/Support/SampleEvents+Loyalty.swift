import CustomerDomain
import CustomerRecords
import EventSourcing

extension SampleEvents {
    static let loyalty: [(String, Event)] = [
        ("LoyaltyProgramConfigured", .loyaltyProgramConfigured(firstProgram)),
        ("LoyaltyProgramConfigured-whole", .loyaltyProgramConfigured(wholeProgram)),
        ("LoyaltyEnrolled", .loyaltyEnrolled(cardNumber: "2900000000414")),
        ("PointsEarned", .pointsEarned(PointsEarned(points: 1_391, orderNumber: "536365"))),
        ("PointsAdjusted", .pointsAdjusted(PointsAdjusted(adjustment: .deduct, points: 50, reason: "Counted twice"))),
        ("PointsRedeemed", .pointsRedeemed(PointsRedeemed(points: 500, orderNumber: nil, reason: "Gift card"))),
        ("PointsReversed", .pointsReversed(PointsReversed(points: 1_391, orderNumber: "536365"))),
        (
            "PointsEarned-lot",
            .pointsEarned(
                PointsEarned(
                    points: 250,
                    orderNumber: "536366",
                    reason: "Brought a friend",
                    source: .referral,
                    expiresAt: Timestamp(microseconds: 1_814_400_000_000_000),
                    pending: .until(Timestamp(microseconds: 1_784_116_800_000_000))
                )
            )
        ),
        (
            "PointsEarned-order",
            .pointsEarned(PointsEarned(points: 70, orderNumber: "536367", pending: .orderCompletion))
        ),
        (
            "PointsAdjusted-lots",
            .pointsAdjusted(
                PointsAdjusted(
                    adjustment: .deduct,
                    points: 50,
                    reason: "Counted twice",
                    allocations: allocations,
                    notifies: true
                )
            )
        ),
        (
            "PointsAdjusted-lot",
            .pointsAdjusted(
                PointsAdjusted(
                    adjustment: .add,
                    points: 50,
                    reason: "Sorry",
                    expiresAt: Timestamp(microseconds: 1_814_400_000_000_000)
                )
            )
        ),
        ("PointsRedeemed-lots", .pointsRedeemed(PointsRedeemed(points: 50, reason: "Tea", allocations: allocations))),
        (
            "PointsReversed-lots",
            .pointsReversed(
                PointsReversed(
                    points: 90,
                    orderNumber: "536366",
                    allocations: [
                        PointsAllocation(lot: SequenceNumber(4_711), points: 20, stage: .pending),
                        PointsAllocation(lot: SequenceNumber(4_711), points: 10, stage: .expired),
                    ],
                    forgiven: 60
                )
            )
        ),
        (
            "PointsRestored",
            .pointsRestored(
                PointsRestored(redemption: SequenceNumber(4_800), allocations: allocations, reason: "Came back")
            )
        ),
        ("PointsExpired", .pointsExpired(allocations)),
        (
            "PointsActivated",
            .pointsActivated([PointsAllocation(lot: SequenceNumber(4_711), points: 20, stage: .pending)])
        ),
        ("TierChanged", .tierChanged(TierChanged(from: "Bronze", to: "Silver", points: 1_391))),
        (
            "BirthdayRewarded",
            .birthdayRewarded(
                BirthdayRewarded(points: 100, year: 2_026, expiresAt: Timestamp(microseconds: 1_814_400_000_000_000))
            )
        ),
    ]

    private static let allocations = [
        PointsAllocation(lot: SequenceNumber(4_711), points: 30), PointsAllocation(lot: SequenceNumber(90), points: 20),
    ]

    /// As programmes were before points lay in lots.
    private static let firstProgram = LoyaltyProgram(
        name: "Pointy",
        tiers: [
            LoyaltyTier(name: "Bronze", threshold: 0, pointsPerUnit: 10),
            LoyaltyTier(name: "Silver", threshold: 1_000, pointsPerUnit: 12),
            LoyaltyTier(name: "Gold", threshold: 5_000, pointsPerUnit: 15),
        ],
        validity: nil
    )

    private static let wholeProgram = LoyaltyProgram(
        name: "Pointy",
        isActive: false,
        minimumRedemption: 100,
        tiers: [
            LoyaltyTier(
                name: "Base",
                threshold: 0,
                pointsPerUnit: 1,
                benefits: [.freeShipping, .prioritySupport],
                perks: ["A cup of tea"]
            )
        ],
        validity: PointsValidity(count: 18, unit: .month, end: .year),
        pending: .days(14),
        allowsNegativeBalance: false,
        qualification: .months(12),
        downgrade: .oneDown,
        birthdayPoints: 100
    )
}
