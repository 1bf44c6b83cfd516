/// One event that deciding came to, before it is recorded.
public struct Decided: Hashable, Sendable {
    /// The customer it happened to; `nil` for the organization itself.
    public var customer: CustomerOrdinal?
    /// What happened.
    public var event: Event

    /// An event of this customer.
    public init(customer: CustomerOrdinal?, event: Event) {
        self.customer = customer
        self.event = event
    }
}

/// Decides what a command does to an organization: nothing but the answer, no clock, no chance, no change.
///
/// - Parameters:
///   - command: What is asked for.
///   - facts: The organization as it is.
///   - expectedVersion: The version that the command's customer must have; `nil` for any.
/// - Returns: The events, in order; empty when everything already is as asked.
/// - Throws: The ``Rejection``; then nothing happens.
public func decide(
    _ command: Command,
    facts: some OrganizationFacts,
    expectedVersion: UInt32? = nil
) throws(Rejection) -> [Decided] {
    []
}
