public import EventSourcing

/// Somebody asked for a job.
public struct JobCreated: Hashable, Sendable {
    /// The new job.
    public var id: JobID
    /// What it does.
    public var kind: JobType
    /// What its asker had to be allowed, and must be while it runs.
    public var permission: Permission
    /// What exactly it does, for auditors; nothing personal: `customers as csv: id, email`.
    public var work: String
    /// How many rows it has.
    public var total: UInt64

    /// A job of these parts.
    public init(id: JobID, kind: JobType, permission: Permission, work: String, total: UInt64) {
        self.id = id
        self.kind = kind
        self.permission = permission
        self.work = work
        self.total = total
    }
}

/// A job is at work, so far; with no row done it begins, or begins anew.
public struct JobProgressed: Hashable, Sendable {
    /// The job.
    public var id: JobID
    /// Rows that were done.
    public var done: UInt64
    /// Rows that could not be done.
    public var failed: UInt64

    /// A progress of these parts.
    public init(id: JobID, done: UInt64 = 0, failed: UInt64 = 0) {
        self.id = id
        self.done = done
        self.failed = failed
    }
}

/// A job ended.
public struct JobFinished: Hashable, Sendable {
    /// The job.
    public var id: JobID
    /// How.
    public var outcome: JobOutcome
    /// Rows that were done.
    public var done: UInt64
    /// Rows that could not be done.
    public var failed: UInt64
    /// Why it could not go on.
    public var failure: JobFailure?
    /// Until when its files are kept.
    public var expiresAt: Timestamp

    /// An end of these parts.
    public init(
        id: JobID,
        outcome: JobOutcome,
        done: UInt64 = 0,
        failed: UInt64 = 0,
        failure: JobFailure? = nil,
        expiresAt: Timestamp
    ) {
        self.id = id
        self.outcome = outcome
        self.done = done
        self.failed = failed
        self.failure = failure
        self.expiresAt = expiresAt
    }
}
