import CustomerDomain
import EventSourcing

extension OrganizationState {
    /// Adds the loyalty programme.
    func addProgram(to digest: inout StateDigest) {
        digest.add(ContiguousArray(definitionEvents.map(\.value)))
        guard let program = loyaltyProgram else {
            digest.add(nil)
            return
        }
        digest.add(program.name)
        for number in program.numbers { digest.add(number) }
        for tier in program.tiers {
            digest.add(tier.name)
            digest.add(tier.threshold)
            digest.add(tier.pointsPerUnit)
            digest.add(Int64(tier.benefitBits))
            digest.add(tier.perks)
        }
    }

    /// Adds accounts, movements and cards.
    func addLoyalty(to digest: inout StateDigest) {
        digest.add(customers.loyaltyAccount)
        digest.add(Int64(loyalty.accounts.count))
        for (account, cardNumber) in zip(loyalty.accounts, loyalty.cardNumbers) {
            digest.add(UInt64(account.customer))
            digest.add(cardNumber)
            for number in account.numbers { digest.add(number) }
            digest.add(UInt64(account.lastMovement))
        }
        digest.add(loyalty.due)
        let movements = loyalty.movements
        digest.add(column: movements.count) { movements[$0].sequence }
        digest.add(column: movements.count) { movements[$0].points }
        digest.add(column: movements.count) { movements[$0].at }
        digest.add(column: movements.count) { movements[$0].rest }
        digest.add(column: movements.count) { movements[$0].expiresAt }
        digest.add(column: movements.count) { movements[$0].previous }
        digest.add(column: movements.count) { movements[$0].order }
        digest.add(column: movements.count) { movements[$0].kind.rawValue }
        for table in [loyalty.pendingUntil, loyalty.expired, loyalty.pendingChanges, loyalty.untaken] {
            digest.add(Int64(table.count))
            for (row, number) in table.sorted(by: { $0.key < $1.key }) {
                digest.add(UInt64(row))
                digest.add(number)
            }
        }
        digest.add(Int64(loyalty.redemptions.count))
        for (row, parts) in loyalty.redemptions.sorted(by: { $0.key < $1.key }) {
            digest.add(UInt64(row))
            digest.add(column: parts.count) { parts[$0].lot }
            digest.add(column: parts.count) { parts[$0].remaining }
        }
        digest.add(loyalty.tierNames)
        digest.add(loyalty.books)
        digest.add(Int64(loyalty.cardNumbers.count))
        for (card, number) in loyalty.cardNumbers.enumerated() {
            digest.add(number)
            digest.add(UInt64(loyalty.owner(ofCard: UInt32(card))))
        }
    }
}
