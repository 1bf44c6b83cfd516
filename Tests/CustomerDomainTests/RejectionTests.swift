import CustomerDomain
import Testing

struct RejectionTests {
    private let all: [Rejection] = [
        .invalid(field: "points", reason: "must be a positive integer"), .customerNotFound(Sample.ana),
        .customerErased(Sample.ana), .customerMerged(Sample.ana, into: Sample.guest), .customerDisabled(Sample.ana),
        .emailTaken(by: Sample.ana), .externalIDTaken(by: Sample.ana), .notAGuest(Sample.ana),
        .addressNotFound(.number(1)), .addressExists(.number(1)), .groupNotFound(.number(1)), .groupNameTaken("VIP"),
        .groupKeyTaken("vip"),
        .groupInUse(.number(1), by: .number(2)),
        .customFieldNotFound(.number(1)), .customFieldKeyTaken("size"),
        .pricingRuleNotFound(.number(1)), .noteNotFound(.number(1)), .noteOfAnother(.number(1)),
        .returnNotFound(.number(1)), .returnStatus(.number(1), .approved),
        .groupRuled(.number(1), by: .number(2)),
        .segmentInUse(.number(1), by: .number(2)), .ruleNotFound(.number(1)), .ruleNameTaken("VIP"),
        .ruleInactive(.number(1)), .ruleCircle(by: .number(1)), .viewNotFound(.number(1)), .viewNameTaken("Mine"),
        .viewOfAnother(.number(1)),
        .orderNotFound("1"),
        .orderNumberTaken("1"), .orderCancelled("1"), .orderNotCancellable("1", .shipped), .refundReferenceTaken("1"),
        .refundExceedsOrder(remaining: 1), .nothingToRefund("1"), .loyaltyProgramInactive, .loyaltyAccountMissing,
        .loyaltyAccountExists(Sample.ana), .loyaltyCardTaken("1"), .insufficientPoints(balance: 1), .mergeWithItself,
        .currencyFixed(Sample.gbp), .apiKeyNotFound(.number(1)), .lastAdminKey, .limitReached("tags", limit: 250),
        .beyondOwnRights(nil), .roleNotFound(.number(1)), .roleNameTaken("Support"), .roleInUse(.number(1), keys: 2),
        .changedMeanwhile,
        .versionMismatch(actual: 3), .insufficientCredit(balance: Money(minorUnits: 1, currency: Sample.gbp)),
        .creditSpendNotFound(.number(1)), .nothingToRevert(.number(1)), .revertExceedsSpend(remaining: 1),
        .segmentNotFound(.number(1)), .segmentNameTaken("New"), .segmentKeyTaken("new"),
        .contactUnverified(Sample.ana), .codeMissing(Sample.ana), .codeExpired(Sample.ana), .codeSpent(Sample.ana),
        .noPassword(Sample.ana), .noEmail(Sample.ana), .emailSuppressed(Sample.ana),
    ]

    @Test func `every case has a code of its own and a sentence`() {
        #expect(Set(all.map(\.code)).count == all.count)
        for rejection in all {
            #expect(rejection.code.allSatisfy { $0.isLowercase || $0 == "_" })
            #expect(rejection.text.hasSuffix(".") && rejection.text.contains(" "))
            #expect(rejection.description == rejection.text)
        }
        #expect(Set(all.map(\.kind)) == Set(Rejection.Kind.allCases))
    }

    @Test func `texts of the sources are exact`() {
        #expect(Rejection.loyaltyAccountMissing.text == "Customer does not have a loyalty account.")
        #expect(all[0].text == "points must be a positive integer.")
        #expect(all[0].field == "points")
        #expect(Rejection.invalid(field: "", reason: "must be an object").text == "The body must be an object.")
        #expect(
            pointsMessage(PointsAdjustment.add.verb, points: 50, newBalance: 1_250)
                == "Successfully added 50 points. New balance: 1250 points."
        )
        #expect(
            pointsMessage(PointsAdjustment.deduct.verb, points: 50, newBalance: 0)
                == "Successfully deducted 50 points. New balance: 0 points."
        )
    }
}
