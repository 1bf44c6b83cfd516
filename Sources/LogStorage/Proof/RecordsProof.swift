import Crypto
public import EventSourcing

/// Where a record stands in the history of one thing: the versions of each begin with 1 and have no gaps.
public struct HistoryPosition: Hashable, Sendable {
    /// Whose history, as records number it.
    public var holder: UInt64
    /// Which record of that history, from 1.
    public var version: UInt64

    /// A position.
    public init(holder: UInt64, version: UInt64) {
        self.holder = holder
        self.version = version
    }
}

/// Shows that several records are in the log of a checkpoint, and are all of a range or the whole beginning of one history.
public struct RecordsProof: Hashable, Sendable {
    /// What the records are all of.
    public enum Claim: Hashable, Sendable {
        /// All records from the first to the last sequence number.
        case range(SequenceNumber, SequenceNumber)
        /// Versions 1 to `count` of a history.
        case history(holder: UInt64, count: Int)
    }

    /// One record.
    public struct Entry: Hashable, Sendable {
        /// What is shown of it.
        public enum Content: Hashable, Sendable {
            /// Its body.
            case body([UInt8])
            /// Its leaf hash alone: its person was erased.
            case withheld(MerkleHash)
        }

        /// Its sequence number.
        public var sequence: SequenceNumber
        /// What is shown of it.
        public var content: Content
        /// What it says in words, in one line; the log's word, which its seal stands for.
        public var words: String?
    }

    /// What the records are all of.
    public let claim: Claim
    /// The records, in order.
    public let entries: [Entry]
    /// The nodes beside the records, from left to right.
    public let path: [MerkleHash]
    /// The log that they are in.
    public let checkpoint: Checkpoint
    /// A signed note of the digest of all that is above it; where there are words.
    let seal: String?

    /// Of how many records only the hash is shown.
    public var withheldCount: Int {
        entries.count { if case .withheld = $0.content { true } else { false } }
    }

    static let title = "patron/records-proof@v1"
    private static let sealTitle = "patron/records-proof-seal@v1"

    init(claim: Claim, entries: [Entry], path: [MerkleHash], checkpoint: Checkpoint, seal: String? = nil) {
        self.claim = claim
        self.entries = entries
        self.path = path
        self.checkpoint = checkpoint
        self.seal = seal
    }
}

// MARK: - Writing and reading

extension RecordsProof {
    /// The document, as text.
    var text: String { unsealedText + (seal.map { "\n" + $0 } ?? "") }

    private var unsealedText: String {
        var text = Self.title + "\n"
        switch claim {
        case .range(let first, let last): text += "range \(first) \(last)\n"
        case .history(let holder, let count): text += "history \(holder) \(count)\n"
        }
        for entry in entries {
            switch entry.content {
            case .body(let body): text += "record \(entry.sequence) \(Base64.encode(body))\n"
            case .withheld(let leaf): text += "leaf \(entry.sequence) \(Base64.encode(leaf.bytes))\n"
            }
            if let words = entry.words { text += "event \(words)\n" }
        }
        for hash in path { text += Base64.encode(hash.bytes) + "\n" }
        return text + "\n" + checkpoint.note
    }

    /// The text that a seal signs.
    var sealText: String {
        var hasher = SHA256()
        hasher.update(Array(unsealedText.utf8))
        return "\(Self.sealTitle)\n\(Base64.encode(hasher.bytes))\n"
    }

    /// The same with a seal, a signed note of ``sealText``.
    func sealed(with seal: String) -> RecordsProof {
        RecordsProof(claim: claim, entries: entries, path: path, checkpoint: checkpoint, seal: seal)
    }

    /// The proof of a document's sections, the lines between empty ones.
    init?(_ sections: [[String]]) {
        guard sections.count == 3 || sections.count == 5, sections[0].count >= 3,
            let claim = Self.claim(sections[0][1]), let checkpoint = ProofDocument.checkpoint(sections[1...2])
        else { return nil }
        var entries: [Entry] = []
        var rest = sections[0][2...]
        while let line = rest.first, let entry = Self.entry(line) {
            entries.append(entry)
            rest.removeFirst()
            guard let words = rest.first, words.hasPrefix("event ") else { continue }
            entries[entries.count - 1].words = String(words.dropFirst("event ".count))
            rest.removeFirst()
        }
        guard let path = ProofDocument.path(rest) else { return nil }
        let seal =
            sections.count == 5 ? sections[3...4].map { $0.map { "\($0)\n" }.joined() }.joined(separator: "\n") : nil
        self.init(claim: claim, entries: entries, path: path, checkpoint: checkpoint, seal: seal)
    }

    private static func claim(_ line: String) -> Claim? {
        let words = line.split(separator: " ", omittingEmptySubsequences: false)
        guard words.count == 3, let one = Lines.number(words[1]), let other = Lines.number(words[2]) else { return nil }
        switch words[0] {
        case "range": return .range(SequenceNumber(UInt64(one)), SequenceNumber(UInt64(other)))
        case "history": return .history(holder: UInt64(one), count: other)
        default: return nil
        }
    }

    private static func entry(_ line: String) -> Entry? {
        let words = line.split(separator: " ", omittingEmptySubsequences: false)
        guard words.count == 3, let number = Lines.number(words[1]), let bytes = Base64.decode(words[2]) else {
            return nil
        }
        let sequence = SequenceNumber(UInt64(number))
        switch words[0] {
        case "record": return Entry(sequence: sequence, content: .body(bytes))
        case "leaf": return MerkleHash(bytes).map { Entry(sequence: sequence, content: .withheld($0)) }
        default: return nil
        }
    }
}

// MARK: - Checking

extension RecordsProof {
    func check(
        _ key: CheckpointKey,
        _ position: (RawSpan) -> HistoryPosition?
    ) throws(ProofDocument.Failure) {
        guard checkpoint.isSigned(by: key) else { throw .signature(size: checkpoint.head.size) }
        guard isClaimTrue(position) else { throw .claim }
        guard
            MerkleVerification.root(of: entries.map(\.leaf), in: checkpoint.head.size, path: path)
                == checkpoint.head.root
        else { throw .path }
        guard seal != nil || entries.contains(where: { $0.words != nil }) else { return }
        guard let note = seal.flatMap({ SignedNote($0) }), note.text == sealText, note.isSigned(by: key) else {
            throw .seal
        }
    }

    private func isClaimTrue(_ position: (RawSpan) -> HistoryPosition?) -> Bool {
        let numbers = entries.map(\.sequence.value)
        guard let first = numbers.first, let last = numbers.last, first >= 1, last <= UInt64(checkpoint.head.size),
            zip(numbers, numbers.dropFirst()).allSatisfy({ $0 < $1 })
        else { return false }
        switch claim {
        case .range(let start, let end):
            return start.value == first && end.value == last && UInt64(numbers.count) == last - first + 1
        case .history(let holder, let count):
            return entries.count == count
                && entries.enumerated()
                    .allSatisfy { index, entry in
                        // Of a husk nothing but the hash is proven, so not whose it is either.
                        guard case .body(let body) = entry.content, RecordLeaf.huskHash(of: body) == nil else {
                            return false
                        }
                        return unsafe position(body.span.bytes)
                            == HistoryPosition(holder: holder, version: UInt64(index) + 1)
                    }
        }
    }
}

extension RecordsProof.Entry {
    fileprivate var leaf: (index: Int, hash: MerkleHash) {
        let index = Int(clamping: sequence.value) - 1
        return switch content {
        case .body(let body): (index, unsafe RecordLeaf.hash(body.span.bytes))
        case .withheld(let hash): (index, hash)
        }
    }
}
