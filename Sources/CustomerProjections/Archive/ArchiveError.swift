/// Why bytes are no archived state that this version reads.
public enum ArchiveError: Error, Hashable, Sendable {
    /// The bytes end before the state does.
    case truncated
    /// Bytes follow the state.
    case surplus
    /// The state is another one than it should be.
    case otherState
    /// A section does not hold what a state holds.
    case malformed(section: String, reason: String)
}

extension ArchiveError: CustomStringConvertible {
    /// What is wrong, in a few words.
    public var description: String {
        switch self {
        case .truncated: "the archived state ends too soon"
        case .otherState: "the state is not the one that was archived"
        case .surplus: "bytes follow the archived state"
        case .malformed(let section, let reason): "the archived state's section \(section): \(reason)"
        }
    }
}
