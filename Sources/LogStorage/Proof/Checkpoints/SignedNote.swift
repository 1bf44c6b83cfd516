/// The C2SP signed note that checkpoints and statements are: a text, an empty line, and signatures of the text.
enum SignedNote {
    /// The lines of a note's text, up to the empty one; `nil` for what is no note.
    static func lines(of note: String, byteLimit: Int) -> [String]? {
        guard note.utf8.count <= byteLimit, note.hasSuffix("\n"),
            note.unicodeScalars.allSatisfy({ $0.value >= 0x20 || $0 == "\n" })
        else { return nil }
        let lines = Lines.split(note)
        // Lines of the text are not empty, so the first empty line is the one before the signatures.
        guard let end = lines.firstIndex(of: ""), end + 1 < lines.count, !lines[(end + 1)...].contains("") else {
            return nil
        }
        return Array(lines[..<end])
    }

    /// Whether a note is signed with the key.
    ///
    /// Signatures of other keys are ignored, as signed notes have it; a wrong one of this key spoils the note.
    static func isSigned(_ note: String, by key: CheckpointKey) -> Bool {
        let lines = Lines.split(note)
        guard let end = lines.firstIndex(of: "") else { return false }
        let text = Array(lines[..<end].map { "\($0)\n" }.joined().utf8)
        let start = "\u{2014} \(key.name) "
        var isSigned = false
        for line in lines[(end + 1)...] {
            guard line.hasPrefix("\u{2014} ") else { return false }
            guard line.hasPrefix(start), let bytes = Base64.decode(line.dropFirst(start.count)),
                Array(bytes.prefix(CheckpointKey.idByteCount)) == key.id
            else { continue }
            guard key.isValid(Array(bytes.dropFirst(CheckpointKey.idByteCount)), for: text) else { return false }
            isSigned = true
        }
        return isSigned
    }
}
