import CustomerDomain
import EventSourcing

extension RandomCommands {
    /// Most of them on the newest lots and spendings, by whoever has them.
    mutating func creditCommand(_ facts: some OrganizationFacts) -> Command {
        let amount = Money(
            minorUnits: random.chance(97) ? Int64(1 + random.below(3_000)) : random.pick([0, -1, .max]),
            currency: random.pick(currencies)
        )
        switch random.below(12) {
        case ..<5:
            let issued = CreditIssued(
                lot: lot(),
                amount: amount,
                expiresAt: expiry(),
                source: random.pick(CreditSource.allCases),
                orderNumber: random.pick([nil, "R-1000", ""]),
                reason: reason()
            )
            return .issueCredit(customer(facts), issued, at: time)
        case ..<8:
            let id: CreditSpendID = random.chance(2) && !spends.isEmpty ? random.pick(spends) : identifier()
            spends.append(id)
            let spending = SpendCredit(id: id, amount: amount, allowsLess: random.chance(60), reason: reason())
            return .spendCredit(customer(facts), spending, at: time)
        case ..<11:
            let id: CreditSpendID = spends.isEmpty || random.chance(2) ? identifier() : random.pick(spends.suffix(8))
            var revert = RevertCredit(spend: id, reason: reason())
            if random.chance(60) { revert.minorUnits = Int64(random.below(900)) }
            if random.chance(40) { revert.reissue = RevertCredit.Reissue(lot: lot(), expiresAt: expiry()) }
            let holder = random.chance(90) ? facts.creditSpend(id).map { facts.standing(of: $0.customer).id } : nil
            return .revertCredit(holder ?? customer(facts), revert, at: time)
        default:
            return .expireCredit(customer(facts), at: time)
        }
    }

    mutating func lot() -> CreditLotID {
        let lot: CreditLotID = random.chance(1) && !lots.isEmpty ? random.pick(lots) : identifier()
        lots.append(lot)
        return lot
    }

    /// Often within hours, so that lots expire between what is done with them.
    mutating func expiry() -> Timestamp? {
        guard random.chance(65) else { return nil }
        return Timestamp(microseconds: time.microseconds + Int64(random.below(150) - 5) * 3_600_000_000)
    }
}
