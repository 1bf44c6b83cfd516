public import CustomerProjections
import LogStorage

extension Organization {
    /// Customers whose keys are taken at a time: the lock is held for some milliseconds.
    private static let chunkCount = 4_096

    /// What all standing customers are compared by to find duplicates.
    ///
    /// Looks at a few thousand customers at a time, and lets others go on between; who changes meanwhile is taken as found. Costs
    /// about a microsecond for each customer.
    ///
    /// - Returns: The keys.
    public func duplicateKeys() async -> DuplicateKeys {
        await Threads.run { [self] in
            var keys = DuplicateKeys()
            var start = 0
            while true {
                let count = peek { state, _ in
                    state.addDuplicateKeys(of: start..<start + Self.chunkCount, to: &keys)
                    return state.customerCount
                }
                start += Self.chunkCount
                if start >= count { return keys }
            }
        }
    }
}
