import CustomerDomain
public import CustomerProjections
import CustomerRecords
import EventSourcing
import LogStorage

// The organization as it was: made from the log when asked for, by the same code that answers for now.
extension Organization {
    /// The organization at a moment.
    ///
    /// Costs a replay from the newest snapshot or kept state before the moment, and the memory of a second state; one that was asked
    /// for lately costs nothing. A moment in business time is always made from the first event on. Of people who were erased until
    /// today nothing personal is in it.
    ///
    /// - Parameter point: The moment.
    /// - Returns: The organization then.
    /// - Throws: ``PastError``.
    public func past(_ point: PointInTime) async throws(PastError) -> PastState {
        let (sequence, time) = try resolve(point)
        while true {
            let lastErasure = peek { state, _ in state.lastErasure }
            if let kept = pastStates.kept(sequence, point.happened, lastErasure: lastErasure) { return kept }
            let past = try await pastStates.make { [self] () throws(PastError) in
                // Made by whoever waited before, perhaps.
                if let kept = pastStates.kept(sequence, point.happened, lastErasure: lastErasure) { return kept }
                do {
                    return try make(sequence, point.happened, time)
                } catch {
                    throw .unreadable(String(describing: error))
                }
            }
            if past.lastErasure == peek({ state, _ in state.lastErasure }) { return past }
        }
    }

    /// Answers from a state of the past.
    ///
    /// - Parameters:
    ///   - past: The state.
    ///   - body: Gets the state and the time that it is asked at.
    /// - Returns: What `body` returns.
    public func read<Answer>(
        _ past: PastState,
        _ body: (borrowing OrganizationState, QueryTime) throws -> Answer
    ) rethrows -> Answer {
        let start = months.start(of: past.time, timeZone: past.state.settings.timeZone)
        let calendar = calendars.calendar(of: past.state.settings.timeZone)
        return try body(past.state, QueryTime(now: past.time, monthStart: start, calendar: calendar))
    }

    /// Says how much looking back may cost.
    public func setPastLimits(_ limits: PastLimits) { pastStates.setLimits(limits) }

    /// Lets states of the past go that nobody asked for in a while.
    public func dropIdlePastStates() { pastStates.dropIdle() }

    /// The last event that counts at a moment, and what time it is then.
    private func resolve(_ point: PointInTime) throws(PastError) -> (SequenceNumber, Timestamp?) {
        let now = now()
        if let happened = point.happened, happened > now { throw .future }
        let last = head.durable
        do {
            switch point.knowledge {
            case .now: return (last, point.happened ?? now)
            case .sequence(let sequence):
                guard sequence <= last else { throw PastError.beyondLog(sequence, last: last) }
                return (sequence, point.happened)
            case .recorded(let time):
                guard time <= now else { throw PastError.future }
                let next = try firstEvent(recordedSince: Timestamp(microseconds: time.microseconds + 1))
                return (SequenceNumber(next.value - 1), point.happened ?? time)
            }
        } catch let error as PastError {
            throw error
        } catch {
            throw .unreadable(String(describing: error))
        }
    }

    private func make(
        _ sequence: SequenceNumber,
        _ happened: Timestamp?,
        _ time: Timestamp?
    ) throws -> PastState {
        let (erased, lastErasure) = peek { state, _ in (state.erasedCustomers, state.lastErasure) }
        let begin = happened == nil ? try beginning(sequence, lastErasure) : OrganizationState()
        var replay = PastReplay(begin, codec, erased: erased, happened: happened)
        if begin.head < sequence {
            try log.read(from: begin.head.advanced(by: 1), through: sequence) { number, body in
                try replay.apply(body, sequence: number)
                return true
            }
        }
        let state = replay.finish()
        return PastState(
            state,
            sequence: sequence,
            happened: happened,
            time: time ?? state.lastRecordedAt,
            lastErasure: lastErasure
        )
    }

    /// The state to begin with: the kept one, or the newest snapshot, whichever is later.
    private func beginning(_ sequence: SequenceNumber, _ lastErasure: SequenceNumber) throws -> OrganizationState {
        let kept = pastStates.latest(through: sequence, lastErasure: lastErasure)
        guard let builder = keeper?.builder else { return kept?.state ?? OrganizationState() }
        if let kept, try kept.sequence >= builder.newestStamp(through: sequence)?.sequence ?? .none {
            return kept.state
        }
        var report = OpeningReport()
        return builder.newestSnapshot(through: sequence, &report) ?? OrganizationState()
    }
}
