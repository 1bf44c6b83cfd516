/// What a job does.
public enum JobType: UInt8, Hashable, Sendable, Named {
    /// Writes customers or orders into a file.
    case export = 1
    /// Takes customers from a file.
    case `import` = 2
    /// Changes many customers in the same way.
    case bulk = 3

    /// The kind as it is written.
    public var name: String {
        switch self {
        case .export: "export"
        case .import: "import"
        case .bulk: "bulk"
        }
    }
}

/// Where a job stands.
public enum JobStatus: UInt8, Hashable, Sendable, Named {
    /// It waits: an import for somebody to commit it, all others for their turn.
    case created = 1
    /// It is at work, or goes on at the next start.
    case running = 2
    /// Somebody asked it to stop.
    case canceling = 3
    /// It came to its end.
    case completed = 4
    /// It was stopped; what was done until then stays.
    case canceled = 5
    /// It could not go on; what was done until then stays.
    case failed = 6
    /// Its files are gone.
    case expired = 7

    /// Whether something may still happen.
    public var isOpen: Bool { self == .created || self == .running || self == .canceling }

    /// The status as it is written.
    public var name: String {
        switch self {
        case .created: "created"
        case .running: "running"
        case .canceling: "canceling"
        case .completed: "completed"
        case .canceled: "canceled"
        case .failed: "failed"
        case .expired: "expired"
        }
    }
}

/// How a job ended.
public enum JobOutcome: UInt8, Hashable, Sendable, Named {
    /// It came to its end.
    case completed = 1
    /// It was stopped.
    case canceled = 2
    /// It could not go on.
    case failed = 3

    /// The outcome as it is written.
    public var name: String { status.name }

    /// Where a job stands that ended so.
    var status: JobStatus {
        switch self {
        case .completed: .completed
        case .canceled: .canceled
        case .failed: .failed
        }
    }
}

/// Why a job could not go on.
public enum JobFailure: UInt8, Hashable, Sendable, Named {
    /// The API key that asked was revoked, or may not do this.
    case keyRevoked = 1
    /// People were erased again and again while it ran.
    case erasures = 2
    /// What it needs is not on the disk, or was not what was written there.
    case filesLost = 3
    /// The file cannot be made in this form: there is too much for it.
    case tooLarge = 4
    /// Anything else; the server's log has more.
    case other = 5

    /// A stable name for programs.
    public var name: String {
        switch self {
        case .keyRevoked: "key_revoked"
        case .erasures: "erasures"
        case .filesLost: "files_lost"
        case .tooLarge: "too_large"
        case .other: "other"
        }
    }

    /// A sentence for people.
    public var text: String {
        switch self {
        case .keyRevoked: "The API key that asked for it was revoked or lacks the permission."
        case .erasures: "People were erased again and again while it ran; ask again."
        case .filesLost: "What it needs could not be read back from the disk; ask again."
        case .tooLarge: "There is too much for a file of this form; choose another, or fewer rows."
        case .other: "Something went wrong; the server's log has more."
        }
    }
}
