import EventSourcing

/// The name in `quarantine/` of a file as it was before a repair replaced it.
struct KeptFile: Hashable {
    /// The file's name in the log.
    var name: String
    /// The same for all files of one repair, and larger in each later one.
    var stamp: UInt64
    /// The first digits of the SHA-256 of the segment's file once it was repaired.
    var digest: String

    static let suffix = ".damaged"
    /// Ends the name instead once the file was put back.
    static let undoneSuffix = ".undone"
    static let digitCount = 16

    init(name: String, stamp: UInt64, fileDigest: [UInt8]) {
        self.name = name
        self.stamp = stamp
        digest = Self.digits(of: fileDigest)
    }

    /// Reads a name; `nil` when it is of something else.
    init?(_ text: String, suffix: String = suffix) {
        guard text.hasSuffix(suffix) else { return nil }
        let parts = text.dropLast(suffix.count).split(separator: "-").map(String.init)
        guard parts.count == 3, let stamp = UInt64(parts[1]), parts[2].count == Self.digitCount,
            SegmentName.firstSequence(parts[0]) != nil || SegmentName.segment(ofParity: parts[0]) != nil
        else { return nil }
        (name, self.stamp, digest) = (parts[0], stamp, parts[2])
    }

    func fileName(suffix: String = suffix) -> String { "\(name)-\(stamp)-\(digest)\(suffix)" }

    static func digits(of digest: [UInt8]) -> String { String(Hexadecimal.text(digest).prefix(digitCount)) }
}
