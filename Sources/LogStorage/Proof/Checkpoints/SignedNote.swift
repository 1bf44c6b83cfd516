import EventSourcing

/// A text with signatures under it (C2SP signed-note).
struct SignedNote: Hashable, Sendable {
    /// The lines that are signed, each with its newline.
    let text: String
    /// The whole note.
    let note: String
    private let signatures: [String]

    /// Reads a note; `nil` when it is none.
    ///
    /// Nothing in it is to be trusted before ``isSigned(by:)``.
    init?(_ note: String) {
        guard note.hasSuffix("\n"), note.unicodeScalars.allSatisfy({ $0.value >= 0x20 || $0 == "\n" }) else {
            return nil
        }
        let lines = Lines.split(note)
        // Lines of our texts are not empty, so the first empty line is the one before the signatures.
        guard let end = lines.firstIndex(of: ""), end >= 1, end + 1 < lines.count, !lines[(end + 1)...].contains("")
        else { return nil }
        text = lines[..<end].map { "\($0)\n" }.joined()
        signatures = Array(lines[(end + 1)...])
        self.note = note
    }

    /// Whether it is signed with the key.
    ///
    /// Signatures of other keys are ignored, as signed notes have it; a wrong one of this key spoils the note.
    func isSigned(by key: CheckpointKey) -> Bool {
        let start = "\u{2014} \(key.name) "
        var isSigned = false
        for line in signatures {
            guard line.hasPrefix("\u{2014} ") else { return false }
            guard line.hasPrefix(start), let bytes = Base64.decode(line.dropFirst(start.count)),
                Array(bytes.prefix(CheckpointKey.idByteCount)) == key.id
            else { continue }
            guard key.isValid(Array(bytes.dropFirst(CheckpointKey.idByteCount)), for: Array(text.utf8)) else {
                return false
            }
            isSigned = true
        }
        return isSigned
    }
}
