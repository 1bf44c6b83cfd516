public import EventSourcing

/// One thing about a backup that is not as it should be.
public struct BackupFinding: Hashable, Sendable {
    /// What was found.
    public enum Kind: String, Hashable, Sendable, CaseIterable {
        /// A file or a manifest that ends too early: a copy that was cut off.
        case torn
        /// A file or a manifest whose bytes are not what was written.
        case rotten
        /// A file or a manifest that is whole in itself, but not what was written: somebody made it.
        case tampered
        /// A file that a manifest names and that is not there.
        case missing
        /// A file that no backup made, or that is of another log.
        case foreign
        /// A note of an earlier verification whose bytes are not what was written.
        case note
        /// Something is wrong with the log that was restored.
        case log
        /// The restored log is not the one that the manifest describes.
        case differs
    }

    /// The file, in the target or in the restored log.
    public var path: String
    /// The segment, or the tree head, of which the file is a copy; `nil` when it is none.
    public var name: String?
    /// The first record at stake.
    public var firstSequence: SequenceNumber?
    /// The last record at stake.
    public var lastSequence: SequenceNumber?
    /// What was found.
    public var kind: Kind
    /// What it means, and what to do.
    public var meaning: String
}

extension BackupFinding: CustomStringConvertible {
    /// Place, records, kind and meaning on one line.
    public var description: String {
        var text = path
        if let name { text += " (\(name))" }
        if let firstSequence { text += ", records \(firstSequence)–\(lastSequence.map(\.description) ?? "?")" }
        return "\(text): \(kind.rawValue): \(meaning)"
    }
}

/// What verifying a target came to.
public struct BackupVerification: Hashable, Sendable {
    /// The newest backup whose manifest can be read, which is the one to restore.
    public var manifest: BackupManifest?
    /// Everything that is not as it should be, in any backup of the target.
    public var findings: [BackupFinding] = []
    /// Whether the backup was restored and its log read from end to end.
    public var isRestored = false
    /// Whether nothing is wrong.
    public var isClean: Bool { findings.isEmpty && isRestored }
}
