import CustomerProjections
import LogStorage

/// Why a snapshot is not used; the log makes the state instead.
public struct SnapshotMisfit: Error, Hashable, Sendable {
    /// What is wrong with it.
    public enum Kind: String, Hashable, Sendable, CaseIterable {
        /// Its bytes are not what was written.
        case damaged
        /// A newer program wrote it, in a format that this one does not know.
        case newerFormat
        /// Another version of the program wrote it, whose states have another form.
        case otherProgram
        /// It is one of another log.
        case otherLog
        /// The log has another record where the snapshot ends.
        case otherHistory
        /// The log ends before it.
        case aheadOfLog
        /// It holds another state than it says, or than the log makes.
        case otherState
        /// It cannot be read.
        case unreadable

        /// Whether it only comes from another version of the program, and nothing is wrong.
        public var isHarmless: Bool { self == .newerFormat || self == .otherProgram }
    }

    /// What is wrong with it.
    public var kind: Kind
    /// The same in words.
    public var reason: String

    init(_ kind: Kind, _ reason: String) {
        self.kind = kind
        self.reason = reason
    }

    init(_ error: any Error) {
        switch error {
        case let misfit as SnapshotMisfit: self = misfit
        case let error as LogStorageError: self.init(Self.kind(of: error.code), "\(error)")
        case ArchiveError.otherState: self.init(.otherState, "its state is not the one that was archived")
        // Bytes that check and do not load: the program that wrote them counts its versions wrongly.
        default: self.init(.damaged, "\(error)")
        }
    }

    private static func kind(of code: LogStorageError.Code) -> Kind {
        switch code {
        case .damaged: .damaged
        case .newerFormat: .newerFormat
        case .otherLog: .otherLog
        default: .unreadable
        }
    }
}

extension SnapshotMisfit: CustomStringConvertible {
    /// Kind and reason.
    public var description: String { "\(kind.rawValue): \(reason)" }
}
