public import EventSourcing

/// A proof to hand out: all that a checker needs besides the log's public key.
///
/// Inclusion is written as a C2SP tlog-proof, with the record's body as its extra data; consistency likewise.
public enum ProofDocument: Hashable, Sendable {
    /// That a record is in the log of the checkpoint.
    case inclusion(body: [UInt8], sequence: SequenceNumber, path: [MerkleHash], checkpoint: Checkpoint)
    /// That the log of the later checkpoint begins with that of the earlier one.
    case consistency(path: [MerkleHash], old: Checkpoint, new: Checkpoint)
    /// That several records are in the log of the checkpoint, and are all of something.
    case records(RecordsProof)

    private static let inclusionTitle = "c2sp.org/tlog-proof@v1"
    private static let consistencyTitle = "patron/consistency-proof@v1"

    /// The document, as text.
    public var text: String {
        switch self {
        case .inclusion(let body, let sequence, let path, let checkpoint):
            let start = [Self.inclusionTitle, "extra \(Base64.encode(body))", "index \(sequence.value - 1)"]
            return Self.text(start, path) + "\n" + checkpoint.note
        case .consistency(let path, let old, let new):
            return Self.text([Self.consistencyTitle], path) + "\n" + old.note + "\n" + new.note
        case .records(let proof): return proof.text
        }
    }

    private static func text(_ start: [String], _ path: [MerkleHash]) -> String {
        (start + path.map { Base64.encode($0.bytes) }).map { "\($0)\n" }.joined()
    }
}

// MARK: - Reading

extension ProofDocument {
    /// A document is at most this long: a record of the largest size, and room to spare.
    public static let byteLimit = 32 << 20

    /// The document that a text is; `nil` when it is none.
    ///
    /// Nothing in it is to be trusted before ``check(_:)``.
    public init?(_ text: String) {
        guard text.utf8.count <= Self.byteLimit, text.hasSuffix("\n") else { return nil }
        // Text, signatures and the start of the document have no empty lines in them.
        let sections = Lines.split(text).split(separator: "", omittingEmptySubsequences: false).map { Array($0) }
        switch sections.first?.first {
        case Self.inclusionTitle where sections.count == 3:
            guard sections[0].count >= 3,
                let body = Self.field("extra ", sections[0][1]).flatMap({ Base64.decode($0) }),
                let index = Self.field("index ", sections[0][2]).flatMap({ Lines.number($0) }), index < Int.max,
                let path = Self.path(sections[0].dropFirst(3)), let checkpoint = Self.checkpoint(sections[1...2])
            else { return nil }
            let sequence = SequenceNumber(UInt64(index) + 1)
            self = .inclusion(body: body, sequence: sequence, path: path, checkpoint: checkpoint)
        case Self.consistencyTitle where sections.count == 5:
            guard let path = Self.path(sections[0].dropFirst()), let old = Self.checkpoint(sections[1...2]),
                let new = Self.checkpoint(sections[3...4])
            else { return nil }
            self = .consistency(path: path, old: old, new: new)
        case RecordsProof.title:
            guard let proof = RecordsProof(sections) else { return nil }
            self = .records(proof)
        default: return nil
        }
    }

    private static func field(_ name: String, _ line: String) -> Substring? {
        line.hasPrefix(name) ? line.dropFirst(name.count) : nil
    }

    static func path(_ lines: ArraySlice<String>) -> [MerkleHash]? {
        let hashes = lines.compactMap { Base64.decode($0).flatMap { MerkleHash($0) } }
        return hashes.count == lines.count ? hashes : nil
    }

    static func checkpoint(_ sections: ArraySlice<[String]>) -> Checkpoint? {
        Checkpoint(note: sections.map { $0.map { "\($0)\n" }.joined() }.joined(separator: "\n"))
    }
}

// MARK: - Checking

extension ProofDocument {
    /// Why a document proves nothing.
    public enum Failure: Error, Hashable, Sendable {
        /// The checkpoint of this tree size is not signed with the key.
        case signature(size: Int)
        /// The hashes do not lead from the record to the root, or from one root to the other.
        case path
        /// The records are not all of what the document says they are.
        case claim
        /// What the records say in words is not signed with the key.
        case seal
    }

    /// Checks everything that the document says, with nothing but the key.
    ///
    /// - Parameters:
    ///   - key: The log's key, which the checker has from somewhere else.
    ///   - position: Where a record stands in a history; `nil` when it is of none.
    /// - Throws: Why it proves nothing.
    public func check(
        _ key: CheckpointKey,
        position: (RawSpan) -> HistoryPosition? = { _ in nil }
    ) throws(Failure) {
        switch self {
        case .inclusion(let body, let sequence, let path, let checkpoint):
            guard checkpoint.isSigned(by: key) else { throw .signature(size: checkpoint.head.size) }
            let leaf = unsafe RecordLeaf.hash(body.span.bytes)
            let proof = InclusionProof(sequence: sequence, leaf: leaf, head: checkpoint.head, path: path)
            guard proof.isValid else { throw .path }
        case .consistency(let path, let old, let new):
            for checkpoint in [old, new] where !checkpoint.isSigned(by: key) {
                throw .signature(size: checkpoint.head.size)
            }
            guard ConsistencyProof(old: old.head, new: new.head, path: path).isValid else { throw .path }
        case .records(let proof): try proof.check(key, position)
        }
    }

    /// Whether the record is a husk: that it was there is proven, of the rest of its body only the hash.
    public var isOfHusk: Bool {
        guard case .inclusion(let body, _, _, _) = self else { return false }
        return unsafe RecordLeaf.huskHash(body.span.bytes) != nil
    }
}
