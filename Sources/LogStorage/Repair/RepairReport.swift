/// What a repair did.
public struct RepairReport: Hashable, Sendable {
    /// What was planned.
    public var plan: RepairPlan
    /// What was replaced, as it was, in `quarantine/`.
    public var quarantineFiles: [String] = []
    /// The names of the segments that are whole again.
    public var repaired: [String] = []
    /// The names of the segments whose parity files were written.
    public var parityWritten: [String] = []
    /// What verification found afterwards, with the tree of all records.
    public var verification = VerificationReport()

    /// The report of a repair that has done nothing yet.
    public init(plan: RepairPlan) {
        self.plan = plan
    }
}
