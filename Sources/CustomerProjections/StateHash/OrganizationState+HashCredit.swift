import CustomerDomain

extension OrganizationState {
    /// Adds store credit; who has what, sums and what is due follow from the rows.
    func addCredit(to digest: inout StateDigest) {
        digest.add(Int64(credit.lots.count))
        for lot in credit.lots {
            digest.add(lot.id.high)
            digest.add(lot.id.low)
            digest.add(UInt64(lot.customer))
            digest.add(UInt64(lot.currency.packed))
            digest.add(Int64(lot.source.rawValue))
            for number in [lot.amount, lot.rest, lot.expired, lot.issuedAt, lot.expiresAt] { digest.add(number) }
            digest.add(lot.sequence)
        }
        digest.add(Int64(credit.spends.count))
        for spend in credit.spends {
            digest.add(spend.id.high)
            digest.add(spend.id.low)
            digest.add(column: spend.parts.count) { spend.parts[$0].lot }
            digest.add(column: spend.parts.count) { spend.parts[$0].remaining }
        }
        let lines = credit.lines
        digest.add(column: lines.count) { lines[$0].sequence }
        digest.add(column: lines.count) { lines[$0].lot }
        digest.add(column: lines.count) { lines[$0].change }
        digest.add(column: lines.count) { lines[$0].kind.rawValue }
    }
}
