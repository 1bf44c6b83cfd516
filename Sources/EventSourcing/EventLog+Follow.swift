extension EventLog {
    /// Visits durable records from `first` on: those there are, then each as it becomes durable.
    ///
    /// Returns when `visit` returns `false`; runs until then, or until the task is cancelled.
    ///
    /// - Throws: As ``waitUntilDurable(_:)`` and ``read(from:through:_:)``.
    public func follow(
        from first: SequenceNumber,
        _ visit: (SequenceNumber, RawSpan) throws -> Bool
    ) async throws {
        var next = first
        while true {
            try await waitUntilDurable(next)
            // A log that says so without having the record would keep this loop busy for ever.
            guard !Task.isCancelled else { throw AppendError.cancelled }
            let awaited = next
            var goesOn = true
            try read(from: next, through: nil) { sequence, body in
                next = sequence.next
                goesOn = try visit(sequence, body)
                return goesOn
            }
            guard goesOn else { return }
            guard next > awaited else {
                throw AppendError.unknown(reason: "record \(awaited) is durable but not there")
            }
        }
    }
}
