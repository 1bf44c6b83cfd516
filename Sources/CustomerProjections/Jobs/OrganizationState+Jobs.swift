public import CustomerDomain
import EventSourcing

extension OrganizationState {
    mutating func applyToJobs(_ event: Event, _ record: RecordView) {
        jobs.apply(event, at: record.recordedAt, by: record.actor.map { String($0) } ?? "")
    }

    /// Whether a customer is neither merged nor erased.
    public func isStanding(_ customer: CustomerOrdinal) -> Bool {
        customer.index < customers.count && customers.isStanding(customer.index)
    }

    /// The job of this identifier.
    public func job(_ id: JobID) -> Job? { jobs[id] }

    /// How many jobs wait or are at work; costs time in proportion to the register.
    public var openJobCount: Int { jobs.openCount }

    /// All jobs, the oldest first.
    public var allJobs: [Job] { jobs.jobs }

    /// Jobs, the newest first.
    public func jobs(page: PageRequest) throws(QueryError) -> Page<Job> {
        try places(jobs.jobs.count, page, kind: 21, isNewestFirst: true).map { jobs.jobs[$0] }
    }
}
