import LogStorage

/// The newest checkpoint of a log, and how it stands to the log.
struct NewestCheckpoint {
    enum Standing: String {
        /// It is signed with the data directory's key, and the log begins with what it says.
        case agrees
        /// The log begins with what it says; there is no key here to check the signature with.
        case unchecked
        /// It is not signed with the data directory's key.
        case foreign
        /// It is signed, but the log does not begin with what it says.
        case contradicts
    }

    let checkpoint: Checkpoint
    private let publicKey: [UInt8]?

    /// The newest there is; made before the log is opened, so that a running server is not ahead of it.
    init?(_ options: DataOptions) throws {
        guard let newest = try SegmentedLog.newestCheckpoint(directory: options.directory) else { return nil }
        checkpoint = newest
        publicKey = try DataDirectory.checkpointPublicKey(in: options.data)
    }

    func standing(in log: SegmentedLog) throws -> Standing {
        if let publicKey,
            !checkpoint.isSigned(by: CheckpointKey(name: checkpoint.origin, publicKey: publicKey))
        {
            return .foreign
        }
        guard try log.agrees(with: checkpoint) else { return .contradicts }
        return publicKey == nil ? .unchecked : .agrees
    }

    func text(_ standing: Standing?) -> String {
        let what = "of \(grouped(checkpoint.head.size)) records"
        return switch standing {
        case .agrees?: "\(what), signed here, agrees"
        case .unchecked?: "\(what), agrees; there is no key here to check the signature with"
        case .foreign?: "\(what), not signed with the key that is here"
        case .contradicts?: "\(what), CONTRADICTS the log"
        case nil: what
        }
    }
}
