import CustomerDomain
import EventSourcing

/// Durable commands for measurements: callers that each wait for their answer before they ask again.
public struct CommandLoad: Sendable {
    /// What came of it.
    public struct Result: Sendable {
        /// How many commands were durable in a second.
        public var rate: Double
        /// How long each took.
        public var latencies: [Duration]

        /// The latency that this share of the commands did not exceed; zero without any.
        public func latency(_ share: Double) -> Duration {
            let sorted = latencies.sorted()
            guard !sorted.isEmpty else { return .zero }
            return sorted[min(sorted.count - 1, Int(Double(sorted.count) * share))]
        }
    }

    private let organization: Organization
    private let scope: Scope
    private let customers: [CustomerID]

    /// Makes the customers that the commands are about; the organization is new, and for nothing else.
    ///
    /// - Throws: What the commands throw.
    public init(_ organization: Organization, customerCount: Int = 10_000) async throws {
        self.organization = organization
        scope = .local(tool: "benchmark", organization: organization.name)
        var submitter = CommandSubmitter(organization: organization, scope: scope)
        try await submitter.submit(.configureLoyalty(LoyaltyProgram()))
        var customers: [CustomerID] = []
        for index in 0..<customerCount {
            let id = organization.identifiers.next(CustomerKind.self)
            customers.append(id)
            let profile = Profile(
                email: EmailAddress("customer\(index)@example.com"),
                firstName: "Ann",
                lastName: "Customer \(index)"
            )
            let created = CustomerCreated(id: id, accountType: .registered, profile: profile)
            try await submitter.submit(.createCustomer(CreateCustomer(created)))
            try await submitter.submit(.enrollInLoyalty(id, cardNumber: "FC\(index)"))
            try await submitter.keepPace()
        }
        try await organization.waitUntilDurable(organization.head.appended)
        self.customers = customers
    }

    /// Lets callers ask for some time.
    ///
    /// - Parameters:
    ///   - callers: How many ask at once.
    ///   - duration: For how long.
    /// - Returns: What came of it.
    /// - Throws: What a command throws.
    public func run(callers: Int, for duration: Duration) async throws -> Result {
        let clock = ContinuousClock()
        let start = clock.now
        let end = start + duration
        let latencies = try await withThrowingTaskGroup(of: [Duration].self) { group in
            for caller in 0..<callers {
                group.addTask { try await ask(from: caller, stride: callers, until: end) }
            }
            return try await group.reduce(into: []) { $0 += $1 }
        }
        return Result(
            rate: Double(latencies.count) / (start.duration(to: clock.now) / .seconds(1)),
            latencies: latencies
        )
    }

    private func ask(from first: Int, stride: Int, until end: ContinuousClock.Instant) async throws -> [Duration] {
        let clock = ContinuousClock()
        var latencies: [Duration] = []
        var index = first
        while clock.now < end {
            let begun = clock.now
            let earned = PointsEarned(points: 1 + Int64(index % 500), reason: "visit")
            _ = try await organization.execute(.earnPoints(customers[index % customers.count], earned), scope: scope)
            latencies.append(begun.duration(to: clock.now))
            index += stride
        }
        return latencies
    }
}
