import Synchronization

/// The hash of a state's columns, made on another thread.
struct HashInTheMaking {
    private final class Result: Sendable {
        let hash = Mutex<[UInt8]>([])
    }

    private let result: Result
    private let waitForOther: () -> Void

    /// Begins; what changes in the state from now on is not in the hash.
    init(of state: OrganizationState, _ beside: OrganizationState.Beside) {
        let result = Result()
        self.result = result
        waitForOther = beside {
            let hash = state.columnsHash()
            result.hash.withLock { $0 = hash }
        }
    }

    /// Waits for it.
    func finished() -> [UInt8] {
        waitForOther()
        return result.hash.withLock { $0 }
    }
}
