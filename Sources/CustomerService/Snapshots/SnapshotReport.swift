public import EventSourcing

/// How far the taking of a snapshot or a self-check is.
public struct SnapshotProgress: Hashable, Sendable {
    /// The last event replayed.
    public var sequence: SequenceNumber
    /// The last event that will be replayed.
    public var last: SequenceNumber
}

/// A snapshot that is there.
public struct SnapshotReport: Hashable, Sendable {
    /// The last event in it.
    public var sequence: SequenceNumber
    /// The file.
    public var path: String
    /// Whether it was written now; not when the newest one was of the same event already.
    public var isNew: Bool
    /// How large the file is; zero when it was not written now.
    public var byteCount = 0
    /// How large its content is before compression; zero when it was not written now.
    public var rawByteCount = 0
    /// The hash of the state in it.
    public var stateHash: [UInt8]
    /// What the state was made of.
    public var opening: OpeningReport
}

/// What a self-check compared.
public struct SelfCheckReport: Hashable, Sendable {
    /// The last event that was replayed.
    public var sequence: SequenceNumber
    /// The snapshot whose hash was compared; `nil` when there was none that fits.
    public var snapshot: SequenceNumber?
    /// What differs, in a line for each; empty when all is well.
    public var differences: [String]
}

/// Why no snapshot was taken, or no self-check done.
public enum SnapshotError: Error, Hashable, Sendable {
    /// One is being taken, or a self-check runs.
    case busy
    /// The organization is being closed, or the task that asked was cancelled.
    case closing
    /// The log is not in files, so there is no place for snapshots.
    case noFiles
    /// The log could not be read, or the snapshot could not be written.
    case failed(String)
    /// What the log makes differs from what it should; see ``OrganizationHealth/alarms``.
    case stateDiffers(String)
}

extension SnapshotError: CustomStringConvertible {
    /// What happened, in a sentence without its end.
    public var description: String {
        switch self {
        case .busy: "a snapshot is being taken, or a self-check runs; try again later"
        case .closing: "it was stopped before it was done"
        case .noFiles: "there is no place for snapshots"
        case .failed(let reason), .stateDiffers(let reason): reason
        }
    }
}
