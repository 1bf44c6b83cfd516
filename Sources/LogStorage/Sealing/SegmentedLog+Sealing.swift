public import EventSourcing

extension SegmentedLog {
    /// Ends the active segment now and begins the next, when there are records in it.
    ///
    /// Returns once the next segment is in use and durable; the footer and the packing follow in the background.
    ///
    /// - Throws: `storageFull` when there is no room for a segment, or why the log takes nothing.
    public func seal() async throws(AppendError) {
        let outcome = await withCheckedContinuation { continuation in
            let (outcome, sleepers) = core.withState { state in
                let id = core.makeWaiterID()
                let waiter = WaiterList.Waiter(sequence: 0, id: id, continuation: continuation)
                return (state.requestSeal(waiter), state.takeSleepers())
            }
            core.wake(sleepers)
            if let outcome { continuation.resume(returning: outcome) }
        }
        try outcome.get()
    }

    /// How many records are in the active segment: those that ``seal()`` would seal.
    public var unsealedEventCount: Int {
        core.withState { state in
            guard let active = state.segments.last else { return 0 }
            return Int(state.head.appended.value + 1 - active.header.firstSequence)
        }
    }

    /// Whether the footer of a segment that was ended is still to be written, and can be.
    public var isSealing: Bool {
        core.withState { $0.phase == .open && !$0.seals.isEmpty && !$0.room.isStorageFull }
    }

    /// Lets the writer of a log opened with ``LogOptions/runsByHand`` end the active segment.
    package func sealByHand() {
        _ = core.withState { $0.requestSeal(nil) }
        workByHand()
    }

    /// Checks and packs what there is to check and to pack, on the calling thread; for a log opened with ``LogOptions/runsByHand``.
    package func keepByHand() {
        var keeper = LogKeeper(core: core)
        _ = keeper.work()
    }
}

extension LogState {
    /// Wishes for the end of the active segment; returns the outcome where it is known at once.
    mutating func requestSeal(_ waiter: WaiterList.Waiter?) -> WaiterList.Outcome? {
        if let refusal { return .failure(refusal) }
        guard let active = segments.last, active.header.firstSequence <= head.appended.value else {
            return .success(())
        }
        room.wantsSpare = true
        if let waiter { sealWaiters.append(waiter) }
        return nil
    }
}
