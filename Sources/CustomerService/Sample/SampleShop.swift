import CustomerDomain
public import EventSourcing

/// Makes a believable shop by the same commands as a client, the same for the same seed.
///
/// The organization must be empty, and tell the time by the sample's ``SampleClock``.
public struct SampleShop {
    /// What kind of shop.
    public struct Options: Hashable, Sendable {
        /// How many customers arrive.
        public var customerCount: Int
        /// What everything follows from.
        public var seed: UInt64
        /// When the story ends; it begins two years before.
        public var end: Timestamp

        /// A shop of this size; by default the story ends with 2025.
        public init(customerCount: Int, seed: UInt64, end: Timestamp = .seconds(1_767_225_600)) {
            self.customerCount = customerCount
            self.seed = seed
            self.end = end
        }

        /// When the story begins.
        public var start: Timestamp { end.advanced(byDays: -730) }
    }

    /// What the shop remembers of a customer.
    struct Memory {
        var id: CustomerID
        var accountType: AccountType
        var isGone = false
        var isLoyal = false
        var orderCount: UInt16 = 0
        var spent: Int64 = 0
        var groups: UInt8 = 0
        var addressCount: UInt8 = 0
    }

    let options: Options
    let clock: SampleClock
    let catalog: SampleCatalog
    var submitter: CommandSubmitter
    var random: SampleRandom
    var agenda = SampleAgenda()
    var customers: [Memory] = []
    var groups: [GroupID] = []
    var orderCount = 0

    /// A shop to be made in an organization.
    ///
    /// - Parameters:
    ///   - options: What kind of shop.
    ///   - organization: An empty organization whose clock is `clock`.
    ///   - clock: Is put forward as the story goes on.
    ///   - scope: Who makes it.
    public init(_ options: Options, in organization: Organization, clock: SampleClock, scope: Scope) {
        self.options = options
        self.clock = clock
        catalog = SampleCatalog(seed: options.seed)
        submitter = CommandSubmitter(organization: organization, scope: scope)
        random = SampleRandom(seed: options.seed, stream: 3, index: 0)
        customers.reserveCapacity(options.customerCount)
    }

    /// How many events there are so far.
    public var eventCount: Int { submitter.eventCount }

    /// Makes the shop, and returns when it is durable.
    ///
    /// - Parameter progress: Called now and then with the number of customers so far.
    /// - Throws: What the organization throws.
    public mutating func run(progress: (Int) -> Void = { _ in }) async throws(CommandError) {
        try await openShop()
        var stepCount = 0
        while true {
            let arrival = customers.count < options.customerCount ? arrivalTime(customers.count) : nil
            let planned = agenda.nextTime
            if let arrival, arrival <= planned ?? arrival {
                clock.advance(to: arrival)
                try await welcome(customers.count)
            } else if let planned, planned < options.end, let entry = agenda.removeFirst() {
                clock.advance(to: planned)
                try await perform(entry)
            } else {
                break
            }
            stepCount += 1
            if stepCount % 256 == 0 { try await submitter.keepPace() }
            if stepCount % 4_096 == 0 { progress(customers.count) }
        }
        clock.advance(to: options.end)
        try await submitter.finish()
        progress(customers.count)
    }

    /// When the customer of this number arrives: later ones come faster, since the shop grows.
    private func arrivalTime(_ index: Int) -> Timestamp {
        let jitter = SampleRandom.jitter(seed: options.seed, index: index)
        let share = ((Double(index) + jitter) / Double(options.customerCount)).squareRoot()
        let days = 3.0 + 726.0 * share
        return Timestamp(microseconds: options.start.microseconds + Int64(days * 86_400e6))
    }

    private mutating func openShop() async throws(CommandError) {
        clock.advance(to: options.start)
        try await submit(.configureOrganization(OrganizationSettings(currency: CurrencyCode("USD"))))
        try await submit(.configureLoyalty(LoyaltyProgram(name: "Friends")))
        for (name, description) in [
            ("Retail", "Everybody who buys for themselves"), ("Wholesale", "Shops that buy from us"),
            ("VIP", "Our best"),
        ] {
            let group = GroupCreated(id: mint(), name: name, description: description)
            groups.append(group.id)
            try await submit(.createGroup(group))
        }
    }

    // MARK: Small things

    mutating func submit(_ command: Command) async throws(CommandError) {
        do {
            try await submitter.submit(command, occurredAt: nil)
        } catch .rejected {
            // Such things happen in a shop too: an order of somebody who was disabled meanwhile.
        }
    }

    /// A new identifier, of now.
    mutating func mint<Kind>() -> Identifier<Kind> {
        Identifier(at: clock.now, random: (random.next(), random.next()))
    }

    /// A time some days from now, by day rather than by night.
    mutating func time(inDays days: ClosedRange<Double>) -> Timestamp {
        let span = days.lowerBound + (days.upperBound - days.lowerBound) * random.fraction()
        let moment = clock.now.microseconds + Int64(span * 86_400e6)
        guard span >= 1 else { return Timestamp(microseconds: moment) }
        let day = moment - moment % 86_400_000_000
        let hour = [8, 9, 10, 11, 12, 12, 13, 15, 16, 17, 18, 19, 19, 20, 20, 21, 22][random.below(17)]
        let second = Int64(hour * 3_600 + random.below(3_600))
        return Timestamp(
            microseconds: max(clock.now.microseconds, day + second * 1_000_000 + Int64(random.below(1_000_000)))
        )
    }
}

extension SampleRandom {
    /// How far between its neighbours the arrival of one customer is.
    fileprivate static func jitter(seed: UInt64, index: Int) -> Double {
        var random = SampleRandom(seed: seed, stream: 4, index: UInt64(index))
        return random.fraction()
    }
}
