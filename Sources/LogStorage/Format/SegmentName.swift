/// The names of files in a log's directory.
package enum SegmentName {
    /// The segment under construction, renamed once its header is durable.
    package static let spare = "next.tmp"

    /// The name of the segment that begins with `firstSequence`: 20 digits and `.seg`.
    package static func name(firstSequence: UInt64) -> String {
        let digits = String(firstSequence)
        return String(repeating: "0", count: 20 - digits.count) + digits + ".seg"
    }

    /// The first sequence a name promises; `nil` when it is no segment's name.
    package static func firstSequence(_ name: String) -> UInt64? {
        guard name.hasSuffix(".seg"), let value = UInt64(name.dropLast(4)), self.name(firstSequence: value) == name
        else {
            return nil
        }
        return value
    }
}
