public import EventSourcing

/// A job as the register has it: nothing personal, so that it outlives its files.
public struct Job: Hashable, Sendable {
    /// Its identifier.
    public var id: JobID
    /// What it does.
    public var kind: JobType
    /// What its asker had to be allowed.
    public var permission: Permission
    /// What exactly it does.
    public var work: String
    /// Who asked.
    public var createdBy: String
    /// When.
    public var createdAt: Timestamp
    /// Where it stands.
    public var status = JobStatus.created
    /// When it began, the last time it did.
    public var startedAt: Timestamp?
    /// When it ended.
    public var finishedAt: Timestamp?
    /// Until when its files are kept; once it ended.
    public var expiresAt: Timestamp?
    /// How many rows it has.
    public var total: UInt64
    /// Rows that were done.
    public var done: UInt64 = 0
    /// Rows that could not be done.
    public var failed: UInt64 = 0
    /// Why it could not go on.
    public var failure: JobFailure?
    /// Whether somebody was erased since it began, whose data its file may hold.
    public var holdsErased = false

    /// A job that waits.
    public init(
        id: JobID,
        kind: JobType,
        permission: Permission,
        work: String,
        createdBy: String,
        createdAt: Timestamp,
        total: UInt64
    ) {
        self.id = id
        self.kind = kind
        self.permission = permission
        self.work = work
        self.createdBy = createdBy
        self.createdAt = createdAt
        self.total = total
    }

    /// Whether it may have files: those of all others are destroyed.
    ///
    /// An ended job has files until its time; one that may hold somebody who was erased, until it begins anew.
    public func mayHaveFiles(at time: Timestamp) -> Bool {
        status != .expired && (status.isOpen || expiresAt.map { $0 > time } == true)
    }
}
