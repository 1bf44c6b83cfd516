/// For each event of the log, how far back the event before it of the same customer is: four bytes an event.
struct TimelineTable: Sendable {
    /// By sequence less one; zero where there is none before.
    var distances: ContiguousArray<UInt32> = []

    /// Notes the event `sequence`, which follows `previous` (zero for none).
    mutating func append(_ sequence: UInt64, after previous: UInt64) {
        while distances.count < Int(sequence) { distances.append(0) }
        link(sequence, to: previous)
    }

    /// The event before this one of the same customer; zero for none.
    @inline(__always)
    func previous(of sequence: UInt64) -> UInt64 {
        let distance = distances[Int(sequence) - 1]
        return distance == 0 ? 0 : sequence - UInt64(distance)
    }

    private mutating func link(_ sequence: UInt64, to previous: UInt64) {
        // More than 4 billion events lie between two of one customer only in logs that no array of this kind holds.
        distances[Int(sequence) - 1] = previous == 0 ? 0 : UInt32(clamping: sequence - previous)
    }
}
