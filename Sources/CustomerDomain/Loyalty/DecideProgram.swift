extension Decision {
    func configureLoyalty(_ program: LoyaltyProgram) throws(Rejection) -> [Decided] {
        try check(program.name, "name", Limits.name)
        try check(program.pointsPerRedeemedUnit, "pointsPerRedeemedUnit", Limits.pointsPerRedeemedUnit)
        guard Limits.tiersPerProgram.contains(program.tiers.count) else {
            let (least, most) = (Limits.tiersPerProgram.lowerBound, Limits.tiersPerProgram.upperBound)
            throw .invalid(field: "tiers", reason: "must be \(least) to \(most) tiers")
        }
        try checkTiers(program.tiers)
        try check(program.minimumRedemption, "minimumRedemption", Limits.points)
        if let validity = program.validity {
            try check(validity.count, "validity/count", Limits.validity(validity.unit))
        }
        if case .days(let count) = program.pending { try check(count, "pendingDays", Limits.pendingDays) }
        if case .months(let count) = program.qualification {
            try check(count, "qualificationMonths", Limits.qualificationMonths)
        }
        try check(program.birthdayPoints, "birthdayPoints", 0...Limits.points.upperBound)
        if program == facts.loyaltyProgram { return [] }
        return [Decided(customer: nil, event: .loyaltyProgramConfigured(program))]
    }

    private func checkTiers(_ tiers: [LoyaltyTier]) throws(Rejection) {
        var names: Set<String> = []
        for (index, tier) in tiers.enumerated() {
            try check(tier.name, "tiers/\(index)/name", Limits.name)
            if !names.insert(tier.name.lowercased()).inserted {
                throw .invalid(field: "tiers/\(index)/name", reason: "is the name of another tier")
            }
            try check(tier.threshold, "tiers/\(index)/threshold", Limits.tierThreshold)
            if index == 0, tier.threshold != 0 {
                throw .invalid(field: "tiers/0/threshold", reason: "must be 0")
            }
            if index > 0, tier.threshold <= tiers[index - 1].threshold {
                throw .invalid(field: "tiers/\(index)/threshold", reason: "must be above that of the tier before")
            }
            try check(tier.pointsPerUnit, "tiers/\(index)/pointsPerUnit", Limits.pointsPerUnit)
            if tier.perks.count > Limits.perksPerTier {
                throw .invalid(field: "tiers/\(index)/perks", reason: "must be at most \(Limits.perksPerTier) texts")
            }
            for (place, perk) in tier.perks.enumerated() {
                try check(perk, "tiers/\(index)/perks/\(place)", Limits.perk)
            }
        }
    }

    func enroll(_ id: CustomerID, cardNumber: String) throws(Rejection) -> [Decided] {
        let subject = try subject(id)
        guard facts.loyaltyProgram?.isActive == true else { throw .loyaltyProgramInactive }
        guard facts.loyaltyAccount(of: subject.ordinal) == nil else { throw .loyaltyAccountExists(id) }
        try check(cardNumber, "cardNumber", Limits.cardNumber)
        guard facts.customer(withLoyaltyCard: cardNumber) == nil else { throw .loyaltyCardTaken(cardNumber) }
        return subject.events([.loyaltyEnrolled(cardNumber: cardNumber)])
    }
}
