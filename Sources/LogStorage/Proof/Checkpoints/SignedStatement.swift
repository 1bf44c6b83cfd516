/// Something that a log says and signs with the key of its checkpoints, as a C2SP signed note.
///
/// Its first line is a title such as `patron/erasure-receipt@v1`. No origin has an `@`, and the first line of a checkpoint is
/// its origin, so that neither is ever taken for the other.
public struct SignedStatement: Hashable, Sendable {
    /// The lines, the title first.
    public let lines: [String]
    /// The whole signed note.
    public let note: String

    /// A note is at most this long.
    public static let noteByteLimit = 1 << 20

    init(lines: [String], note: String) {
        self.lines = lines
        self.note = note
    }

    /// Reads a note; `nil` when it is no statement.
    ///
    /// Nothing in it is to be trusted before ``isSigned(by:)``.
    public init?(note: String) {
        guard note.utf8.count <= Self.noteByteLimit, let signed = SignedNote(note) else { return nil }
        let lines = Lines.split(signed.text)
        guard Self.isTitle(lines.first) else { return nil }
        self.init(lines: lines, note: note)
    }

    /// Whether it is signed with the key.
    public func isSigned(by key: CheckpointKey) -> Bool { SignedNote(note)?.isSigned(by: key) == true }

    static func isTitle(_ line: String?) -> Bool { line?.contains("@") ?? false }
}

extension SegmentedLog {
    /// Signs a statement; the same lines give the same note where Ed25519 is deterministic.
    ///
    /// - Parameter lines: The lines, none of them empty, the first one a title with an `@`.
    /// - Returns: The statement.
    /// - Throws: `notFound` for a log that has no key, `invalidArgument` for other lines.
    public func sign(lines: [String]) throws(LogStorageError) -> SignedStatement {
        guard let keeper = core.checkpoints else {
            throw LogStorageError(.notFound, "The log signs nothing", path: core.directory)
        }
        let text = lines.map { "\($0)\n" }.joined()
        let note = try keeper.signer.sign(text, name: keeper.origin)
        guard let statement = SignedStatement(note: note), statement.lines == lines else {
            throw LogStorageError(.invalidArgument, "These lines are no statement")
        }
        return statement
    }
}
