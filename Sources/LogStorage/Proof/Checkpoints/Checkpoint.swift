import EventSourcing

/// A signed tree head, in the form of a C2SP tlog-checkpoint: a signed note of origin, tree size and root hash.
public struct Checkpoint: Hashable, Sendable {
    /// Which log signed it.
    public let origin: String
    /// What it says.
    public let head: TreeHead
    /// The whole signed note.
    public let note: String

    /// A note is at most this long.
    static let noteByteLimit = 64 << 10

    init(origin: String, head: TreeHead, note: String) {
        self.origin = origin
        self.head = head
        self.note = note
    }

    /// The text that is signed.
    static func text(_ head: TreeHead, origin: String) -> String {
        "\(origin)\n\(head.size)\n\(Base64.encode(head.root.bytes))\n"
    }

    /// Reads a note; `nil` when it is no checkpoint.
    ///
    /// Nothing in it is to be trusted before ``isSigned(by:)``.
    public init?(note: String) {
        guard note.utf8.count <= Self.noteByteLimit, let signed = SignedNote(note) else { return nil }
        let lines = Lines.split(signed.text)
        guard lines.count >= 3, let size = Lines.number(lines[1]),
            let root = Base64.decode(lines[2]).flatMap({ MerkleHash($0) })
        else { return nil }
        origin = lines[0]
        head = TreeHead(size: size, root: root)
        self.note = note
    }

    /// Whether it is of a log of that organization, this one or another.
    func isOfOrganization(_ organization: String) -> Bool {
        origin.hasPrefix(CheckpointSigner.originPrefix(organization: organization))
    }

    /// Whether it is of the log that the key names, and signed with the key.
    public func isSigned(by key: CheckpointKey) -> Bool {
        origin == key.name && SignedNote(note)?.isSigned(by: key) == true
    }
}

/// Texts of lines that each end with a newline, byte by byte: a newline in them is never part of a larger character.
enum Lines {
    /// The lines without their newlines; what follows the last newline is left out.
    static func split(_ text: String) -> [String] {
        text.utf8.split(separator: 0x0a, omittingEmptySubsequences: false).dropLast()
            .map { String(decoding: $0, as: UTF8.self) }
    }

    /// The number that a text is in decimal digits, without zeroes in front; `nil` when it is none.
    static func number(_ text: some StringProtocol) -> Int? {
        guard text.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }), let number = Int(text),
            String(number) == text
        else { return nil }
        return number
    }
}
