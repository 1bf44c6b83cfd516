import CustomerDomain
import CustomerProjections
import EventSourcing

// Who comes to be in a segment or is not in it any longer, often by nothing but the passing of time, is an event like any other.
extension Organization {
    /// How many customers one command records.
    private static let runLength = 500

    /// Records who entered segments that track their members, and who left them, and returns when that is durable.
    ///
    /// Costs what the queries of these segments cost, and the events.
    ///
    /// - Parameter limit: How many customers of each segment are enough; what is left is recorded at the next call.
    /// - Returns: How many customers entered and left.
    /// - Throws: ``CommandError``; what was recorded until then stays, the rest comes at the next try.
    @discardableResult
    public func recordSegmentMoves(limit: Int = 100_000) async throws(CommandError) -> (entered: Int, left: Int) {
        let scope = Scope.local(tool: "schedule", organization: name)
        var total = (entered: 0, left: 0)
        // One by one, so that nobody waits for the queries of all.
        for number in 0..<peek({ state, _ in state.segmentCount }) {
            let moves = peek { state, time in
                state.moves(of: SegmentOrdinal(UInt32(number)), at: time, limit: limit)
            }
            guard let moves else { continue }
            for run in moves.runs(of: Self.runLength) {
                let result = try submit(.recordSegmentMoves(run), scope: scope)
                for event in result.events {
                    if case .segmentEntered = event.event { total.entered += 1 } else { total.left += 1 }
                }
                try await waitUntilDurable(result.sequence)
            }
        }
        return total
    }
}

extension RecordSegmentMoves {
    /// The same in pieces of at most so many customers.
    fileprivate func runs(of length: Int) -> [RecordSegmentMoves] {
        func pieces(_ ids: [CustomerID]) -> [[CustomerID]] {
            stride(from: 0, to: ids.count, by: length).map { Array(ids[$0..<min($0 + length, ids.count)]) }
        }
        return pieces(entered).map { RecordSegmentMoves(id: id, entered: $0) }
            + pieces(left).map { RecordSegmentMoves(id: id, left: $0) }
    }
}
