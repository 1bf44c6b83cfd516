import CustomerDomain
import EventSourcing
import TestSupport

extension RandomShop {
    /// Codes are their own digests here, and the right one comes back mostly.
    mutating func contact(_ id: CustomerID) -> Command {
        let purpose = random.pick(CodePurpose.allCases)
        let now = Timestamp(microseconds: clock)
        let out = model.customer(id).flatMap { model.contacts(of: $0).codes[purpose] }
        switch random.below(4) {
        case 0:
            let reason = random.pick([nil] + SuppressionReason.allCases)
            return .changeSuppression(
                id,
                SuppressionChanged(channel: random.pick(ContactChannel.allCases), reason: reason)
            )
        case 1...2 where out != nil:
            let right = out?.digest ?? []
            let digest = random.chance(3, in: 4) ? right : right.reversed()
            let new = purpose == .email && random.chance(1, in: 3) ? email() : nil
            return .confirmCode(id, ConfirmCode(purpose: purpose, digest: digest, email: new), at: now)
        default:
            var issued = CodeIssued(purpose: purpose)
            if random.chance(5, in: 6) {
                issued.digest = (0..<32).map { _ in UInt8(random.below(256)) }
                issued.expiresAt = Timestamp(microseconds: clock + Int64(random.below(100)) * 3_600_000_000)
            }
            if purpose == .email, random.chance(1, in: 3) { issued.email = email() }
            return .requestCode(id, issued)
        }
    }
}
