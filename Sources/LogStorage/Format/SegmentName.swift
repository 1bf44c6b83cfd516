/// The names of files in a log's directory.
package enum SegmentName {
    /// The segment under construction, renamed once its header is durable.
    package static let spare = "next.tmp"

    /// A segment being packed, renamed over the one it replaces once it is durable and verified.
    package static let packed = "packed.tmp"

    /// A parity file being written, renamed once it is durable.
    static let passingParity = "parity.tmp"

    /// A segment or parity file that a repair is writing, renamed once it is durable and proven.
    static let repaired = "repaired.tmp"

    /// The name of the segment that begins with `firstSequence`: 20 digits and `.seg`.
    package static func name(firstSequence: UInt64) -> String {
        let digits = String(firstSequence)
        return String(repeating: "0", count: 20 - digits.count) + digits + ".seg"
    }

    /// Whether a file of this name holds nothing that counts.
    static func isTemporary(_ name: String) -> Bool { temporary.contains(name) }

    /// The names of files that hold nothing that counts.
    static let temporary = [spare, packed, passingParity, repaired]

    /// The first sequence a name promises; `nil` when it is no segment's name.
    package static func firstSequence(_ name: String) -> UInt64? {
        guard name.hasSuffix(".seg"), let value = UInt64(name.dropLast(4)), self.name(firstSequence: value) == name
        else {
            return nil
        }
        return value
    }

    private static let paritySuffix = ".parity"

    /// The name of a segment's parity file.
    static func parity(of segment: String) -> String { segment + paritySuffix }

    /// The name of the segment whose parity file has this name; `nil` when it is no parity file's name.
    static func segment(ofParity name: String) -> String? {
        let segment = String(name.dropLast(paritySuffix.count))
        return name.hasSuffix(paritySuffix) && firstSequence(segment) != nil ? segment : nil
    }
}
