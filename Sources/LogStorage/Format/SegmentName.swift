/// The names of files in a log's directory.
package enum SegmentName {
    /// The segment under construction, renamed once its header is durable.
    package static let spare = "next.tmp"

    /// A segment being packed, renamed over the one it replaces once it is durable and verified.
    package static let packed = "packed.tmp"

    /// The name of the segment that begins with `firstSequence`: 20 digits and `.seg`.
    package static func name(firstSequence: UInt64) -> String {
        let digits = String(firstSequence)
        return String(repeating: "0", count: 20 - digits.count) + digits + ".seg"
    }

    /// Whether a file of this name holds nothing that counts.
    static func isTemporary(_ name: String) -> Bool { name == spare || name == packed }

    /// The first sequence a name promises; `nil` when it is no segment's name.
    package static func firstSequence(_ name: String) -> UInt64? {
        guard name.hasSuffix(".seg"), let value = UInt64(name.dropLast(4)), self.name(firstSequence: value) == name
        else {
            return nil
        }
        return value
    }
}
